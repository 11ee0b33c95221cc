/// The help, made from the command table. Lines of at most 80 columns where the words allow it.
enum HelpText {
    /// What `patrol help` prints.
    static var overview: String {
        var lines = [
            "patrol issues access tokens and keeps them clean.", "",
            "Usage: patrol            open the account; without a terminal, print its review",
            "       patrol COMMAND    everything else", "", "Commands:",
        ]
        lines += table(
            CommandTable.commands.map {
                ($0.words.joined(separator: " ") + $0.arguments.map { " " + $0.usage }.joined(), $0.summary)
            })
        lines += ["", "Options of every command:"]
        lines += table(OptionSpec.everywhere.map { ($0.usage, $0.help) })
        lines += ["", "Exit codes:"]
        lines += table(ExitCode.allCases.map { ("\($0.rawValue)", $0.summary) })
        lines += ["", "`patrol COMMAND --help` explains a command, `patrol help environment` the rest."]
        return lines.joined(separator: "\n") + "\n"
    }

    static func of(_ command: CommandSpec) -> String {
        var lines = wrapped("patrol \(command.name): \(command.summary)", to: 80)
        lines += ["", "Usage: \(command.usage)"]
        let own = command.shownOptions
        if !own.isEmpty {
            lines += ["", "Options:"]
            lines += table(own.map { ($0.usage, $0.help + ($0.isRequired ? " (needed)" : "")) })
        }
        if !command.notes.isEmpty { lines += [""] + command.notes.map { "  \($0)" } }
        lines += ["", "Options of every command:"]
        lines += table(OptionSpec.everywhere.map { ($0.usage, $0.help) })
        return lines.joined(separator: "\n") + "\n"
    }

    /// Variables and files.
    static var environment: String {
        var lines = ["Variables:"] + table(EnvironmentTable.variables.map { ($0.name, $0.summary) })
        lines += ["", "Files, where no variable says otherwise:"]
        lines += table(EnvironmentTable.files.map { ($0.name, $0.summary) })
        return lines.joined(separator: "\n") + "\n"
    }

    /// The help of whatever the words name: a command, a group, the environment, or everything.
    /// Nil when they name nothing.
    static func of(_ words: [String]) -> String? {
        if words.isEmpty { return overview }
        if words == ["environment"] { return environment }
        if let command = CommandTable.commands.first(where: { $0.words == words && !isGroup($0) }) {
            return of(command)
        }
        let group = CommandTable.commands.filter { $0.words[0] == words[0] }
        guard words.count == 1, !group.isEmpty else {
            // Arguments may follow the words of a command: `patrol tokens show ID --help`.
            return CommandTable.commands.filter { words.starts(with: $0.words) }
                .max { $0.words.count < $1.words.count }.map(of)
        }
        let summary = CommandTable.groups.first { $0.word == words[0] }?.summary ?? ""
        let lines = ["patrol \(words[0]): \(summary)", "", "Commands:"]
            + table(group.map { ($0.usage.replacing(" [options]", with: ""), $0.summary) })
            + ["", "`patrol COMMAND --help` explains a command."]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func isGroup(_ command: CommandSpec) -> Bool {
        command.words.count == 1
            && CommandTable.commands.contains { $0.words.count > 1 && $0.words[0] == command.words[0] }
    }

    private static func table(_ rows: [(String, String)]) -> [String] {
        let width = min(rows.map(\.0.count).max() ?? 0, 34)
        return rows.flatMap { left, right in
            let padding = String(repeating: " ", count: max(0, width - left.count))
            let lines = wrapped(right, to: max(30, 76 - width))
            let indentation = String(repeating: " ", count: width + 4)
            let rest = lines.dropFirst().map { indentation + $0 }
            if left.count > width { return ["  \(left)"] + lines.map { indentation + $0 } }
            return ["  \(left)\(padding)  \(lines.first ?? "")"] + rest
        }
    }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
