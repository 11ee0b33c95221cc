import PatrolDomain
import PatrolOperations
import Testing

/// Templates through the door, with SQLite behind it.
@Suite struct `Templates of an account` {
    private func policy(_ action: String = "updateOn") throws -> Policy {
        Policy(statements: [
            Statement(
                .allow, actions: .matching([try ActionPattern(parsing: action)]),
                resources: .matching([try ResourcePattern(parsing: "proj/${roleAttribute/project}:env/*:flag/*")]))
        ])
    }

    private func save(_ key: String, version: Int = 0, name: String = "Mine", action: String = "updateOn") throws -> SaveTemplate {
        SaveTemplate(
            key: try #require(Key(key)), name: name, description: "d", policy: try policy(action), expiryDays: 30,
            version: version)
    }

    private func row(_ key: String, _ account: TestAccount) throws -> TemplateRow? {
        try account.patrol.templates().first { $0.template.key.text == key }
    }

    @Test func `one is made, changed and deleted, each with its entry`() throws {
        let account = try TestAccount()
        let before = try account.entries().count
        #expect(try account.patrol.perform(.saveTemplate(try save("mine")), as: account.ada).refusal == nil)
        let made = try #require(try row("mine", account))
        #expect(made.origin == .own && made.template.version == 1)
        #expect(try made.template.policy == policy())
        #expect(made.template.expiryDays == 30 && made.template.blanks == ["project"])
        let changed = try account.patrol.perform(.saveTemplate(try save("mine", version: 1, action: "updateRules")), as: account.ada)
        #expect(changed.entry.changes.map(\.field) == ["policy"] && changed.entry.target.kind == .template)
        let key = try #require(Key("mine"))
        #expect(try account.patrol.perform(.deleteTemplate(key, version: 2), as: account.ada).refusal == nil)
        #expect(try row("mine", account) == nil)
        let entries = try account.entries().dropFirst(before)
        #expect(entries.map(\.name) == ["template.saved", "template.saved", "template.deleted"])
        #expect(entries.allSatisfy { $0.isAllowed && $0.target.id == "mine" && $0.action == "updateOrganization" })
        // The key can be used again, and another process reads it.
        #expect(try account.patrol.perform(.saveTemplate(try save("mine")), as: account.ada).refusal == nil)
        #expect(try account.reopened().templates().last?.template.version == 4)
    }

    @Test func `what comes with Patrol is changed, hidden and shown again`() throws {
        let account = try TestAccount()
        let key = try #require(Key("ci-toggle"))
        let original = try #require(Template.builtIn(key))
        #expect(try account.patrol.perform(.saveTemplate(try save("ci-toggle")), as: account.ada).refusal == nil)
        #expect(try row("ci-toggle", account)?.origin == .changed)
        #expect(try account.patrol.perform(.deleteTemplate(key, version: 1), as: account.ada).refusal == nil)
        let hidden = try #require(try row("ci-toggle", account))
        #expect(hidden.isHidden && hidden.template.policy == original.policy)
        #expect(try account.patrol.perform(.deleteTemplate(key, version: 0), as: account.ada).refusal == .notFound(.template, id: "ci-toggle"))
        let other = try #require(Key("audit-reader"))
        #expect(try account.patrol.perform(.deleteTemplate(other, version: 0), as: account.ada).refusal == nil)
        #expect(try row("audit-reader", account)?.isHidden == true)
        let again = SaveTemplate(
            key: key, name: original.name, description: original.description, policy: original.policy,
            expiryDays: original.expiryDays, version: 0)
        #expect(try account.patrol.perform(.saveTemplate(again), as: account.ada).refusal == nil)
        #expect(try row("ci-toggle", account)?.isHidden == false)
    }

    @Test func `only who may change the organization changes them`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let refused = try account.patrol.perform(.saveTemplate(try save("mine")), as: kim)
        #expect(refused.entry.reason == "notPermitted" && !refused.entry.isAllowed)
        #expect(try row("mine", account) == nil)
        let key = try #require(Key("ci-toggle"))
        #expect(try account.patrol.perform(.deleteTemplate(key, version: 0), as: kim).refusal != nil)
        let max = try account.join("max", .admin)
        #expect(try account.patrol.perform(.saveTemplate(try save("mine")), as: max).refusal == nil)
    }

    @Test func `a change of what was changed meanwhile is refused`() throws {
        let account = try TestAccount()
        _ = try account.patrol.perform(.saveTemplate(try save("mine")), as: account.ada)
        for version in [0, 2] {
            let outcome = try account.patrol.perform(.saveTemplate(try save("mine", version: version, name: "x")), as: account.ada)
            #expect(outcome.entry.reason == "changedMeanwhile")
        }
        let key = try #require(Key("mine"))
        #expect(try account.patrol.perform(.deleteTemplate(key, version: 7), as: account.ada).entry.reason == "changedMeanwhile")
        #expect(try row("mine", account)?.template.name == "Mine")
    }

    @Test func `what can't be a template is refused with its reason`() throws {
        let account = try TestAccount()
        func reason(_ change: (inout SaveTemplate) -> Void) throws -> String {
            var wanted = try save("mine")
            change(&wanted)
            return try account.patrol.perform(.saveTemplate(wanted), as: account.ada).entry.reason
        }
        #expect(try reason { $0.name = "" } == "badText")
        #expect(try reason { $0.name = "a\u{202E}b" } == "badText")
        #expect(try reason { $0.policy = Policy(statements: []) } == "templateAllowsNothing")
        #expect(try reason { $0.policy.statements[0].effect = .deny } == "templateAllowsNothing")
        #expect(try reason { $0.expiryDays = 0 } == "templateDaysOutOfRange")
        #expect(try reason { $0.expiryDays = 3_651 } == "templateDaysOutOfRange")
        #expect(try reason { $0.policy.statements = Array(repeating: $0.policy.statements[0], count: 501) } == "policyTooLong")
        _ = try account.patrol.perform(.saveTemplate(try save("mine")), as: account.ada)
        #expect(try reason { $0.version = 1 } == "nothingToChange")
    }

    @Test func `a ranking is of the account's roles, for whoever asks`() throws {
        let account = try TestAccount()
        let need = try policy().filled(["project": ["web"]])
        for (key, action) in [("wide", "*"), ("exact", "updateOn")] {
            let role = CreateRole(
                key: try #require(Key(key)), name: key, basePermissions: .reader,
                policy: try policy(action).filled(["project": ["web"]]))
            #expect(try account.patrol.perform(.createRole(role), as: account.ada).refusal == nil)
        }
        let ranking = try account.patrol.ranking(of: need, as: account.ada)
        let keys = ranking.candidates.compactMap { if case .custom(let roles) = $0.way { roles[0].key.text } else { nil } }
        #expect(keys == ["exact", "wide"] && ranking.withheld.isNothing)
        let rita = try account.join("rita", .reader)
        #expect(try account.patrol.ranking(of: need, as: rita).withheld.gravest?.action == Action("updateOn"))
    }
}
