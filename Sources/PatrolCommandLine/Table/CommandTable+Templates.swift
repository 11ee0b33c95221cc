extension CommandTable {
    static let set = OptionSpec(
        "set", "NAME=VALUE", "what a blank of the template stands for; * stands for any text", isRepeated: true)
    private static let template = OptionSpec("template", "KEY", "what this template allows")

    static let ranking = CommandSpec(
        .rankRoles, "roles rank", "the smallest role for a need, and what each gives beyond it",
        options: [
            OptionSpec("policy", "FILE", .file, "the need as a policy in JSON; - is standard input"), template, set,
        ],
        notes: [
            "patrol roles rank --template ci-toggle --set project=web --set environment=test",
            "Covering and going beyond are proven, not tried. What is not decided is said.",
        ])

    static let templates: [CommandSpec] = [
        CommandSpec(
            .listTemplates, "templates list", "what tokens of common uses are like",
            options: [OptionSpec("all", help: "also those that were hidden")]),
        CommandSpec(
            .showTemplate, "templates show", "one template and its policy", arguments: [ArgumentSpec("KEY")]),
        CommandSpec(
            .saveTemplate, "templates save", "make a template, or change one", arguments: [ArgumentSpec("KEY")],
            options: [
                OptionSpec("name", "NAME", "what it is called"),
                OptionSpec("description", "TEXT", "what such tokens do"),
                OptionSpec("policy", "FILE", .file, "its policy in JSON; - is standard input"),
                OptionSpec("expires", "SPAN", "how long such tokens live, such as 30d, or never"),
                OptionSpec("original", help: "as it comes with Patrol"),
            ],
            notes: [
                "A blank is a role attribute: proj/${roleAttribute/project}:env/*:flag/*",
                "One that comes with Patrol is replaced by yours; a hidden one shows again.",
            ], isChange: true),
        CommandSpec(
            .deleteTemplate, "templates delete", "delete a template; one that comes with Patrol is hidden",
            arguments: [ArgumentSpec("KEY")], options: [.yes], isChange: true),
    ]
}
