import PatrolDomain
@testable import PatrolPresentation
import Testing

@Suite struct `Words` {
    private static let now = Timestamp(milliseconds: 1_795_500_000_000)
    private static let request = Request(Action("deleteMember"), on: Resource(segments: [.init(type: "member", key: "abc")]))
    private static let grant = GrantName("ops", source: .customRole)

    @Test(arguments: [
        (Refusal.notPermitted(request, .nothingApplies), "you may not `deleteMember` on `member/abc`: no role allows it"),
        (.notPermitted(request, .statement(2, of: grant)), "you may not `deleteMember` on `member/abc`: statement 3 of the role `ops` denies it"),
        (.notFound(.token, id: "x"), "there is no token `x` any more"),
        (.badText(field: "name", .forbiddenCharacter(0x202E)), "name: must not hold the unseen character U+202E"),
        (.badText(field: "name", .forbiddenCharacter(0x301)), "name: must not have a mark by itself, or more than 4 on one letter (U+0301)"),
        (.roleHeld(members: 1, teams: 2), "the role is held by 1 member and 2 teams: take it from them first"),
        (.emailInUse("a\u{1B}b@example.org"), "`a\\x1bb@example.org` is the address of another member"),
    ])
    func `a refusal is a sentence that names what is missing`(refusal: Refusal, words: String) {
        #expect(refusal.sentence.text == words)
    }

    @Test func `a decision says what decided`() {
        let allowed = Decision(isAllowed: true, reason: .statement(0, of: Self.grant))
        #expect(allowed.sentence.text == "allowed: statement 1 of the role `ops` allows it")
        let withheld = Decision(isAllowed: false, reason: .withheld(.nothingApplies))
        #expect(withheld.sentence.text == "denied: the token was given it, but the person behind it may not (no role allows it)")
        let hidden = Decision(isAllowed: false, reason: .viewGate(project: "web", .nothingApplies))
        #expect(hidden.sentence.text.contains("the project `web` can't be viewed"))
    }

    private func entry(_ name: String, isAllowed: Bool = true, reason: String = "statement") -> AuditEntry {
        AuditEntry(
            sequence: 1, operation: [], at: Self.now, name: name, actorID: "1", actorName: "Ada\rKim", tokenID: nil,
            signIn: "", action: "a", resource: "acct", target: AuditTarget(.token, id: "2", name: "nightly export"),
            changes: [], comment: "", isAllowed: isAllowed, decidingRole: "", decidingStatement: nil, reason: reason)
    }

    @Test func `an audit entry is one line, also a hostile or a future one`() {
        #expect(entry("token.deleted").line.sentence.text == "Ada\\rKim deleted the token nightly export")
        #expect(
            entry("token.deleted", isAllowed: false, reason: "notPermitted").line.sentence.text
                == "Ada\\rKim tried to delete the token nightly export – refused: no role allows it")
        #expect(entry("token.teleported").line.sentence.text == "Ada\\rKim token.teleported nightly export")
    }

    @Test func `an import says how much it brought`() {
        var imported = entry("account.imported")
        imported.target = AuditTarget(.account, id: "1", name: "Acme")
        #expect(imported.line.sentence.text == "Ada\\rKim imported into the account")
        imported.changes = [
            FieldChange("source", before: nil, after: "a folder"),
            FieldChange("members", before: nil, after: "0 added, 1 updated, 6 as before"),
            FieldChange("tokens", before: nil, after: "12 added, 2 updated, 0 as before"),
            FieldChange("past audit entries", before: nil, after: "480 read"),
        ]
        #expect(imported.line.sentence.text == "Ada\\rKim imported 1 member, 14 tokens, 480 past audit entries")
        imported.changes = [FieldChange("tokens", before: nil, after: "0 added, 0 updated, 12 as before")]
        #expect(imported.line.sentence.text == "Ada\\rKim imported nothing new")
        imported.isAllowed = false
        #expect(imported.line.sentence.text.contains("tried to import into the account"))
    }

    @Test func `every event, rule and severity has words`() {
        for name in EventName.allCases { #expect(!name.words.done.isEmpty && !name.words.toDo.isEmpty) }
        for rule in HygieneRule.allCases {
            #expect(!rule.title.isEmpty && !rule.advice.isEmpty)
            #expect(!Finding(rule, severity: .low, evidence: .plain).evidence(now: Self.now).isEmpty)
        }
        #expect(Set(Severity.allCases.map(\.symbol)).count == 4)
        for severity in Severity.allCases { #expect(severity.symbol.width == 1) }
    }

    @Test func `a finding says its fact`() {
        let unused = Finding(.unused, severity: .medium, evidence: .lastUsedAt(Self.now - .days(120)))
        #expect(unused.evidence(now: Self.now).text == "last used 3 mo ago (2026-07-27)")
    }

    @Test func `a policy is told in words, a line a statement`() {
        func resource(_ text: String) throws -> ResourcePattern { try ResourcePattern(parsing: text) }
        do {
            let policy = Policy(statements: [
                Statement(
                    .allow, actions: .matching([try ActionPattern(parsing: "updateOn"), try ActionPattern(parsing: "update*")]),
                    resources: .matching([try resource("proj/web:env/*:flag/*")])),
                Statement(.deny, actions: .matching([.everything]), resources: .notMatching([try resource("acct")])),
                Statement(
                    .allow, actions: .notMatching([try ActionPattern(parsing: "deleteFlag")]),
                    resources: .matching([.everything])),
            ])
            #expect(
                policy.sentences.map(\.text) == [
                    "allow updateOn, update* on proj/web:env/*:flag/*", "deny everything on every resource but acct",
                    "allow everything but deleteFlag on every resource",
                ])
        } catch { Issue.record(error) }
    }

    @Test func `a scope is told short and long`() {
        #expect(Scope.base(.reader).short(roleKeys: []).text == "reader")
        let roles = ["aaa", "bbb"].compactMap { RoleID($0) }
        #expect(Scope.customRoles(roles).short(roleKeys: ["ops", "export"]).text == "ops +1")
        #expect(Scope.customRoles(roles).long(roleKeys: ["ops", "export"]).text == "the roles `ops`, `export`")
        #expect(Scope.account.short(roleKeys: []).text == "whole account")
    }

    @Test func `before and after stand side by side, line for line`() {
        let table = ChangeTable(
            [FieldChange("policy", before: "one\ntwo", after: "a long line that wraps"), FieldChange("name", before: nil, after: "x")],
            cells: 10)
        #expect(
            table.lines.map { "\($0.field)|\($0.before)|\($0.after)" } == [
                "policy|one|a long", "|two|line that", "||wraps", "name|–|x",
            ])
    }
}
