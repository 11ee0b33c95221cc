import PatrolDomain

extension CommandTable {
    static let rightSizing: [CommandSpec] = [
        CommandSpec(
            .proposeScope, "tokens propose", "the smallest scope that covers what a token was used for",
            arguments: [ArgumentSpec("ID")],
            options: [OptionSpec("policy", help: "print the inline policy alone, as JSON")],
            notes: [
                "A and B rest on much use, C on little; of too little nothing is proposed.",
                "A `*` in a policy: five or more things under one parent were used.",
                "patrol tokens propose ID --policy > policy.json && patrol tokens edit ID --policy policy.json",
            ]),
        CommandSpec(
            .replayToken, "tokens replay", "which calls of the last 90 days another scope would deny",
            arguments: [ArgumentSpec("ID")],
            options: [
                OptionSpec("role", "ROLE", "a base role, or keys of custom roles", isRepeated: true),
                OptionSpec("policy", "FILE", .file, "an inline policy in JSON; - is standard input"),
                OptionSpec("deleted", help: "as if the token were deleted"),
            ],
            notes: ["Ends with 0 where nothing would have failed, and with 1 where something would."]),
        CommandSpec(
            .replayRole, "roles replay", "which calls of the last 90 days an edit of a role would deny",
            arguments: [ArgumentSpec("KEY")],
            options: [
                OptionSpec("policy", "FILE", .file, "its policy in JSON; - is standard input", isRequired: true),
                OptionSpec(
                    "base", "PERMISSIONS", .words(["no_access", "reader"]), "where no statement decides"),
            ],
            notes: ["Ends with 0 where nothing would have failed, and with 1 where something would."]),
        CommandSpec(
            .replayMember, "members replay", "which calls of the last 90 days other roles of a member would deny",
            arguments: [ArgumentSpec("MEMBER")],
            options: [
                OptionSpec("role", "ROLE", "the roles he would have; custom roles replace his base role", isRepeated: true),
                OptionSpec("removed", help: "as if he were removed"),
            ],
            notes: ["Ends with 0 where nothing would have failed, and with 1 where something would."]),
    ]
}
