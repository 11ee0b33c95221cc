import Glibc
import PatrolDomain
import PatrolOperations
import Testing

private let view = Request(Action("viewProject"), on: Resource(segments: [.init(type: "proj", key: "web")]))

@Suite struct KeepingTests {
    private func quarantine(_ token: AccessToken, in account: TestAccount, days: Int? = 30, by session: Session? = nil) throws -> Outcome {
        let deletesAt = days.map { account.clock.now + .days($0) }
        return try account.patrol.perform(
            .quarantineToken(
                QuarantineToken(token: token.id, version: token.version, reason: "nobody knows it", deletesAt: deletesAt)),
            as: session ?? account.ada)
    }

    private func token(_ id: TokenID, in account: TestAccount) throws -> AccessToken {
        try #require(try account.patrol.token(id))
    }

    /// All that is due, and what came of it: `delete`, `narrow`, or why not.
    private func tidy(_ account: TestAccount, as session: Session, limit: Int = 2) throws -> [String] {
        var told: [String] = []
        var place: TidyPlace?
        repeat {
            let slice = try account.patrol.tidyTasks(after: place, limit: limit, as: session)
            #expect(slice.tasks.count <= limit)
            for task in slice.tasks {
                if let refusal = task.refusal {
                    told.append(refusal.code)
                } else {
                    let outcome = try account.patrol.carryOut(task, as: session)
                    told.append(outcome.refusal?.code ?? task.deed.rawValue)
                }
            }
            place = slice.next
        } while place != nil
        return told
    }

    @Test func `a quarantined token is refused by every way of asking, and thawed it works at once`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken()
        #expect(try quarantine(token, in: account).refusal == nil)
        #expect(try account.reason(secret, view) == .notInForce(.tokenQuarantined))
        let explainer = Explainer(account.patrol)
        try explainer.refresh()
        #expect(try explainer.decide(view, for: .token(token.id)).reason == .notInForce(.tokenQuarantined))
        let thaw = try account.patrol.perform(.thawToken(token.id, version: token.version + 1), as: account.ada)
        #expect(thaw.refusal == nil && thaw.entry.name == "token.thawed")
        #expect(try account.reason(secret, view) == nil)
        try explainer.refresh()
        #expect(try explainer.decide(view, for: .token(token.id)).isAllowed)
    }

    @Test func `what a quarantine would stop is told before`() throws {
        let account = try TestAccount()
        let token = try account.createToken().token
        let command = Command.quarantineToken(
            QuarantineToken(token: token.id, version: token.version, reason: "x", deletesAt: nil))
        #expect(try account.patrol.impact(of: command).touched.map(\.effect) == [.killed])
        #expect(try quarantine(token, in: account).refusal == nil)
        #expect(try account.patrol.impact(of: command).touched.isEmpty)
    }

    @Test func `a plan is kept, told as a loss, and applied when its time has come`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken(.base(.writer), expiresIn: .days(90))
        let plan = Command.planScope(
            PlanScope(
                token: token.id, version: token.version, scope: .base(.reader), appliesAt: account.clock.now + .days(7),
                reason: "it only reads"))
        #expect(try account.patrol.impact(of: plan).touched.map(\.effect) == [.weakened])
        #expect(try account.patrol.perform(plan, as: account.ada).refusal == nil)
        #expect(try self.token(token.id, in: account).plan?.reason == "it only reads")
        #expect(try tidy(account, as: account.ada) == [])
        account.clock.now = account.clock.now + .days(7)
        #expect(try tidy(account, as: account.ada) == ["narrow"])
        let after = try self.token(token.id, in: account)
        #expect(after.scope == .base(.reader) && after.plan == nil && after.formerScope?.scope == .base(.writer))
        let entry = try #require(try account.entries().last)
        #expect(entry.name == "token.planApplied" && entry.comment == "the time of the plan has come")
        let edit = Request(Action("updateOn"), on: try Resource(parsing: "proj/web:env/test:flag/x"))
        #expect(try account.reason(secret, edit) != nil)
        #expect(try account.patrol.perform(.restoreScope(token.id, version: after.version), as: account.ada).refusal == nil)
        #expect(try account.reason(secret, edit) == nil)
    }

    @Test func `tidy deletes on the day and not before, each with an entry, and a second time nothing`() throws {
        let account = try TestAccount()
        var ids: [TokenID] = []
        for _ in 0..<5 {
            let token = try account.createToken(expiresIn: nil).token
            ids.append(token.id)
            #expect(try quarantine(token, in: account, days: 10).refusal == nil)
        }
        let kept = try account.createToken(expiresIn: nil).token
        #expect(try quarantine(kept, in: account, days: nil).refusal == nil)
        account.clock.now = account.clock.now + .days(10) - TimeSpan(milliseconds: 1)
        #expect(try tidy(account, as: account.ada) == [])
        account.clock.now = account.clock.now + TimeSpan(milliseconds: 1)
        let before = try account.patrol.lastSequence()
        #expect(try tidy(account, as: account.ada) == Array(repeating: "delete", count: 5))
        #expect(try account.patrol.lastSequence() == before + 5)
        for id in ids { #expect(try token(id, in: account).deletedAt == account.clock.now) }
        #expect(try token(kept.id, in: account).deletedAt == nil)
        #expect(try tidy(account, as: account.ada) == [])
        #expect(try account.entries().last?.comment == "its quarantine has ended")
    }

    @Test func `who may not is told, nothing is recorded of it, and the rest goes on`() throws {
        let account = try TestAccount()
        let rita = try account.join("rita", .reader)
        let adas = try account.createToken(expiresIn: nil).token
        let ritas = try account.createToken(expiresIn: nil, by: rita).token
        let others = try account.createToken(expiresIn: nil).token
        for token in [adas, ritas, others] { #expect(try quarantine(token, in: account, days: 1).refusal == nil) }
        account.clock.now = account.clock.now + .days(2)
        let before = try account.patrol.lastSequence()
        #expect(try tidy(account, as: rita, limit: 1) == ["notPermitted", "delete", "notPermitted"])
        #expect(try account.patrol.lastSequence() == before + 1)
    }

    @Test func `what is to be deleted gets no scope any more`() throws {
        let account = try TestAccount()
        let token = try account.createToken(.base(.writer), expiresIn: nil).token
        _ = try account.patrol.perform(
            .planScope(
                PlanScope(
                    token: token.id, version: token.version, scope: .base(.reader), appliesAt: account.clock.now + .days(1),
                    reason: "less")), as: account.ada)
        #expect(try quarantine(try self.token(token.id, in: account), in: account, days: 1).refusal == nil)
        account.clock.now = account.clock.now + .days(2)
        #expect(try account.patrol.tidyTasks(limit: 9, as: account.ada).tasks.map(\.deed) == [.deletion])
    }

    @Test func `one that was thawed meanwhile stays`() throws {
        let account = try TestAccount()
        let token = try account.createToken(expiresIn: nil).token
        #expect(try quarantine(token, in: account, days: 1).refusal == nil)
        account.clock.now = account.clock.now + .days(2)
        let task = try #require(try account.patrol.tidyTasks(limit: 9, as: account.ada).tasks.first)
        _ = try account.patrol.perform(.thawToken(token.id, version: task.token.version), as: account.ada)
        #expect(try account.patrol.carryOut(task, as: account.ada).refusal?.code == "changedMeanwhile")
        #expect(try self.token(token.id, in: account).deletedAt == nil)
    }

    @Test func `a plan for a custom role is kept with it, and its key is told`() throws {
        let account = try TestAccount()
        let statement = Statement(
            .allow, actions: .matching([try ActionPattern(parsing: "viewProject")]),
            resources: .matching([try ResourcePattern(parsing: "proj/web")]))
        let created = try account.patrol.perform(
            .createRole(CreateRole(key: Key("web")!, name: "Web", policy: Policy(statements: [statement]))), as: account.ada)
        let role = try #require(RoleID(created.entry.target.id))
        let token = try account.createToken(.base(.writer)).token
        let outcome = try account.patrol.perform(
            .planScope(
                PlanScope(
                    token: token.id, version: token.version, scope: .customRoles([role]),
                    appliesAt: account.clock.now + .days(1), reason: "less")), as: account.ada)
        #expect(outcome.refusal == nil)
        #expect(outcome.entry.changes.first { $0.field == "planned scope" }?.after == "roles web")
        let detail = try #require(try account.patrol.tokenDetail(token.id))
        #expect(detail.row.token.plan?.scope == .customRoles([role]))
        #expect(detail.keys(of: .customRoles([role])) == ["web"])
    }

    @Test func `each attempt is counted from the beginning of the quarantine`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken()
        #expect(try account.reason(secret, view) == nil)
        #expect(try quarantine(token, in: account).refusal == nil)
        #expect(try account.patrol.tokenDetail(token.id)?.attempts == nil)
        let first = account.clock.now
        for _ in 0..<14 {
            account.clock.now = account.clock.now + .minutes(1)
            #expect(try account.reason(secret, view) == .notInForce(.tokenQuarantined))
        }
        let attempts = try #require(try account.patrol.tokenDetail(token.id)?.attempts)
        #expect(attempts.count == 14 && attempts.firstAt == first + .minutes(1) && attempts.lastAt == account.clock.now)
        // What was refused is no use.
        #expect(try self.token(token.id, in: account).lastUsedAt == first)
        let held = try self.token(token.id, in: account)
        _ = try account.patrol.perform(.thawToken(token.id, version: held.version), as: account.ada)
        #expect(try account.patrol.tokenDetail(token.id)?.attempts == nil)
        #expect(try quarantine(try self.token(token.id, in: account), in: account).refusal == nil)
        #expect(try account.patrol.tokenDetail(token.id)?.attempts == nil)
        #expect(try account.reason(secret, view) != nil)
        #expect(try account.patrol.tokenDetail(token.id)?.attempts?.count == 1)
    }

    @Test func `an attempt wakes whoever looks, at most once a second`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken()
        #expect(try quarantine(token, in: account).refusal == nil)
        let other = try account.reopened()
        var wanted = pollfd(fd: other.changeDescriptor, events: Int16(POLLIN), revents: 0)
        func isWoken() throws -> Bool {
            defer { _ = try? other.drainChanges() }
            return poll(&wanted, 1, 0) == 1
        }
        #expect(try account.reason(secret, view) != nil)
        #expect(try isWoken())
        #expect(try account.reason(secret, view) != nil)
        #expect(try !isWoken())
        account.clock.now = account.clock.now + TimeSpan(milliseconds: 1_000)
        #expect(try account.reason(secret, view) != nil)
        #expect(try isWoken())
    }
}
