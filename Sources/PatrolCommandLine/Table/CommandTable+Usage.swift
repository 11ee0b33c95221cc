import PatrolDomain

extension CommandTable {
    static let usage: [CommandSpec] = [
        CommandSpec(
            .showUsage, "usage", "for which time use is on record, and what a token did",
            arguments: [ArgumentSpec("ID", isOptional: true)],
            options: [
                OptionSpec("days", "N", .number(1...400), "of the last N days, 90 otherwise"),
                .limit,
            ],
            notes: [
                "Without an ID: the gaps, and the files that were imported.",
                "Of silence in a gap nothing is said: no token is called unused for it.",
            ]),
        CommandSpec(
            .importUsage, "import usage", "count calls from an access log, a JSON line each",
            arguments: [ArgumentSpec("FILE", .file)],
            options: [
                OptionSpec("from", "WHEN", "the log is complete from then on, else from its first hour"),
                OptionSpec("to", "WHEN", "and until then, else until its last hour"),
                OptionSpec("source", "NAME", "where it was written, else the file's name"),
                OptionSpec("skip-bad", help: "leave out lines that can't be read"),
                OptionSpec("dry-run", help: "read and report, change nothing"),
            ],
            notes: [
                #"A line: {"token": ID, "at": "2026-11-24T05:57:03Z", "action": "updateOn","#,
                #"         "resource": "proj/web:env/test:flag/f", "status": 200}"#,
                "token: an id, the id of a secret, or how a secret ends.",
                "at: RFC 3339, or milliseconds since 1970.",
                "Also: network or ip, client or userAgent, secret, count, and allowed",
                "(true or false) in place of status, of which 401, 403 and 407 are denied.",
                "WHEN is a day, or a time like that of a line.",
                "Calls of one source and time count once, and so does the same file.",
                "One that was stopped goes on where it was.",
            ]),
    ]
}
