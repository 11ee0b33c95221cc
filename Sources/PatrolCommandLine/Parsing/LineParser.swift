import PatrolDomain

/// Reads the words of a line by the command table.
///
/// Options stand anywhere, as `--name value` or `--name=value`; `--` ends them, and `-` alone is a word.
struct LineParser {
    private var words: ArraySlice<String>
    private var named: [String] = []
    private var arguments: [String] = []
    private var values: [String: [String]] = [:]
    private var command: CommandSpec?
    private var wantsHelp = false
    private var isOnlyWords = false
    private let isSpoken: Bool

    /// - Parameters:
    ///   - words: Without the program's name.
    ///   - isSpoken: Whether the environment asks for lines to be read aloud, as `--plain` does.
    static func parse(_ words: [String], isSpoken: Bool = false) throws(UsageFault) -> LineRequest {
        if let place = words.firstIndex(where: SecretFormat.isContained) {
            throw .secretInArguments(place: place + 1)
        }
        var parser = LineParser(words: words[...], isSpoken: isSpoken)
        return try parser.parse()
    }

    private init(words: ArraySlice<String>, isSpoken: Bool) {
        self.words = words
        self.isSpoken = isSpoken
    }

    private mutating func parse() throws(UsageFault) -> LineRequest {
        while let word = words.popFirst() {
            if isOnlyWords || word == "-" || !word.utf8.starts(with: "-".utf8) {
                try take(word)
            } else if word == "--" {
                isOnlyWords = true
            } else {
                try takeOption(word)
            }
        }
        if wantsHelp { return .help(of: named + arguments) }
        guard let command else { return try withoutCommand() }
        try check(command)
        return .command(ParsedLine(command: command, arguments: arguments, values: values))
    }

    private func withoutCommand() throws(UsageFault) -> LineRequest {
        let isSpoken = isSpoken || values["plain"] != nil || values["accessible"] != nil
        if let group = named.first {
            // Read aloud, a group alone is its list.
            if isSpoken, let list = CommandTable.commands.first(where: { $0.words == [group, "list"] }) {
                try check(list)
                return .command(ParsedLine(command: list, arguments: [], values: values))
            }
            throw .missingCommand(group: group, commands: Self.commands(in: group))
        }
        guard let command = CommandTable.command(isSpoken ? .overview : .review) else { return .help(of: []) }
        try check(command)
        return .nothing(ParsedLine(command: command, arguments: [], values: values))
    }

    /// A word of the command's name, or an argument.
    private mutating func take(_ word: String) throws(UsageFault) {
        let longer = named + [word]
        let candidates = CommandTable.commands.filter { $0.words.starts(with: longer) }
        if arguments.isEmpty, !candidates.isEmpty {
            named = longer
            command = candidates.first { $0.words == longer }
            return
        }
        guard let command else {
            let possible =
                named.isEmpty
                ? Set(CommandTable.commands.map { $0.words[0] })
                : Set(Self.commands(in: named[0]))
            throw .unknownCommand(
                (named + [word]).joined(separator: " "),
                suggestion: Suggestion.nearest(to: word, in: possible.sorted())
                    .map { (named + [$0]).joined(separator: " ") })
        }
        guard command.arguments.last?.isRepeated == true || arguments.count < command.arguments.count
        else { throw .unwantedArgument(word, command) }
        arguments.append(word)
    }

    private mutating func takeOption(_ word: String) throws(UsageFault) {
        if word == "-h" { return wantsHelp = true }
        if word == "--version", named.isEmpty { return try take("version") }
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(halves[0].dropFirst(2))
        let known = (command?.allOptions ?? []) + OptionSpec.everywhere
        guard halves[0].hasPrefix("--"), let option = known.first(where: { $0.name == name }) else {
            // An option may stand before the words of its command.
            if command == nil, let option = Self.anyOption(name) {
                return try take(option, inline: halves.count == 2 ? String(halves[1]) : nil)
            }
            throw .unknownOption(
                String(halves[0]), command: command,
                suggestion: Suggestion.nearest(to: name, in: known.map(\.name)).map { "--\($0)" })
        }
        try take(option, inline: halves.count == 2 ? String(halves[1]) : nil)
    }

    private mutating func take(_ option: OptionSpec, inline: String?) throws(UsageFault) {
        if option.name == "help" { return wantsHelp = true }
        if option.value == nil {
            guard inline == nil else { throw .unwantedValue(option: option) }
            values[option.name] = [""]
            return
        }
        guard let value = inline ?? words.popFirst() else { throw .missingValue(option: option) }
        guard values[option.name] == nil || option.isRepeated else { throw .repeatedOption(option) }
        try Self.check(value, option.kind, place: "`--\(option.name)`")
        values[option.name, default: []].append(value)
    }

    private func check(_ command: CommandSpec) throws(UsageFault) {
        let known = Set(command.allOptions.map(\.name))
        if let name = values.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknownOption("--\(name)", command: command, suggestion: nil)
        }
        for (place, argument) in command.arguments.enumerated() {
            guard place < arguments.count else {
                if argument.isOptional { break }
                throw .missingArgument(argument, command)
            }
            try Self.check(arguments[place], argument.kind, place: "`\(argument.name)`")
        }
        if let option = command.options.first(where: { $0.isRequired && values[$0.name] == nil }) {
            throw .missingOption(option, command)
        }
    }

    private static func check(_ text: String, _ kind: ValueKind, place: String) throws(UsageFault) {
        switch kind {
        case .number(let range):
            guard let number = Int(text), range.contains(number) else {
                throw .badNumber(text, place: place, range)
            }
        case .words(let words):
            guard words.contains(text) else { throw .badWord(text, place: place, words) }
        case .text, .file, .folder, .filter, .view: break
        }
    }

    private static func anyOption(_ name: String) -> OptionSpec? {
        CommandTable.commands.lazy.flatMap(\.allOptions).first { $0.name == name }
    }

    private static func commands(in group: String) -> [String] {
        CommandTable.commands.filter { $0.words.count > 1 && $0.words[0] == group }.map { $0.words[1] }
    }
}
