/// Completion for zsh, as a file `_patrol` in `$fpath` or read by `source`.
enum ZshCompletion {
    static var text: String {
        ([head] + Completions.groups.map(group) + CommandTable.commands.map(command) + [tail])
            .joined(separator: "\n") + "\n"
    }

    private static var head: String {
        let first = Completions.firstWords.map { described($0, Completions.summary(of: $0)) }
        return #"""
            #compdef patrol
            _patrol() {
                local word option skip line
                local -a found choices options values
                local files
                for word in "${(@)words[2,CURRENT-1]}"; do
                    if [[ -n $skip ]]; then skip= option=; continue; fi
                    option=
                    case "$word" in
                        VALUED) skip=1 option="$word" ;;
                        -*) ;;
                        *) found+=("$word") ;;
                    esac
                done
                if [[ "$words[CURRENT]" == --*=* ]]; then
                    option="${words[CURRENT]%%=*}" skip=1
                    compset -P '*='
                fi
                line="${(j: :)found}"
                options=(EVERYWHERE)
                [[ -z $line ]] && choices=(
                    FIRST
                )
            """#.replacing("VALUED", with: Completions.valued.joined(separator: "|"))
            .replacing("EVERYWHERE", with: OptionSpec.everywhere.map(described).joined(separator: " "))
            .replacing("FIRST", with: first.joined(separator: "\n        "))
            // The cases of one option that commands share.
            + "\n    case \"$option\" in\n" + shared.joined(separator: "\n") + "\n    esac"
    }

    private static var shared: [String] {
        OptionSpec.everywhere.filter { Completions.isFile($0.kind) }.map { "        --\($0.name)) files=1 ;;" }
    }

    private static func group(_ group: String) -> String {
        let words = Completions.members(of: group).map { described($0.words[1], $0.summary) }
        return "    [[ $line == \(group) ]] && choices=(\n        \(words.joined(separator: "\n        "))\n    )"
    }

    private static func command(_ command: CommandSpec) -> String {
        var lines = ["    if [[ $line == '\(command.name)' || $line == '\(command.name) '* ]]; then"]
        let options = command.shownOptions
        if !options.isEmpty {
            lines.append("        options+=(\n            \(options.map(described).joined(separator: "\n            "))\n        )")
        }
        let argument = command.arguments.first?.kind
        if let words = Completions.words(argument) { lines.append("        choices+=(\(words.joined(separator: " ")))") }
        if Completions.isFile(argument) { lines.append("        [[ -z $skip ]] && files=1") }
        let valued = options.filter { Completions.words($0.kind) != nil || Completions.isFile($0.kind) }
        if !valued.isEmpty {
            lines.append("        case \"$option\" in")
            for option in valued {
                let words = Completions.words(option.kind).map { $0.map { "'\($0)'" }.joined(separator: " ") }
                lines.append("            --\(option.name)) \(words.map { "values=(\($0))" } ?? "files=1") ;;")
            }
            lines.append("        esac")
        }
        return (lines + ["    fi"]).joined(separator: "\n")
    }

    private static var tail: String {
        #"""
            if [[ -n $files && "$words[CURRENT]" != --* ]]; then
                _files
            elif [[ -n $skip ]]; then
                # A filter has several terms; the last one is completed.
                compset -P '*[[:blank:]]'
                compadd -S ' ' -- ${values:#*[:<>]}
                compadd -S '' -- ${(M)values:#*[:<>]}
            elif [[ "$words[CURRENT]" == -* ]]; then
                _describe -o option options
            else
                _describe command choices
            fi
        }
        if [[ $funcstack[1] == _patrol ]]; then _patrol "$@"; else compdef _patrol patrol; fi
        """#
    }

    private static func described(_ option: OptionSpec) -> String { described("--\(option.name)", option.help) }

    /// `'word:what it is'`
    private static func described(_ word: String, _ words: String) -> String {
        "'\(word):\(words.replacing(":", with: "\\:").replacing("'", with: #"'\''"#))'"
    }
}
