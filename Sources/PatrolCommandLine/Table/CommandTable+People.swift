import PatrolDomain

extension CommandTable {
    private static let attribute = OptionSpec(
        "attribute", "NAME=VALUE", "a value of a role attribute", isRepeated: true)
    private static let policy = OptionSpec(
        "policy", "FILE", .file, "its policy in JSON; - is standard input")

    static let members: [CommandSpec] = [
        CommandSpec(
            .listMembers, "members list", "who has access",
            options: [
                .filter(of: .members), .view(of: .members), .sort(MemberSort.self), .reverse, .limit,
            ]),
        CommandSpec(
            .showMember, "members show", "one member with his roles and tokens",
            arguments: [ArgumentSpec("MEMBER")],
            notes: ["MEMBER is an e-mail address or an id."]),
        CommandSpec(
            .inviteMember, "members invite", "invite somebody",
            arguments: [ArgumentSpec("EMAIL")],
            options: [
                OptionSpec(
                    "role", "ROLE", "a base role or the key of a custom role; reader otherwise",
                    isRepeated: true),
                OptionSpec("name", "NAME", "first and last name"), attribute,
            ],
            notes: ["patrol members invite kim@example.org --role writer"], isChange: true),
        CommandSpec(
            .changeMemberRoles, "members roles", "give a member other roles",
            arguments: [ArgumentSpec("MEMBER")],
            options: [
                OptionSpec(
                    "role", "ROLE", "the roles he is to have; custom roles replace his base role",
                    isRequired: true, isRepeated: true),
                attribute, .yes,
            ], isChange: true),
        CommandSpec(
            .removeMember, "members remove", "remove a member; his personal tokens stop at once",
            arguments: [ArgumentSpec("MEMBER")], options: [.yes], isChange: true),
        CommandSpec(
            .acceptInvitation, "members accept", "accept the invitation of the member given by --as",
            isChange: true),
        CommandSpec(
            .transferOwnership, "members transfer", "make another member the owner",
            arguments: [ArgumentSpec("MEMBER")], options: [.yes], isChange: true),
    ]

    static let roles: [CommandSpec] = [
        CommandSpec(
            .listRoles, "roles list", "base roles and custom roles",
            options: [.filter(of: .roles), .view(of: .roles), .sort(RoleSort.self), .reverse, .limit]),
        CommandSpec(
            .showRole, "roles show", "one role, its policy, and who holds it",
            arguments: [ArgumentSpec("KEY")]),
        ranking,
        CommandSpec(
            .createRole, "roles create", "make a custom role",
            arguments: [ArgumentSpec("KEY")],
            options: [
                OptionSpec("name", "NAME", "what it is called; the key otherwise"),
                OptionSpec("description", "TEXT", "what it is for"),
                OptionSpec(
                    "base", "PERMISSIONS", .words(["no_access", "reader"]),
                    "where no statement decides; no_access otherwise"),
                OptionSpec(
                    "policy", "FILE", .file, "its policy in JSON; - is standard input", isRequired: true),
            ],
            notes: [
                #"[{"effect": "allow", "actions": ["updateOn"], "resources": ["proj/web:env/*:flag/*"]}]"#
            ], isChange: true),
        CommandSpec(
            .editRole, "roles edit", "change a custom role",
            arguments: [ArgumentSpec("KEY")],
            options: [
                OptionSpec("name", "NAME", "what it is called"),
                OptionSpec("description", "TEXT", "what it is for"),
                OptionSpec(
                    "base", "PERMISSIONS", .words(["no_access", "reader"]), "where no statement decides"),
                policy, .yes,
            ], isChange: true),
        CommandSpec(
            .deleteRole, "roles delete", "delete a custom role",
            arguments: [ArgumentSpec("KEY")], options: [.yes], isChange: true),
    ]
}
