import PatrolDomain

/// Keys of the screen that belong together, as the manual shows them. Who starts the program knows them: the
/// command line does not know the screen.
package struct ManualTopic: Hashable, Sendable {
    package let title: String
    /// The keys as they stand on the keyboard, and what they do.
    package let rows: [Row]

    package struct Row: Hashable, Sendable {
        let keys: String
        let words: String

        package init(keys: String, words: String) {
            self.keys = keys
            self.words = words
        }
    }

    package init(title: String, rows: [Row]) {
        self.title = title
        self.rows = rows
    }
}

/// The manual page, made from the tables: `patrol manual | man -l -`.
enum Manual {
    static func page(keys: [ManualTopic]) -> String {
        var page = Roff()
        page.begin("PATROL", version: "patrol \(ProgramVersion.text)")
        page.section("NAME")
        page.text("patrol - issue access tokens for an API and keep them clean")
        page.section("SYNOPSIS")
        page.entry("patrol [options]", "opens the account on the terminal; without one, prints its review")
        page.entry("patrol COMMAND [options]", "does everything else")
        describe(&page)
        commands(&page)
        filters(&page)
        self.keys(keys, &page)
        page.section("EXIT STATUS")
        for code in ExitCode.allCases { page.entry("\(code.rawValue)", code.summary) }
        page.entry("128 + N", "a signal of that number ended it: 130 is Ctrl-C")
        page.section("ENVIRONMENT")
        for variable in EnvironmentTable.variables { page.entry(variable.name, variable.summary) }
        page.section("FILES")
        for file in EnvironmentTable.files { page.entry(file.name, file.summary) }
        return page.source
    }

    private static func describe(_ page: inout Roff) {
        page.section("DESCRIPTION")
        page.text(
            """
            Patrol issues personal, service and account-wide access tokens, keeps what each may do and does, judges \
            them, and records every change in an audit log. An account is one SQLite file. On a terminal the members, \
            roles, tokens and the log stand side by side; everything that the screen can do, a command can do too.
            """)
        page.text(
            """
            Secrets are never taken from the arguments, which every user of a machine can read: they come from \
            standard input, and go to standard output or to a new file.
            """)
        page.text("`patrol demo` opens a made-up account. `patrol help COMMAND` says the same as this page about one command.")
        page.section("OPTIONS")
        page.text("Every command takes these, before or after its own words.")
        for option in OptionSpec.everywhere { page.entry(option.usage, option.help) }
    }

    private static func commands(_ page: inout Roff) {
        page.section("COMMANDS")
        for command in CommandTable.commands {
            page.subsection((["patrol"] + command.words + command.arguments.map(\.usage)).joined(separator: " "))
            page.text(sentence(command.summary))
            for option in command.shownOptions {
                page.entry(option.usage, option.manualHelp)
            }
            for note in command.notes {
                if Roff.isExample(note) { page.example(note) } else { page.text(note) }
            }
        }
    }

    private static func filters(_ page: inout Roff) {
        page.section("FILTERS")
        page.text(
            """
            A filter is words between blanks, all of which have to hold: on the screen behind /, on a line behind \
            --filter. A word is the beginning of a word in names, purposes, addresses, keys, actions or resources; in double \
            quotes, several match as they stand there. A word behind ! is excluded. Spans are a number and h, d, w, m or y.
            """)
        for list in Filter.List.allCases {
            page.entry(list.rawValue, Filter.vocabulary(of: list).joined(separator: " "))
        }
        page.entry("kind:", AccessToken.Kind.allCases.map(\.rawValue).joined(separator: " "))
        page.entry("finding:", HygieneRule.allCases.map(\.word).joined(separator: " "))
        page.entry("on:", AuditTarget.Kind.allCases.map(\.rawValue).joined(separator: " "))
        page.example("patrol tokens list --filter 'owner:ada unused>90d !flagged'")
    }

    private static func keys(_ topics: [ManualTopic], _ page: inout Roff) {
        guard !topics.isEmpty else { return }
        page.section("KEYS")
        for topic in topics {
            page.subsection(topic.title)
            for row in topic.rows { page.entry(row.keys, row.words) }
        }
    }

    private static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + "."
    }
}

extension OptionSpec {
    /// With what can stand behind it, where that is a choice.
    fileprivate var manualHelp: String {
        let needed = isRequired ? " (needed)" : ""
        guard case .words(let words) = kind else { return help + needed }
        return "\(help)\(needed): \(words.joined(separator: ", "))"
    }
}
