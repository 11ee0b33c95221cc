/// Completion for bash.
///
/// The line is split here and not taken from `COMP_WORDS`, which bash tears at the colons and signs of filters.
enum BashCompletion {
    static var text: String {
        ([head] + Completions.groups.filter { !isCommand($0) }.map(choices) + CommandTable.commands.map(choices) + [tail])
            .joined(separator: "\n") + "\n"
    }

    private static var head: String {
        #"""
        _patrol() {
            local text="${COMP_LINE:0:COMP_POINT}" quote= sign current= command= option= skip= place
            local words=() choices= values= files=
            for ((place = 0; place < ${#text}; place++)); do
                sign="${text:place:1}"
                if [[ -n $quote ]]; then
                    if [[ $sign == "$quote" ]]; then quote=; else current+="$sign"; fi
                elif [[ $sign == [\'\"] ]]; then
                    quote="$sign"
                elif [[ $sign == \\ ]]; then
                    current+="${text:++place:1}"
                elif [[ $sign == [[:blank:]] ]]; then
                    [[ -n $current ]] && words+=("$current")
                    current=
                else
                    current+="$sign"
                fi
            done
            for sign in "${words[@]:1}"; do
                if [[ -n $skip ]]; then skip= option=; continue; fi
                option=
                case "$sign" in
                    VALUED) skip=1 option="$sign" ;;
                    -*) ;;
                    *) command+="${command:+ }$sign" ;;
                esac
            done
            if [[ $current == --*=* ]]; then
                option="${current%%=*}" current="${current#*=}" skip=1
            fi
            case "$command" in
                '') choices='FIRST' ;;
        """#.replacing("VALUED", with: Completions.valued.joined(separator: "|"))
            .replacing("FIRST", with: (Completions.firstWords + everywhere).joined(separator: " "))
    }

    private static var everywhere: [String] { OptionSpec.everywhere.map { "--\($0.name)" } }

    private static func isCommand(_ group: String) -> Bool { CommandTable.commands.contains { $0.words == [group] } }

    /// What may follow a group that is no command itself.
    private static func choices(_ group: String) -> String {
        "        \(group)) choices='\((Completions.secondWords(group) + everywhere).joined(separator: " "))' ;;"
    }

    /// What may follow a command, and its options.
    private static func choices(_ command: CommandSpec) -> String {
        // A group that is a command too is completed by its commands first.
        let also = command.words.count == 1 ? Completions.secondWords(command.name) : []
        let argument = command.arguments.first?.kind
        let options = Completions.options(of: command)
        let words = also + (Completions.words(argument) ?? []) + options.map { "--\($0.name)" }
        var lines = ["        '\(command.name)'*)", "            choices='\(words.joined(separator: " "))'"]
        if Completions.isFile(argument) { lines.append("            files=1") }
        lines.append("            case \"$option\" in")
        for option in options {
            if let words = Completions.words(option.kind) {
                lines.append("                --\(option.name)) values='\(words.joined(separator: " "))' ;;")
            } else if Completions.isFile(option.kind) {
                lines.append("                --\(option.name)) values=/ ;;")
            }
        }
        return (lines + ["            esac", "            ;;"]).joined(separator: "\n")
    }

    private static var tail: String {
        #"""
                *) choices='EVERYWHERE' ;;
            esac
            local before= IFS=$' \t\n' typed="$current"
            COMPREPLY=()
            if [[ -n $skip && $values != / ]]; then
                # A filter has several terms; the last one is completed.
                [[ $current == *[[:blank:]]* ]] && before="${current%"${current##*[[:blank:]]}"}"
                choices="$values" files=
            fi
            if [[ $values == / || -n $files && $current != -* ]]; then
                compopt -o filenames 2>/dev/null
                IFS=$'\n'
                COMPREPLY=($(compgen -f -- "$current"))
                return
            fi
            local found=($(compgen -W "$choices" -- "${current#"$before"}")) word cut=
            # Outside of quotes, bash replaces only what stands behind the last colon or equals sign.
            [[ -z $quote && $COMP_WORDBREAKS == *:* && $typed == *:* ]] && cut="${typed%"${typed##*:}"}"
            for word in "${found[@]}"; do
                [[ $word == *[:\<\>] ]] && compopt -o nospace 2>/dev/null
                word="$before$word"
                # Signs that the shell would take for itself.
                [[ -z $quote && $word == *[\<\>]* ]] && word="${word//</\\<}" && word="${word//>/\\>}"
                COMPREPLY+=("${word#"$cut"}")
            done
        }
        complete -F _patrol patrol
        """#.replacing("EVERYWHERE", with: everywhere.joined(separator: " "))
    }
}
