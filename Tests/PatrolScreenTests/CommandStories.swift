import PatrolDomain
@testable import PatrolScreen
import Testing

@Suite struct `Commands` {
    @Test func `nothing is deleted by one key, nor by Enter`() {
        var stage = Stage()
        _ = stage.takeEffects()
        stage.press("d", .enter, .tab, .enter)
        #expect(stage.takeCommands().isEmpty)
    }

    @Test func `a question scrolls as far as there is text, and no further`() {
        var stage = Stage(rows: 15, columns: 60)
        stage.desk.impact = Impact(
            touched: Sample.tokens.map { Impact.Touched(AuditTarget(.token, id: $0.rowID, name: $0.token.name), effect: .killed, example: nil) },
            examined: 8, notExamined: 0)
        stage.press("1", .down, .down, "d")
        for _ in 0..<40 { stage.press(.pageDown) }
        let end = stage.text
        stage.press(.up)
        #expect(stage.text != end, "one step back is seen at once: \(end)")
    }

    @Test func `a command closes what it was asked from, and nothing that was opened meanwhile`() {
        var stage = Stage()
        stage.press(.down, "f")
        stage.send(.tick(now: stage.model.now + TimeSpan(milliseconds: 1_000)))
        stage.press(.tab)
        // The answer waits.
        let effects = update(&stage.model, .key(.enter))
        stage.press(.escape, "?")
        for reply in stage.desk.replies(to: effects) { stage.send(reply) }
        #expect(stage.text.contains("Keys that work here"))
        stage.press(.escape)
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `a deletion wants the name, and carries the version that was shown`() {
        var stage = Stage()
        stage.press(.down, .down, .down, "d")
        stage.type("nightly")
        stage.press(.tab, .tab, .enter)
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("write `nightly export` to go on"))
        stage.type(" export")
        stage.press(.enter, .enter)
        #expect(stage.takeCommands() == [.deleteToken(Sample.tokenID(3), version: 2)])
        #expect(stage.text.contains("deleted `nightly export`"))
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `why something is done goes into the log`() {
        var stage = Stage()
        stage.press(.down, .down, .down, "d")
        stage.type("nightly export")
        stage.press(.backTab)
        stage.type("q is over")
        _ = stage.takeEffects()
        stage.press(.enter, .enter, .enter)
        #expect(
            stage.takeEffects().first
                == .perform(.deleteToken(Sample.tokenID(3), version: 2), comment: "q is over"))
    }

    @Test func `a flag has its reason from the worst finding`() {
        var stage = Stage()
        stage.press(.down, .down, .down, .down, .down, "f")
        #expect(stage.text.contains("never used"))
        stage.press(.control("s"))
        guard case .flagToken(let id, let reason, let due?, 2)? = stage.takeCommands().first else {
            Issue.record("no flag")
            return
        }
        #expect(id == Sample.tokenID(5))
        #expect(reason == "never used")
        #expect(due.date == "2026-12-24")
    }

    @Test func `a flag is taken off by the same key`() {
        var stage = Stage()
        stage.press(.down, "f")
        #expect(stage.text.contains("Take the flag off deploy everything?"))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(1), version: 2)])
    }

    @Test func `marked tokens are treated one after another, and each result is told`() {
        var stage = Stage()
        stage.press(.down, .down, .down, " ", " ", "f")
        #expect(stage.text.contains("Flag 2 tokens for deletion"))
        stage.press(.control("s"))
        #expect(stage.takeCommands().isEmpty, "first it says what it is about to do")
        #expect(stage.text.contains("Flag 2 tokens for deletion?"))
        #expect(stage.text.contains("Used in the last 7 days: 2 of them."))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands().count == 2)
        #expect(stage.text.contains("flagged 2 of 2"))
        #expect(stage.model.tokens.marked.isEmpty)
        stage.press(.enter)
        #expect(stage.model.dialogs.isEmpty)
        stage.desk.refusal = .alreadyFlagged
        stage.press(" ", " ", "f", .control("s"), .tab, .enter)
        #expect(stage.text.contains("flagged 0 of 2"))
        #expect(stage.text.contains("the token is flagged already"))
        #expect(stage.model.tokens.marked.count == 2, "what was not done stays marked")
    }

    @Test func `a thing that changed meanwhile is shown anew and asked about again`() {
        var stage = Stage()
        stage.press(.down, "f")
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(1).text, name: "deploy everything"), shown: 2, now: 5)
        stage.press(.tab, .enter)
        _ = stage.takeCommands()
        #expect(stage.text.contains("It was changed after you looked at it"))
        #expect(stage.text.contains("admin scope, unused"), "what changed")
        stage.desk.refusal = nil
        stage.press(.enter)
        #expect(stage.takeCommands().isEmpty, "Cancel has the focus")
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(1).text, name: "deploy everything"), shown: 2, now: 5)
        stage.press("f", .tab, .enter)
        _ = stage.takeCommands()
        stage.desk.refusal = nil
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(1), version: 5)])
    }

    @Test func `a refusal is told in its form, which keeps what was written`() {
        var stage = Stage()
        stage.desk.refusal = .emailInUse("kim@example.org")
        stage.press("1", "a")
        stage.type("kim@example.org")
        stage.press(.control("s"))
        #expect(stage.text.contains("`kim@example.org` is the address of another member"))
        stage.desk.refusal = nil
        stage.press(.control("s"))
        #expect(stage.takeCommands().count == 2)
        #expect(stage.model.dialogs.isEmpty)
    }

    @Test func `a form says what is wrong field by field before anything is sent`() {
        var stage = Stage()
        stage.press("1", "a")
        stage.type("kim")
        stage.press(.control("s"))
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("is not an e-mail address"))
    }

    @Test func `other roles are asked about with whom they touch`() {
        var stage = Stage()
        stage.desk.impact = Impact(
            touched: [Impact.Touched(AuditTarget(.token, id: "x", name: "deploy everything"), effect: .weakened, example: nil)],
            examined: 1)
        stage.press("1", .down, "e", .left, .control("s"))
        #expect(stage.text.contains("1 can do less"))
        stage.press(.tab, .enter)
        guard case .changeMemberRoles(let change)? = stage.takeCommands().first else {
            Issue.record("no change")
            return
        }
        #expect(change.baseRole == .writer && change.version == 1)
    }

    @Test func `the cursor goes to what was just made`() {
        var stage = Stage()
        stage.desk.target = AuditTarget(.member, id: Sample.memberID(5).text, name: "")
        stage.press("1", "a")
        stage.type("new@example.org")
        stage.press(.control("s"))
        #expect(stage.model.members.current?.member.id == Sample.memberID(5))
        #expect(!stage.model.isDetailFocused)
    }

    @Test func `what was just made and does not pass the filter opens in the detail`() {
        var stage = Stage()
        stage.desk.target = AuditTarget(.member, id: Sample.memberID(5).text, name: "")
        stage.press("1", "/")
        stage.type("kim")
        stage.press(.enter, "a")
        stage.type("new@example.org")
        stage.press(.control("s"))
        #expect(stage.model.memberInHand?.member.id == Sample.memberID(5))
        stage.press(.escape)
        #expect(stage.model.memberInHand?.member.id == Sample.memberID(1))
    }

    @Test(arguments: [[], ["web"]]) func `a summary knows the attributes of the one who creates`(projects: [String]) {
        var desk = Desk()
        desk.me.roleAttributes = projects.isEmpty ? [:] : ["projects": projects]
        desk.roles = [
            Role(
                id: Sample.roleID(3), key: Key("by-attribute")!, name: "",
                policy: Sample.policy([(["viewProject"], "proj/*"), (["updateOn"], "proj/${roleAttribute/projects}:env/*:flag/*")]),
                createdAt: Sample.now)
        ]
        let account = AccountView(
            account: Sample.account, tally: Tally(members: 0, roles: 0, tokens: 0, flaggedTokens: 0, auditEntries: 0),
            member: desk.me, authority: Authority(of: desk.me, roles: [:], teams: []))
        let authority = Optional(account).scope(.customRoles([Sample.roleID(3)]), roles: [Sample.roleID(3): desk.roles[0]])
        let request = Request(Action("updateOn"), on: certain { try Resource(parsing: "proj/web:env/production:flag/any") })
        #expect(authority.decide(request).isAllowed == !projects.isEmpty)
    }

    @Test func `other roles are named, and that they take the base role's place`() {
        var stage = Stage()
        stage.press("1", .down, "e", .tab, .down, " ", .control("s"))
        #expect(stage.text.contains("Base role: admin, as before"))
        #expect(stage.text.contains("Custom roles: none → flag-operator"))
        #expect(stage.text.contains("the base role admin no longer counts"))
    }

    @Test func `roles that stay the same are not asked about`() {
        var stage = Stage()
        stage.press("1", .down, "e", .control("s"))
        #expect(stage.text.contains("nothing changes"))
        #expect(stage.model.dialogs.count == 1)
    }

    @Test func `nothing is confirmed before it is known whom it touches, and a failure to find out is told`() {
        var stage = Stage()
        stage.desk.holdsImpact = true
        stage.press("1", .down, "e", .left, .control("s"), .tab, .enter)
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("[ looking… ]") && stage.text.contains("wait for it"))
        guard case .confirmation(let question)? = stage.model.dialogs.last else {
            Issue.record("no question")
            return
        }
        stage.send(.reply(.failed(.impact(question.steps[0].command), "the disk is gone")))
        #expect(stage.text.contains("Whom it touches is not known: the disk is gone"))
        stage.press(.enter)
        #expect(stage.takeCommands().count == 1)
    }

    @Test func `removing several members sums up whom it touches`() {
        var stage = Stage()
        stage.desk.impact = Impact(
            touched: [Impact.Touched(AuditTarget(.token, id: "x", name: "deploy everything"), effect: .killed, example: nil)],
            examined: 2)
        stage.press("1", .down, " ", " ", "d")
        #expect(stage.text.contains("1 stop working"), "\(stage.text)")
        stage.type("remove 2")
        stage.press(.enter, .enter)
        #expect(stage.takeCommands().count == 2)
    }

    @Test(arguments: [BaseRole.owner, .noAccess, .admin]) func `a new name leaves the scope as it was`(role: BaseRole) {
        var desk = Desk()
        desk.tokens[1].token.scope = .base(role)
        var stage = Stage(desk: desk)
        stage.press(.down, "e")
        #expect(stage.text.contains("\(role.rawValue)"))
        stage.type("!")
        stage.press(.control("s"))
        guard case .editToken(let edit)? = stage.takeCommands().first else {
            Issue.record("no edit")
            return
        }
        #expect(edit.name == "deploy everything!" && edit.scope == .base(role))
    }

    @Test func `a policy is checked as it is written, with the line of the fault`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("2", .end, "e", .tab, .tab, .tab)
        stage.press(.down, .down, .end)
        stage.type("x")
        #expect(stage.text.contains("line"), "\(stage.text)")
        stage.press(.control("s"))
        #expect(stage.takeCommands().isEmpty)
        stage.press(.backspace)
        #expect(!stage.text.contains("column"))
    }

    @Test func `a rotation chooses how long the old secret goes on`() {
        var stage = Stage()
        stage.desk.secret = ShownSecret("ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ")
        stage.press(.down, .down, .down, "r", .up, .enter, .tab, .enter)
        guard case .rotateToken(let rotation)? = stage.takeCommands().first else {
            Issue.record("no rotation")
            return
        }
        #expect(rotation.oldSecretUntil == Sample.now + .hours(1))
        #expect(stage.text.contains("ptlp_4fK9aZ0Qw2Lm"))
    }

    @Test func `an expiry is a day, a span or never`() {
        for (text, wanted) in [("2027-01-31", "2027-01-31T23:59:59Z"), ("7d", "2026-12-01T06:00:00Z")] {
            var stage = Stage()
            stage.press("x", .control("u"))
            stage.type(text)
            stage.press(.enter, .enter)
            guard case .editToken(let edit)? = stage.takeCommands().first else {
                Issue.record("no edit")
                return
            }
            #expect(edit.expiresAt?.iso8601 == wanted)
        }
        var stage = Stage()
        stage.press("x", .control("u"))
        stage.type("2020-01-01")
        stage.press(.control("s"))
        #expect(stage.text.contains("that expiry is in the past"))
    }

    @Test func `who may not is told which action on which resource is missing`() {
        var desk = Desk()
        desk.me = Sample.members[3]
        var stage = Stage(desk: desk)
        stage.press(.down, "d")
        #expect(stage.model.dialogs.isEmpty)
        #expect(
            stage.text.contains("you may not `deleteAccessToken` on")
                && stage.text.contains("`member/\(Sample.memberID(1).text):token/"),
            "\(stage.text)")
        stage.press("1", "a")
        #expect(stage.text.contains("you may not `createMember` on `member/new`: no role allows it"))
    }
}

@Suite struct `Pastes` {
    @Test func `a paste presses no key`() {
        var stage = Stage()
        _ = stage.takeEffects()
        stage.send(.paste("dq\n\u{3}"))
        #expect(stage.takeEffects().isEmpty)
        #expect(stage.text.contains("a paste only goes into a text field"))
    }

    @Test func `a question takes no paste`() {
        var stage = Stage()
        stage.press(.down, .down, .down, "d")
        stage.send(.paste("nightly export"))
        stage.press(.tab, .tab, .enter)
        #expect(stage.takeCommands().isEmpty)
    }

    @Test func `line ends become spaces and unseen characters go`() {
        var stage = Stage()
        stage.press("1", "a", .tab)
        stage.send(.paste("Kim\r\nRoe\u{1B}\u{202E}"))
        guard case .form(let form)? = stage.model.dialogs.last else {
            Issue.record("no form")
            return
        }
        #expect(form.text(.firstName) == "Kim Roe")
        #expect(stage.text.contains("2 unseen characters left out"))
    }
}
