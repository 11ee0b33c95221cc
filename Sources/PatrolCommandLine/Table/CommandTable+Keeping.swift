import PatrolDomain

extension CommandTable {
    private static let role = OptionSpec("role", "ROLE", "a base role, or keys of custom roles", isRepeated: true)
    private static let policy = OptionSpec("policy", "FILE", .file, "an inline policy in JSON; - is standard input")

    static let keeping: [CommandSpec] = [
        CommandSpec(
            .quarantineTokens, "tokens quarantine", "refuse tokens for a while, to see who misses them",
            arguments: [ArgumentSpec("ID", isRepeated: true)],
            options: [
                OptionSpec("reason", "TEXT", "why they are refused", isRequired: true),
                OptionSpec("until", "DAY", "the day on which they are to be deleted, or a span; 30d otherwise"),
                OptionSpec("keep", help: "never delete them by themselves"), .dryRun, .yes,
            ],
            notes: [
                #"patrol tokens quarantine ID --reason "nobody knows it" --until 14d"#,
                "Each attempt to use one is counted: `patrol tokens show ID` tells.",
                "Whoever runs Patrol next, and may, deletes them on their day; so does a timer:",
                "patrol tidy --quiet",
            ], isChange: true),
        CommandSpec(
            .thawTokens, "tokens thaw", "let tokens out of quarantine; they work again at once",
            arguments: [ArgumentSpec("ID", isRepeated: true)], isChange: true),
        CommandSpec(
            .planScope, "tokens plan", "give a personal token a narrower scope later, so that its owner has notice",
            arguments: [ArgumentSpec("ID")],
            options: [
                role, policy, OptionSpec("at", "WHEN", "a span such as 7d, or a day; 7d otherwise"),
                OptionSpec("reason", "TEXT", "why it gets less", isRequired: true),
            ],
            notes: [
                #"patrol tokens plan ID --role reader --at 14d --reason "it only reads""#,
                "Whoever runs Patrol next, and may, gives it on its day; so does `patrol tidy`.",
            ], isChange: true),
        CommandSpec(
            .cancelPlans, "tokens unplan", "drop what was planned",
            arguments: [ArgumentSpec("ID", isRepeated: true)], isChange: true),
        CommandSpec(
            .applyPlans, "tokens apply", "give tokens what was planned, at once",
            arguments: [ArgumentSpec("ID", isRepeated: true)], isChange: true),
        CommandSpec(
            .restoreScope, "tokens restore", "give a token its former scope back",
            arguments: [ArgumentSpec("ID")], isChange: true),
        CommandSpec(
            .tidy, "tidy", "delete tokens whose quarantine has ended, and apply plans whose time has come",
            options: [OptionSpec("dry-run", help: "say what is due, change nothing")],
            notes: [
                "Does what you may, with an audit entry for each; says what it leaves.",
                "For a timer: 17 * * * * patrol tidy --quiet",
            ], isChange: true),
    ]
}
