extension Template {
    /// The template with this key that comes with Patrol.
    package static func builtIn(_ key: Key) -> Template? { builtIn.first { $0.key == key } }

    /// Those that come with Patrol: common uses of a flag service's API, each with no more than it takes.
    package static let builtIn: [Template] = [
        make(
            "read-only-export", "Read-only export", "reads projects and what is in them; changes nothing",
            [(["viewProject"], ["proj/${roleAttribute/project}"])], days: 90),
        make(
            "ci-toggle", "CI: switch flags in one environment", "turns flags on and off in one environment",
            [
                (["updateOn"], ["proj/${roleAttribute/project}:env/${roleAttribute/environment}:flag/*"]),
                (["viewProject"], ["proj/${roleAttribute/project}"]),
            ], days: 30),
        make(
            "audit-reader", "Audit reader", "looks at everything that can be looked at; changes nothing",
            [(["view*"], ["*"])], days: 90),
        make(
            "flag-cleanup", "Clean up old flags", "archives and deletes flags of one project",
            [
                (
                    ["updateGlobalArchived", "updateDeprecated", "deleteFlag"],
                    ["proj/${roleAttribute/project}:env/*:flag/${roleAttribute/flag}"]
                ),
                (["viewProject"], ["proj/${roleAttribute/project}"]),
            ], days: 30),
        make(
            "segment-sync", "Keep a segment up to date", "writes who is in segments of one environment",
            [
                (
                    ["updateIncluded", "updateExcluded"],
                    [
                        "proj/${roleAttribute/project}:env/${roleAttribute/environment}"
                            + ":segment/${roleAttribute/segment}"
                    ]
                ),
                (["viewProject"], ["proj/${roleAttribute/project}"]),
            ], days: 90),
        make(
            "code-references", "Code references", "reports where flags stand in the code",
            [
                (
                    [
                        "createCodeRefsRepository", "updateCodeRefsRepositoryConfiguration",
                        "updateCodeRefsRepositoryBranches",
                    ], ["code-reference-repository/*"]
                ),
                (["viewProject"], ["proj/${roleAttribute/project}"]),
            ], days: 90),
    ]

    private static func make(
        _ key: String, _ name: String, _ description: String, _ statements: [(actions: [String], resources: [String])],
        days: Int
    ) -> Template {
        do throws(SpecifierFault) {
            var policy = Policy(statements: [])
            for statement in statements {
                var (actions, resources) = ([ActionPattern](), [ResourcePattern]())
                for text in statement.actions { actions.append(try ActionPattern(parsing: text)) }
                for text in statement.resources { resources.append(try ResourcePattern(parsing: text)) }
                policy.statements.append(
                    Statement(.allow, actions: .matching(actions), resources: .matching(resources)))
            }
            guard let key = Key(key) else { preconditionFailure("`\(key)` is no key") }
            return Template(key: key, name: name, description: description, policy: policy, expiryDays: days)
        } catch {
            preconditionFailure("a specifier of the template `\(key)`, at \(error.place): \(error.reason)")
        }
    }
}
