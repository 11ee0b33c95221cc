import Testing

@testable import PatrolDomain

@Suite struct `Templates of tokens` {
    @Test func `those that come with Patrol are known to the catalogue`() throws {
        var keys: Set<String> = []
        for template in Template.builtIn {
            #expect(keys.insert(template.key.text).inserted)
            #expect(TextRule.name.fault(in: template.name) == nil && TextRule.purpose.fault(in: template.description) == nil)
            #expect(template.expiryDays.map(Template.acceptedExpiry.contains) == true)
            for statement in template.policy.statements {
                for pattern in statement.resources.patterns where !pattern.isEverything {
                    let type = try #require(Catalogue.launchDarkly.type(pattern.typeChain), "\(pattern.text)")
                    for action in statement.actions.patterns { #expect(type.actions.contains(Action(action.text)), "\(action.text)") }
                }
            }
        }
    }

    @Test func `filled in they allow what they say, and nothing in another environment`() throws {
        let template = try #require(Template.builtIn.first { $0.key.text == "ci-toggle" })
        #expect(template.blanks == ["project", "environment"])
        let policy = try template.policy.filled(["project": ["web"], "environment": ["test", "qa-*"]])
        #expect(policy.blanks.isEmpty)
        let authority = Authority(of: .inline(policy), roles: [:]) { _ in [:] }
        let allowed = ["proj/web:env/test:flag/f", "proj/web:env/qa-1:flag/f"]
        let denied = ["proj/web:env/production:flag/f", "proj/app:env/test:flag/f"]
        for text in allowed { #expect(authority.decide(try request("updateOn", text)).isAllowed) }
        for text in denied { #expect(!authority.decide(try request("updateOn", text)).isAllowed) }
        #expect(!authority.decide(try request("updateRules", allowed[0])).isAllowed)
    }

    private func fault(_ lines: [String], _ values: RoleAttributes) throws -> BlankFault? {
        let policy = try policy(lines)
        do throws(BlankFault) {
            _ = try policy.filled(values)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a blank takes a key, and only what is asked for`() throws {
        let lines = ["A updateOn @ proj/${roleAttribute/p}:env/x-${roleAttribute/e}*:flag/*"]
        #expect(try fault(lines, ["p": ["a"]]) == .missing("e"))
        #expect(try fault(lines, ["p": ["a"], "e": []]) == .missing("e"))
        #expect(try fault(lines, ["p": ["a"], "e": ["b"], "z": ["c"]]) == .unknown("z", known: ["p", "e"]))
        for value in ["", "a:env/b", "a;t", "a,b", "${roleAttribute/p}", "a/b", "a b", "é"] {
            #expect(try fault(lines, ["p": ["a"], "e": [value]]) == .badValue(value, of: "e"), "\(value)")
        }
        #expect(try fault(lines, ["p": ["*"], "e": ["b*"]]) == nil)
        let many = (0..<20).map { "v\($0)" }
        #expect(try fault(lines, ["p": many, "e": many]) == .tooManyPatterns(limit: Statement.maximumPatterns))
    }

    @Test func `every value of every blank makes a resource, also in a not-form`() throws {
        let lines = ["A updateOn @ !proj/${roleAttribute/p}:env/${roleAttribute/p} + acct"]
        let filled = try policy(lines).filled(["p": ["a", "b"]])
        // A blank that is met twice is the same in both places.
        #expect(filled.statements[0].resources.patterns.map(\.text) == ["proj/a:env/a", "proj/b:env/b", "acct"])
        #expect(filled.statements[0].resources.isNegated)
    }

    @Test func `the account's own stand behind those that come with Patrol, and in their place`() throws {
        func kept(_ key: String, deleted: Bool = false) throws -> Template {
            Template(
                key: try #require(Key(key)), name: "kept", description: "", policy: try policy(["A * @ acct"]), expiryDays: 7,
                deletedAt: deleted ? start : nil, version: 3)
        }
        let stored = [
            try kept("zz"), try kept("aa"), try kept("gone", deleted: true), try kept("ci-toggle"),
            try kept("audit-reader", deleted: true),
        ]
        let rows = TemplateRow.all(stored: stored)
        #expect(rows.suffix(2).map(\.template.key.text) == ["aa", "zz"])
        #expect(rows.dropLast(2).map(\.template.key) == Template.builtIn.map(\.key))
        let toggle = try #require(rows.first { $0.template.key.text == "ci-toggle" })
        #expect(toggle.origin == .changed && toggle.template.name == "kept" && toggle.template.version == 3)
        let reader = try #require(rows.first { $0.template.key.text == "audit-reader" })
        #expect(reader.isHidden && reader.origin == .builtIn && reader.template.name != "kept" && reader.template.version == 0)
    }
}
