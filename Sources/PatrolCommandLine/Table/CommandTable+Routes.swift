extension CommandTable {
    private static let file = ArgumentSpec("FILE", .file)

    static let routes: [CommandSpec] = [
        CommandSpec(
            .checkRoutes, "routes check", "whether a route file is right, and what is wrong where",
            arguments: [file],
            notes: [
                "A line: METHOD  PATH  ACTION  RESOURCE; or `token` or `public` for the last two.",
                "PATCH /flags/{project}/{flag} updateName proj/{project}:env/*:flag/{flag}",
                "Ends with 0 when it is right and 2 when it is not. Warnings don't count.",
            ]),
        CommandSpec(
            .listRoutes, "routes list", "the routes of a file", arguments: [file]),
        CommandSpec(
            .matchRoute, "routes match", "which route a call has, and what it needs",
            arguments: [file, ArgumentSpec("METHOD"), ArgumentSpec("URL")],
            notes: [
                "Ends with 0 when there is a route and 1 when the call is denied.",
                "patrol routes match routes.conf GET 'https://api.example.org/projects/web'",
            ]),
        CommandSpec(
            .exampleRoutes, "routes example", "print a route file for LaunchDarkly's REST API",
            notes: ["patrol routes example > routes.conf"]),
    ]
}
