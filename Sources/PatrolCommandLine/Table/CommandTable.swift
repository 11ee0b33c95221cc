import PatrolDomain

/// The commands in the order in which the help lists them.
enum CommandTable {
    static let commands: [CommandSpec] = [
        beginning, members, roles, tokens, keeping, usage, rightSizing, templates, hygiene, reviews, auditLog, questions,
        serving, routes, files, about,
    ].flatMap(\.self)

    /// Words that open a group, with what it is about.
    static let groups: [(word: String, summary: String)] = [
        ("members", "who has access, and with which roles"),
        ("roles", "what people and tokens may do"),
        ("tokens", "the access tokens"),
        ("templates", "what tokens of common uses are like"),
        ("settings", "by what the tokens are measured"),
        ("review", "looking at each token of a list, and deciding about it"),
        ("policy", "what policies have to do with each other"),
        ("routes", "which call of an API needs which action on which resource"),
        ("audit", "who did what, when, with which token"),
        ("import", "take over an account, or use, from elsewhere"),
        ("export", "write the account for elsewhere"),
    ]

    static func command(_ verb: Verb) -> CommandSpec? { commands.first { $0.verb == verb } }

    private static let beginning: [CommandSpec] = [
        CommandSpec(
            .initialize, "init", "make a new account and its owner",
            options: [
                OptionSpec("account", "NAME", "what the account is called", isRequired: true),
                OptionSpec("owner", "EMAIL", "the owner's e-mail address", isRequired: true),
                OptionSpec("name", "NAME", "the owner's name"),
            ],
            notes: [
                #"patrol init --account Acme --owner ada@example.org --name "Ada Berg""#
            ]),
        CommandSpec(
            .demo, "demo", "open a made-up account in a temporary file",
            options: [
                OptionSpec("members", "N", .number(1...100_000), "so many members, about 60 otherwise"),
                OptionSpec("tokens", "N", .number(1...5_000_000), "so many tokens, about 300 otherwise"),
                OptionSpec("entries", "N", .number(1...50_000_000), "so many audit entries"),
                OptionSpec("seed", "N", .number(0...Int.max), "the same seed makes the same account"),
                OptionSpec("write", "FILE", .file, "make the account in this new file, and end"),
                OptionSpec("work", help: ""),
            ],
            notes: [
                "Without a terminal, its review is printed.",
                "With --database it is made in that new file, and stays.",
            ]),
        CommandSpec(
            .overview, "overview", "the account at a glance, for reading aloud",
            notes: ["`patrol --plain` does the same."]),
        CommandSpec(
            .review, "review", "what is wrong with which token, worst first",
            options: [.filter(of: .tokens), .view(of: .tokens), .limit],
            notes: ["`patrol` alone does the same where there is no terminal.", "A view gives its filter, not its order."]),
    ]

    private static let questions: [CommandSpec] = [
        CommandSpec(
            .check, "check", "whether a secret may do something, as an API would ask",
            arguments: [ArgumentSpec("ACTION"), ArgumentSpec("RESOURCE")],
            options: [
                OptionSpec("network", "NETWORK", "where the call came from, such as 192.0.2.0/24")
            ],
            notes: [
                "The secret is read from standard input. The use is counted.",
                "Ends with 0 for allow and 1 for deny.",
                "patrol check updateOn 'proj/web:env/production:flag/checkout' < secret",
            ]),
        CommandSpec(
            .explain, "explain", "whether somebody may do something, and what decides it",
            arguments: [
                ArgumentSpec("ACTION", isOptional: true), ArgumentSpec("RESOURCE", isOptional: true),
            ],
            options: [
                OptionSpec("token", "ID", "for this token"),
                OptionSpec("member", "EMAIL", "for this member"),
                OptionSpec("role", "KEY", "for this role, held alone"),
                OptionSpec("batch", help: "answer questions from standard input, a JSON line each"),
            ],
            notes: [
                "Resources carry their tags: proj/web;core:env/production:flag/checkout",
                #"A line of a batch: {"token": ID, "action": "updateOn", "resource": "proj/web"}"#,
                "Ends with 0 for allow and 1 for deny; a batch with 0 when all is answered.",
            ]),
        CommandSpec(
            .comparePolicies, "policy compare", "whether one scope allows all that another does, exactly",
            arguments: [ArgumentSpec("A", .file), ArgumentSpec("B", .file)],
            notes: [
                "A and B: a FILE of statements (- is standard input), a role or a token's id.",
                "Where a name could be several of them: ./FILE, role:KEY or token:ID.",
                "A token counts with the person behind it, a role as if it were held alone.",
                "The answer holds for any action, key and tag, also for unknown ones.",
                "patrol policy compare ./narrow.json writer",
            ]),
        CommandSpec(
            .catalogue, "catalogue", "the types of resources and their actions",
            arguments: [ArgumentSpec("TYPE", isOptional: true)],
            notes: ["patrol catalogue 'proj/*:env/*:flag/*'"]),
    ]

    private static let files: [CommandSpec] = [
        CommandSpec(
            .importAccount, "import launchdarkly", "add and update what LaunchDarkly's REST API answered",
            arguments: [ArgumentSpec("DIR", .folder)],
            options: [OptionSpec("dry-run", help: "read and report, change nothing")],
            notes: [
                "Reads members*.json, roles*.json, teams*.json, tokens*.json, auditlog*.json.",
                "Nothing is taken away, and a broken file changes nothing.",
            ], isChange: true),
        CommandSpec(
            .exportAccount, "export launchdarkly", "write the account as LaunchDarkly would answer it",
            arguments: [ArgumentSpec("DIR", .folder)],
            notes: ["The folder is made, or must be empty. Secrets are not in it."]),
        CommandSpec(
            .backUp, "backup", "copy the account into a new file",
            arguments: [ArgumentSpec("FILE", .file)],
            notes: ["The key of the secrets is not in it."]),
    ]

    private static let about: [CommandSpec] = [
        CommandSpec(
            .completions, "completions", "print completions for a shell",
            arguments: [ArgumentSpec("SHELL", .words(["bash", "zsh", "fish"]))],
            notes: [
                "source <(patrol completions bash)", "source <(patrol completions zsh)", "patrol completions fish | source",
            ]),
        CommandSpec(
            .manual, "manual", "print the manual page",
            notes: ["patrol manual | man -l -", "patrol manual > ~/.local/share/man/man1/patrol.1"]),
        CommandSpec(
            .help, "help", "explain a command, or the environment",
            arguments: [ArgumentSpec("COMMAND", isOptional: true, isRepeated: true)],
            notes: ["`patrol help environment` lists variables and files."]),
        CommandSpec(.version, "version", "print the version"),
    ]
}
