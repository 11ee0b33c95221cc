/// Completion files for shells, made from the command table.
enum Completions {
    static func text(for shell: String) -> String? {
        switch shell {
        case "bash": bash
        case "zsh": "#compdef patrol\nautoload -U +X bashcompinit && bashcompinit\n" + bash
        case "fish": fish
        default: nil
        }
    }

    /// One case for each command: the options it has, and what follows an option or stands as an argument.
    private static var bash: String {
        var lines = [
            "_patrol() {",
            "    local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"",
            "    local words=() word skip=",
            "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
            "        if [[ -n $skip ]]; then skip=; continue; fi",
            "        case $word in",
            "            \(valued.map { "--\($0)" }.joined(separator: "|"))) skip=1 ;;",
            "            -*) ;;",
            "            *) words+=(\"$word\") ;;",
            "        esac",
            "    done",
            "    case $previous in",
        ]
        for option in filed { lines.append("        --\(option)) COMPREPLY=($(compgen -f -- \"$current\")); return ;;") }
        lines += ["    esac", "    local choices=", "    case \"${words[*]}\" in"]
        lines.append("        '') choices='\(firstWords.joined(separator: " "))' ;;")
        for group in groups where !CommandTable.commands.contains(where: { $0.words == [group] }) {
            lines.append("        \(group)) choices='\(secondWords(group).joined(separator: " "))' ;;")
        }
        for command in CommandTable.commands.sorted(by: { $0.words.count > $1.words.count }) {
            lines += cases(of: command)
        }
        lines += [
            "        *) choices='\(OptionSpec.everywhere.map { "--\($0.name)" }.joined(separator: " "))' ;;",
            "    esac",
            "    COMPREPLY=($(compgen -W \"$choices\" -- \"$current\"))",
            "}",
            "complete -o bashdefault -F _patrol patrol",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cases(of command: CommandSpec) -> [String] {
        let options = (command.shownOptions + OptionSpec.everywhere).map { "--\($0.name)" }.joined(separator: " ")
        var lines: [String] = []
        for option in command.options {
            guard case .words(let words) = option.kind else { continue }
            lines.append(
                "            [[ $previous == --\(option.name) ]] && choices='\(words.joined(separator: " "))'")
        }
        let first = command.arguments.first?.kind
        var choices = options
        if case .words(let words) = first { choices = words.joined(separator: " ") + " " + options }
        let isFile = first == .file || first == .folder
        let files = [
            "            COMPREPLY=($(compgen -f -- \"$current\"))",
            "            [[ $current != -* ]] && return",
        ]
        // A group that is a command too is completed by its commands first.
        let also = groups.contains(command.name) ? secondWords(command.name).joined(separator: " ") + " " : ""
        return ["        '\(command.name)'|'\(command.name) '*)", "            choices='\(also)\(choices)'"]
            + (isFile ? files : []) + lines + ["            ;;"]
    }

    private static var fish: String {
        var lines = ["complete -c patrol -f"]
        for word in firstWords {
            let summary =
                CommandTable.groups.first { $0.word == word }?.summary
                ?? CommandTable.commands.first { $0.words == [word] }?.summary ?? ""
            lines.append("complete -c patrol -n __fish_use_subcommand -a \(word) -d '\(quoted(summary))'")
        }
        for command in CommandTable.commands {
            let seen = command.words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
            if command.words.count == 2 {
                let others = secondWords(command.words[0]).joined(separator: " ")
                let condition =
                    "__fish_seen_subcommand_from \(command.words[0]); and not __fish_seen_subcommand_from \(others)"
                lines.append(
                    "complete -c patrol -n '\(condition)' -a \(command.words[1]) -d '\(quoted(command.summary))'")
            }
            for option in command.shownOptions {
                lines.append("complete -c patrol -n '\(seen)' \(fishOption(option))")
            }
        }
        lines += OptionSpec.everywhere.map { "complete -c patrol \(fishOption($0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func fishOption(_ option: OptionSpec) -> String {
        var text = "-l \(option.name) -d '\(quoted(option.help))'"
        switch option.kind {
        case .words(let words): text += " -x -a '\(words.joined(separator: " "))'"
        case .file, .folder: text += " -r -F"
        case .text, .number: if option.value != nil { text += " -x" }
        }
        return text
    }

    private static func quoted(_ text: String) -> String { text.replacing("'", with: #"\'"#) }

    private static var firstWords: [String] {
        var words: [String] = []
        for command in CommandTable.commands where !words.contains(command.words[0]) {
            words.append(command.words[0])
        }
        return words
    }

    private static var groups: [String] {
        firstWords.filter { word in CommandTable.commands.contains { $0.words.count > 1 && $0.words[0] == word } }
    }

    private static func secondWords(_ group: String) -> [String] {
        CommandTable.commands.filter { $0.words.count > 1 && $0.words[0] == group }.map { $0.words[1] }
    }

    private static var valued: [String] {
        Set(CommandTable.commands.flatMap(\.allOptions).filter { $0.value != nil }.map(\.name)).sorted()
    }

    private static var filed: [String] {
        Set(
            CommandTable.commands.flatMap(\.allOptions)
                .filter { $0.kind == .file || $0.kind == .folder }.map(\.name)
        ).sorted()
    }
}
