/// Completion for fish.
enum FishCompletion {
    static var text: String {
        var lines = [head]
        lines += Completions.firstWords.map { word in
            "complete -c patrol -n '__patrol_at' -a \(word) -d '\(quoted(Completions.summary(of: word)))'"
        }
        for group in Completions.groups {
            lines += Completions.members(of: group).map { command in
                "complete -c patrol -n '__patrol_at \(group)' -a \(command.words[1]) -d '\(quoted(command.summary))'"
            }
        }
        lines += CommandTable.commands.flatMap(lines(of:))
        lines += OptionSpec.everywhere.map { "complete -c patrol \(text(of: $0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var head: String {
        #"""
        # Whether the words of the line so far, without options and their values, begin so; without words: there are none.
        function __patrol_words
            set -l skip
            for word in (commandline -opc)[2..]
                if test -n "$skip"
                    set skip
                    continue
                end
                switch $word
                    case VALUED
                        set skip 1
                    case '-*'
                    case '*'
                        echo $word
                end
            end
        end
        function __patrol_at
            test "$(__patrol_words | string join ' ')" = "$(string join ' ' -- $argv)"
        end
        function __patrol_in
            string match -q -- "$argv*" "$(__patrol_words | string join ' ')"
        end
        # Terms of a filter: the last one is completed, behind those that are there.
        function __patrol_terms
            set -l before (commandline -ct | string replace -r '^--filter=' '' | string trim -l -c '\'"' | string match -r '^.*\s')
            for term in $argv
                echo "$before$term"
            end
        end
        complete -c patrol -f
        """#.replacing("VALUED", with: Completions.valued.joined(separator: " "))
    }

    private static func lines(of command: CommandSpec) -> [String] {
        let condition = "-n '__patrol_in \(command.name)'"
        var lines = command.shownOptions.map { "complete -c patrol \(condition) \(text(of: $0))" }
        let argument = command.arguments.first?.kind
        if let words = Completions.words(argument) {
            lines.append("complete -c patrol \(condition) -a '\(words.joined(separator: " "))'")
        }
        if Completions.isFile(argument) { lines.append("complete -c patrol \(condition) -F") }
        return lines
    }

    private static func text(of option: OptionSpec) -> String {
        let text = "-l \(option.name) -d '\(quoted(option.help))'"
        if case .filter = option.kind {
            let terms = (Completions.words(option.kind) ?? []).map { "\"\($0)\"" }
            return text + " -x -a '(__patrol_terms \(terms.joined(separator: " ")))'"
        }
        if let words = Completions.words(option.kind) { return text + " -x -a '\(words.joined(separator: " "))'" }
        if Completions.isFile(option.kind) { return text + " -r -F" }
        return option.value == nil ? text : text + " -x"
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: #"\\"#).replacing("'", with: #"\'"#)
    }
}
