import PatrolDomain

extension CommandTable {
    private static let name = ArgumentSpec("NAME")

    static let reviews: [CommandSpec] = [
        CommandSpec(
            .startReview, "review start", "freeze a list of tokens, to decide about each of them",
            arguments: [name],
            options: [
                .filter(of: .tokens), .view(of: .tokens),
                OptionSpec("due", "WHEN", "until when: a span such as 14d, or a day such as 2027-01-31", isRequired: true),
                OptionSpec(
                    "no-answer", "RULE", .words(Review.NoAnswer.allCases.map(\.rawValue)),
                    "what becomes of tokens about which nobody decides", isRequired: true),
            ],
            notes: [
                #"patrol review start "2026 Q4" --filter '!created<30d' --due 14d --no-answer flag"#,
                "Tokens made later are not on the list, and those that go stay on it.",
                "A list has at most \(Review.maximumItems) tokens.",
            ], isChange: true),
        CommandSpec(.listReviews, "review list", "the reviews, the newest first"),
        CommandSpec(
            .showReview, "review show", "the tokens of a review, and what was decided about them",
            arguments: [name],
            options: [OptionSpec("open", help: "only those that nobody decided about"), .limit]),
        CommandSpec(
            .decideReview, "review decide", "record what is to become of tokens of a review",
            arguments: [name, ArgumentSpec("TOKEN", isRepeated: true)],
            options: ReviewAnswer.allCases.map { OptionSpec($0.rawValue, help: $0.help) } + [
                OptionSpec("why", "TEXT", "why; a token of which no rule complains can be kept without")
            ],
            notes: [
                #"patrol review decide "2026 Q4" 65f0c0ffee0000000000a001 --delete --why "nobody knows it""#,
                "A decision is a record: a command of the token's own does what it asks for.",
            ], isChange: true),
        CommandSpec(
            .closeReview, "review close", "end a review, and do what its rule says about tokens without an answer",
            arguments: [name], options: [.yes],
            notes: ["Run again, it does what could not be done before."], isChange: true),
        CommandSpec(
            .reportReview, "review report", "the evidence of a review",
            arguments: [name],
            options: [
                OptionSpec(
                    "format", "FORMAT", .words(["markdown", "csv", "json"]), "markdown otherwise; `review verify` reads json"),
                OptionSpec("output", "FILE", .file, "write it to this new file instead"),
            ],
            notes: [#"patrol review report "2026 Q4" --format json --output q4.json"#]),
        CommandSpec(
            .verifyReport, "review verify", "whether a report in JSON is what the audit log says",
            arguments: [ArgumentSpec("FILE", .file)],
            notes: [
                "Ends with 0 where all of it stands in the log, and 1 where something differs.",
                "What was done after a decision is not checked: the history of the token tells.",
            ]),
    ]
}

extension ReviewAnswer {
    fileprivate var help: String {
        switch self {
        case .keep: "it stays as it is"
        case .narrow: "it is to get a smaller scope"
        case .rotate: "it is to get a new secret"
        case .quarantine: "it is to be refused for a while"
        case .delete: "it is to go"
        }
    }
}
