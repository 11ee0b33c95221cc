import PatrolDomain

extension CommandTable {
    private static let name = OptionSpec("name", "NAME", "which program uses it")
    private static let purpose = OptionSpec("purpose", "TEXT", "what it is for")
    private static let role = OptionSpec(
        "role", "ROLE", "a base role, or keys of custom roles", isRepeated: true)
    private static let policy = OptionSpec(
        "policy", "FILE", .file, "an inline policy in JSON; - is standard input")
    private static let expires = OptionSpec(
        "expires", "WHEN", "a span such as 30d, a day such as 2027-01-31, or never")
    private static let networks = OptionSpec(
        "networks", "RANGES", "from where it may be used, such as 10.0.0.0/8,2001:db8::/32, or none: from everywhere")
    private static let output = OptionSpec(
        "output", "FILE", .file, "write the secret to this new file instead")

    static let tokens: [CommandSpec] = [
        CommandSpec(
            .listTokens, "tokens list", "the tokens, riskiest first",
            options: [
                .filter(of: .tokens), .view(of: .tokens), .sort(TokenSort.self), .reverse, .limit,
            ],
            notes: ["patrol tokens list --filter 'owner:ada unused>90d' --json"]),
        CommandSpec(
            .showToken, "tokens show", "one token: what it may do, what it did, what is wrong with it",
            arguments: [ArgumentSpec("ID")]),
        CommandSpec(
            .createToken, "tokens create", "make a token; its secret alone goes to standard output",
            options: [
                OptionSpec("name", "NAME", "which program uses it", isRequired: true), purpose, role, policy,
                OptionSpec("template", "KEY", "the scope and expiry of this template"), set, expires, networks,
                OptionSpec("service", help: "not bound to you: it keeps working when you leave"),
                output,
            ],
            notes: [
                #"patrol tokens create --name "nightly export" --role reader --expires 30d"#,
                #"patrol tokens create --name CI --template ci-toggle --set project=web --set environment=test"#,
                "Without --expires it lives as long as its template says, or for 90 days.",
            ], isChange: true),
        CommandSpec(
            .editToken, "tokens edit", "change name, purpose, scope, expiry or networks",
            arguments: [ArgumentSpec("ID")], options: [name, purpose, role, policy, expires, networks, .dryRun],
            notes: ["patrol tokens edit ID --networks 10.0.0.0/8,2001:db8::/32"],
            isChange: true),
        CommandSpec(
            .cloneToken, "tokens clone", "make a token like another; its secret alone goes to standard output",
            arguments: [ArgumentSpec("ID")], options: [name, purpose, expires, output], isChange: true),
        CommandSpec(
            .rotateToken, "tokens rotate", "give a token a new secret, which goes to standard output",
            arguments: [ArgumentSpec("ID")],
            options: [
                OptionSpec("overlap", "SPAN", "how long the old secret still works; not at all otherwise"),
                output,
            ],
            notes: ["patrol tokens rotate 65f0c0ffee0000000000a001 --overlap 7d"], isChange: true),
        CommandSpec(
            .expireToken, "tokens expire", "set when a token ends",
            arguments: [ArgumentSpec("ID"), ArgumentSpec("WHEN")],
            notes: ["WHEN is a span such as 30d, a day such as 2027-01-31, or never."], isChange: true),
        CommandSpec(
            .flagTokens, "tokens flag", "mark tokens for deletion",
            arguments: [ArgumentSpec("ID", isRepeated: true)],
            options: [
                OptionSpec("reason", "TEXT", "why it is to go", isRequired: true),
                OptionSpec("by", "DAY", "the day by which it is to be deleted"),
            ],
            notes: [#"patrol tokens flag ID --reason "account-wide" --by 2027-01-31"#], isChange: true),
        CommandSpec(
            .unflagTokens, "tokens unflag", "take the mark away",
            arguments: [ArgumentSpec("ID", isRepeated: true)], isChange: true),
        CommandSpec(
            .deleteTokens, "tokens delete", "delete tokens; they stop at once",
            arguments: [ArgumentSpec("ID", isRepeated: true)], options: [.dryRun, .yes], isChange: true),
        CommandSpec(
            .suppressFinding, "tokens suppress", "let a finding not count until a day",
            arguments: [ArgumentSpec("ID"), ArgumentSpec("RULE", .words(HygieneRule.allCases.map(\.word)))],
            options: [
                OptionSpec("reason", "TEXT", "why it is borne with", isRequired: true),
                OptionSpec("until", "WHEN", "a span such as 90d, or a day; 400 days at most", isRequired: true),
            ],
            notes: [
                "It does not count into the risk, stays in sight, and comes back at its end.",
                #"patrol tokens suppress ID no-expiry --reason "moves in spring" --until 90d"#,
            ], isChange: true),
        CommandSpec(
            .liftSuppression, "tokens unsuppress", "let a suppressed finding count again",
            arguments: [ArgumentSpec("ID"), ArgumentSpec("RULE", .words(HygieneRule.allCases.map(\.word)))],
            isChange: true),
        CommandSpec(
            .adoptToken, "tokens adopt", "take over a secret that is in use, so that it can be checked",
            options: [
                OptionSpec(
                    "kind", "KIND", .words(["account", "personal", "service"]),
                    "account: an old token of the whole account", isRequired: true),
                OptionSpec("name", "NAME", "which program uses it", isRequired: true), purpose,
                OptionSpec("owner", "EMAIL", "whose it is; you otherwise"), role, policy, expires,
            ],
            notes: [
                "The secret is read from standard input.",
                #"patrol tokens adopt --kind account --name "old API token" < secret"#,
            ], isChange: true),
    ]

    static let hygiene: [CommandSpec] = [
        CommandSpec(
            .listRules, "rules", "the rules of token hygiene: when, by which numbers, what to do",
            notes: ["By the account's thresholds; the words are those of `--filter finding:WORD`."]),
        CommandSpec(.listSettings, "settings list", "profile and thresholds; * marks what was set"),
        CommandSpec(
            .setSetting, "settings set", "choose the profile, or set a threshold",
            arguments: [ArgumentSpec("NAME", .words(["profile"] + HygieneThreshold.allCases.map(\.rawValue))), ArgumentSpec("VALUE")],
            notes: [
                "patrol settings set profile strict", "patrol settings set unused.silence 60",
                "Every token is judged anew.",
            ], isChange: true),
        CommandSpec(
            .resetSettings, "settings reset", "take back what was set; all of it where no name is given",
            arguments: [
                ArgumentSpec(
                    "NAME", .words(["profile"] + HygieneThreshold.allCases.map(\.rawValue)), isOptional: true,
                    isRepeated: true)
            ], isChange: true),
    ]

    static let auditLog: [CommandSpec] = [
        CommandSpec(
            .audit, "audit", "the audit log, newest first; with --follow, as it grows",
            options: [
                OptionSpec("follow", help: "print new entries as they are written, until interrupted"),
                .filter(of: .audit), .view(of: .audit), .limit,
            ],
            notes: ["patrol audit --follow --json"]),
        CommandSpec(
            .listAudit, "audit list", "entries, newest first",
            options: [
                .filter(of: .audit), .view(of: .audit), .limit,
                OptionSpec("follow", help: "print new entries as they are written, until interrupted"),
            ],
            notes: ["patrol audit list --limit 20 --json"]),
        CommandSpec(
            .showAudit, "audit show", "one entry with its before and after",
            arguments: [ArgumentSpec("NUMBER", .number(1...Int.max))]),
        CommandSpec(
            .verifyAudit, "audit verify", "whether the whole log is as it was written",
            notes: [
                "A log that was cut off at its end, or written anew as a whole, looks whole.",
                "Ends with 0 where all fits and 1 where something does not.",
            ]),
    ]
}
