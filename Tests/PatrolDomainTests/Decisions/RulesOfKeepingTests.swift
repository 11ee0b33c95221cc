import PatrolDomain
import Testing

private let viewing = Policy(statements: [Roster.allow("viewProject", "proj/web")])
private let everything = Policy(statements: [Roster.allow("*", "*")])

private func token(_ kind: AccessToken.Kind = .personal, of owner: Member? = Roster.wanda, _ change: (inout AccessToken) -> Void = { _ in }) -> AccessToken {
    var token = Roster.token(of: owner, kind: kind, scope: kind == .accountWide ? .account : .base(.writer))
    change(&token)
    return token
}

private func quarantine(_ token: AccessToken, reason: String = "nobody knows it", days: Int? = 30, version: Int = 5) -> Command {
    .quarantineToken(
        QuarantineToken(token: token.id, version: version, reason: reason, deletesAt: days.map { Roster.now + .days($0) }))
}

private func plan(_ token: AccessToken, _ scope: Scope, reason: String = "it only reads", days: Int = 7, version: Int = 5) -> Command {
    .planScope(PlanScope(token: token.id, version: version, scope: scope, appliesAt: Roster.now + .days(days), reason: reason))
}

private func limit(_ token: AccessToken, _ text: String?, version: Int = 5) -> Command {
    .editNetworks(EditNetworks(token: token.id, version: version, networks: text.flatMap { NetworkLimit($0) }))
}

@Suite struct RulesOfKeepingTests {
    struct Case: Sendable {
        var story: String
        var actor: Member
        var token: AccessToken
        var command: Command
        var refusal: String?

        init(_ story: String, _ actor: Member, _ token: AccessToken, _ command: Command, _ refusal: String?) {
            self.story = story
            self.actor = actor
            self.token = token
            self.command = command
            self.refusal = refusal
        }
    }

    static let plain = token()
    static let service = token(.service)
    static let accountWide = token(.accountWide, of: nil)
    static let held = token {
        $0.quarantine = Quarantine(
            reason: "nobody knows it", since: Roster.now - .days(3), setBy: Roster.max.id, deletesAt: Roster.now + .days(30))
    }
    static let planned = token {
        $0.plan = ScopePlan(
            scope: .base(.reader), appliesAt: Roster.now + .days(7), plannedBy: Roster.max.id, reason: "it only reads")
    }
    static let plannedForRole = token {
        $0.plan = ScopePlan(
            scope: .customRoles([RoleID("gone")!]), appliesAt: Roster.now, plannedBy: Roster.max.id, reason: "less")
    }
    static let plannedForMore = token {
        $0.scope = .inline(viewing)
        $0.plan = ScopePlan(
            scope: .customRoles([Roster.janitors.id]), appliesAt: Roster.now, plannedBy: Roster.max.id, reason: "less")
    }
    static let limited = token { $0.networks = NetworkLimit("10.0.0.0/8") }
    static let imported = Roster.token(of: Roster.wanda, origin: .imported)
    static let narrowed = token {
        $0.scope = .base(.reader)
        $0.formerScope = FormerScope(scope: .base(.writer), changedAt: Roster.now - .days(1))
    }
    static let narrowedFromRole = token {
        $0.formerScope = FormerScope(scope: .customRoles([RoleID("gone")!]), changedAt: Roster.now - .days(1))
    }
    static let ritas = token(of: Roster.rita) {
        $0.scope = .base(.reader)
        $0.formerScope = FormerScope(scope: .base(.writer), changedAt: Roster.now - .days(1))
    }

    static let cases: [Case] = [
        Case("an admin quarantines", Roster.max, plain, quarantine(plain), nil),
        Case("a member his own", Roster.wanda, plain, quarantine(plain), nil),
        Case("a reader nobody else's", Roster.rita, plain, quarantine(plain), "notPermitted"),
        Case("who may delete may quarantine", Roster.cesar, plain, quarantine(plain), nil),
        Case("but not account-wide ones", Roster.cesar, accountWide, quarantine(accountWide), "notPermitted"),
        Case("an admin an account-wide one", Roster.max, accountWide, quarantine(accountWide), nil),
        Case("and a service token", Roster.max, service, quarantine(service), nil),
        Case("a reason is needed", Roster.max, plain, quarantine(plain, reason: " "), "badText"),
        Case("a day ahead", Roster.max, plain, quarantine(plain, days: 0), "momentInThePast"),
        Case("and not too far", Roster.max, plain, quarantine(plain, days: 90_000), "expiryOutOfRange"),
        Case("or none", Roster.max, plain, quarantine(plain, days: nil), nil),
        Case("what was confirmed for another version is refused", Roster.max, plain, quarantine(plain, version: 4), "changedMeanwhile"),
        Case("once is enough", Roster.max, held, quarantine(held), "alreadyQuarantined"),
        Case("another day is a change", Roster.max, held, quarantine(held, days: 60), nil),
        Case("and so is another reason", Roster.max, held, quarantine(held, reason: "leaked"), nil),
        Case("a thaw", Roster.max, held, .thawToken(held.id, version: 5), nil),
        Case("by its owner", Roster.wanda, held, .thawToken(held.id, version: 5), nil),
        Case("not by a reader", Roster.rita, held, .thawToken(held.id, version: 5), "notPermitted"),
        Case("a stale one", Roster.max, held, .thawToken(held.id, version: 6), "changedMeanwhile"),
        Case("of what is not frozen", Roster.max, plain, .thawToken(plain.id, version: 5), "notQuarantined"),
        Case("a plan", Roster.max, plain, plan(plain, .base(.reader)), nil),
        Case("of its owner", Roster.wanda, plain, plan(plain, .inline(viewing)), nil),
        Case("who may only delete plans nothing", Roster.cesar, plain, plan(plain, .base(.reader)), "notPermitted"),
        Case("a plan gives nothing more", Roster.max, plain, plan(plain, .base(.admin)), "planIsWider"),
        Case("not by an inline policy either", Roster.max, narrowed, plan(narrowed, .inline(everything)), "planIsWider"),
        Case("nor the same", Roster.max, plain, plan(plain, .base(.writer)), "nothingToChange"),
        Case("nor nothing", Roster.max, plain, plan(plain, .base(.noAccess)), "emptyScope"),
        Case("nor by a role that is not there", Roster.max, plain, plan(plain, .customRoles([RoleID("gone")!])), "unknownRole"),
        Case("in the future", Roster.max, plain, plan(plain, .base(.reader), days: 0), "momentInThePast"),
        Case("for a reason", Roster.max, plain, plan(plain, .base(.reader), reason: ""), "badText"),
        Case("the scope of a service token is fixed", Roster.max, service, plan(service, .base(.reader)), "scopeIsFixed"),
        Case("and of an account-wide one", Roster.max, accountWide, plan(accountWide, .base(.reader)), "scopeIsFixed"),
        Case("a plan takes the place of another", Roster.max, planned, plan(planned, .base(.reader), days: 14), nil),
        Case("if it is another", Roster.max, planned, plan(planned, .base(.reader)), "nothingToChange"),
        Case("a stale plan", Roster.max, plain, plan(plain, .base(.reader), version: 4), "changedMeanwhile"),
        Case("dropped", Roster.max, planned, .cancelPlan(planned.id, version: 5), nil),
        Case("where there is none", Roster.max, plain, .cancelPlan(plain.id, version: 5), "notPlanned"),
        Case("applied before its time", Roster.max, planned, .applyPlan(planned.id, version: 5), nil),
        Case("where there is no plan", Roster.max, plain, .applyPlan(plain.id, version: 5), "notPlanned"),
        Case("by who may", Roster.cesar, planned, .applyPlan(planned.id, version: 5), "notPermitted"),
        Case("not by a role that went", Roster.max, plannedForRole, .applyPlan(plannedForRole.id, version: 5), "unknownRole"),
        Case("nor by one that grew", Roster.max, plannedForMore, .applyPlan(plannedForMore.id, version: 5), "planIsWider"),
        Case("the way back", Roster.max, narrowed, .restoreScope(narrowed.id, version: 5), nil),
        Case("of his own", Roster.wanda, narrowed, .restoreScope(narrowed.id, version: 5), nil),
        Case("where there is one", Roster.max, plain, .restoreScope(plain.id, version: 5), "noFormerScope"),
        Case("not to a role that went", Roster.max, narrowedFromRole, .restoreScope(narrowedFromRole.id, version: 5), "unknownRole"),
        Case("a reader gets no writer's token back", Roster.rita, ritas, .restoreScope(ritas.id, version: 5), "readerTokensOnly"),
        Case("networks", Roster.max, plain, limit(plain, "10.0.0.0/8,2001:db8::/32"), nil),
        Case("of his own token", Roster.wanda, plain, limit(plain, "10.0.0.0/8"), nil),
        Case("of a service token", Roster.max, service, limit(service, "10.0.0.0/8"), nil),
        Case("of the whole account", Roster.max, accountWide, limit(accountWide, "10.0.0.0/8"), nil),
        Case("not by a reader", Roster.rita, plain, limit(plain, "10.0.0.0/8"), "notPermitted"),
        Case("nor by who may only delete", Roster.cesar, limited, limit(limited, nil), "notPermitted"),
        Case("taken off", Roster.max, limited, limit(limited, nil), nil),
        Case("the same networks", Roster.max, limited, limit(limited, "10.0.0.0/8"), "nothingToChange"),
        Case("no networks of what has none", Roster.max, plain, limit(plain, nil), "nothingToChange"),
        Case("networks of an older version", Roster.max, plain, limit(plain, "10.0.0.0/8", version: 4), "changedMeanwhile"),
        Case("where it is checked elsewhere", Roster.max, imported, limit(imported, "10.0.0.0/8"), "checkedElsewhere"),
        Case("stale", Roster.max, narrowed, .restoreScope(narrowed.id, version: 4), "changedMeanwhile"),
    ]

    @Test(arguments: cases)
    func `each story of quarantine, plan and return ends as told`(_ story: Case) {
        let ruling = rule(story.command, by: story.actor, about: story.token)
        #expect(ruling.refusal?.code == story.refusal, "\(story.story)")
        #expect(ruling.changes.isEmpty == (story.refusal != nil), "\(story.story)")
    }

    private func rule(_ command: Command, by actor: Member, about token: AccessToken) -> Ruling {
        Roster.rule(command, by: actor) {
            $0.token = token
            $0.tokenOwner = token.owner.flatMap { id in [Roster.wanda, Roster.rita].first { $0.id == id } }
        }
    }

    private func after(_ command: Command, on token: AccessToken, by actor: Member = Roster.max) throws -> AccessToken {
        let ruling = rule(command, by: actor, about: token)
        for case .updateToken(let after) in ruling.changes { return after }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test func `another day keeps the beginning of the quarantine`() throws {
        let after = try after(quarantine(Self.held, days: 60), on: Self.held)
        #expect(after.quarantine?.since == Roster.now - .days(3))
        #expect(after.quarantine?.deletesAt == Roster.now + .days(60))
        #expect(after.version == 6)
    }

    @Test func `a token in quarantine may do nothing, and says why`() {
        let authority = TokenAuthority(
            of: Self.held, owner: Roster.wanda, roles: [:], teams: [], at: Roster.now)
        let decision = authority.decide(Request(Action("viewProject"), on: Resource(segments: [.init(type: "proj", key: "web")])))
        #expect(!decision.isAllowed && decision.reason == .notInForce(.tokenQuarantined))
        #expect(decision.reason.code == "tokenQuarantined")
    }

    @Test func `what is planned is given, what was is kept, and the plan is over`() throws {
        let after = try after(.applyPlan(Self.planned.id, version: 5), on: Self.planned)
        #expect(after.scope == .base(.reader) && after.plan == nil)
        #expect(after.formerScope == FormerScope(scope: .base(.writer), changedAt: Roster.now))
    }

    @Test func `the way back leads back again`() throws {
        let back = try after(.restoreScope(Self.narrowed.id, version: 5), on: Self.narrowed)
        #expect(back.scope == .base(.writer) && back.formerScope?.scope == .base(.reader))
    }

    @Test func `an edit of the scope drops the plan, and says so`() throws {
        let edit = Command.editToken(
            EditToken(
                token: Self.planned.id, version: 5, name: Self.planned.name, purpose: Self.planned.purpose,
                scope: .inline(viewing), expiresAt: Self.planned.expiresAt))
        let after = try after(edit, on: Self.planned)
        #expect(after.plan == nil && after.formerScope?.scope == .base(.writer))
        let fields = rule(edit, by: Roster.max, about: Self.planned).event.changes.map(\.field)
        #expect(fields == ["scope", "planned scope"])
    }

    @Test func `an edit of the name leaves the plan and the way back`() throws {
        var token = Self.planned
        token.formerScope = FormerScope(scope: .base(.admin), changedAt: Roster.now - .days(9))
        let edit = Command.editToken(
            EditToken(
                token: token.id, version: 5, name: "export", purpose: token.purpose, scope: token.scope,
                expiresAt: token.expiresAt))
        let after = try after(edit, on: token)
        #expect(after.plan == token.plan && after.formerScope == token.formerScope)
    }

    @Test func `a refused plan names what it would give`() {
        let refusal = rule(plan(Self.plain, .base(.admin)), by: Roster.max, about: Self.plain).refusal
        guard case .planIsWider(let request)? = refusal else {
            Issue.record("expected a witness")
            return
        }
        let admin = TokenAuthority(scope: Authority(grants: [], holder: nil), behind: nil)
        #expect(!admin.decide(request).isAllowed)
        #expect(!request.action.name.isEmpty)
    }

    @Test func `a quarantine hides nothing of what a rotation would hand over`() {
        var held = Self.accountWide
        held.quarantine = Self.held.quarantine
        let rotation = Command.rotateToken(RotateToken(token: held.id, version: 5, oldSecretUntil: nil))
        #expect(rule(rotation, by: Roster.bruno, about: held).refusal?.code == "secretBeyondOwnRights")
        #expect(rule(rotation, by: Roster.bruno, about: Self.accountWide).refusal?.code == "secretBeyondOwnRights")
    }
}
