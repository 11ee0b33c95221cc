import PatrolDomain

/// Completion files for shells, made from the command table.
enum Completions {
    static func text(for shell: String) -> String? {
        switch shell {
        case "bash": BashCompletion.text
        case "zsh": ZshCompletion.text
        case "fish": FishCompletion.text
        default: nil
        }
    }

    static var firstWords: [String] {
        var words: [String] = []
        for command in CommandTable.commands where !words.contains(command.words[0]) {
            words.append(command.words[0])
        }
        return words
    }

    static var groups: [String] { firstWords.filter { !secondWords($0).isEmpty } }

    static func secondWords(_ group: String) -> [String] { members(of: group).map { $0.words[1] } }

    static func members(of group: String) -> [CommandSpec] {
        CommandTable.commands.filter { $0.words.count > 1 && $0.words[0] == group }
    }

    /// What a first word is about: a group or a command.
    static func summary(of word: String) -> String {
        CommandTable.groups.first { $0.word == word }?.summary
            ?? CommandTable.commands.first { $0.words == [word] }?.summary ?? ""
    }

    /// The options of a command as people are told of them.
    static func options(of command: CommandSpec) -> [OptionSpec] { command.shownOptions + OptionSpec.everywhere }

    /// Options with a value, of whatever command.
    static var valued: [String] {
        Set(CommandTable.commands.flatMap(\.allOptions).filter { $0.value != nil }.map { "--\($0.name)" }).sorted()
    }

    static func isFile(_ kind: ValueKind?) -> Bool { kind == .file || kind == .folder }

    /// The words that a value is one of, or begins with; nil where anything may stand.
    static func words(_ kind: ValueKind?) -> [String]? {
        switch kind {
        case .words(let words): words
        case .filter(let list): terms(of: list)
        // A person's own come and go; a file of completions stays.
        case .view(let list): SavedView.suggested.filter { $0.list == list }.map(\.wordOfLines).nilWhereEmpty
        default: nil
        }
    }

    /// The terms of a filter, with the values that are known: `kind:personal`, `owner:`, `unused>`.
    private static func terms(of list: Filter.List) -> [String] {
        Filter.vocabulary(of: list).flatMap { term in
            switch term {
            case "kind:": AccessToken.Kind.allCases.map { term + $0.rawValue }
            case "finding:": HygieneRule.allCases.map { term + $0.word }
            case "on:": AuditTarget.Kind.allCases.map { term + $0.rawValue }
            case "expires>": [term, "expires<", "expires:never"]
            default: [term]
            }
        }
    }
}

extension [String] {
    fileprivate var nilWhereEmpty: [String]? { isEmpty ? nil : self }
}
