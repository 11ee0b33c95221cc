import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Acting on many` {
    @Test func `one summary tells the names, the use and what is left out`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("A", "f")
        stage.press(.control("u"))
        stage.type("tidy up")
        stage.press(.control("s"))
        #expect(stage.text.contains("Flag 7 tokens for deletion?"), "\(stage.text)")
        #expect(stage.text.contains("Left out: 1"))
        #expect(stage.text.contains("1: the token is flagged already"))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands().count == 7)
        #expect(stage.text.contains("flagged 7 of 7"))
    }

    @Test func `above fifty it is said that nobody looked whom it touches`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.desk.members += (0..<60).compactMap { number in
            MemberID("65f0c0ffee2\(1_000_000_000_000 + number)").map { id in
                Member(id: id, email: "m\(number)@example.org", firstName: "M", lastName: "\(number)", createdAt: Sample.now)
            }
        }
        stage.press("1", "R", "A", "d")
        #expect(stage.text.contains("not looked at: these are more than 50 at once"), "\(stage.text)")
        #expect(!stage.takeEffects().contains { if case .load(.impact) = $0 { true } else { false } })
    }

    @Test func `flags come off together, and members that can't be changed are left out`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press("A", "F")
        #expect(stage.text.contains("Take the flags off 1 token?"))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(1), version: 2)])
        stage.press("1", "A", "e", .control("s"))
        #expect(stage.text.contains("Other roles for"), "\(stage.text)")
        #expect(stage.text.contains("was removed"))
        #expect(stage.text.contains("these are the roles already"))
        stage.press(.tab, .enter)
        let commands = stage.takeCommands()
        #expect(commands.count == 3, "kim, lea and sam are no readers yet")
    }

    @Test func `several deletions want a word, and each is told`() {
        var stage = Stage()
        stage.press(.down, .down, " ", " ", "d")
        stage.type("delete")
        stage.press(.tab, .tab, .enter)
        #expect(stage.takeCommands().isEmpty)
        stage.type(" 2")
        stage.press(.enter)
        #expect(stage.takeCommands() == [.deleteToken(Sample.tokenID(2), version: 2), .deleteToken(Sample.tokenID(3), version: 2)])
    }

    @Test func `Esc stops between two, and what was not begun stays marked`() {
        var stage = Stage()
        stage.press(.down, .down, " ", " ", " ", "d")
        stage.type("delete 3")
        stage.send(.tick(now: Sample.now + .minutes(1)))
        let first = update(&stage.model, .key(.enter))
        #expect(stage.text.contains("0 of 3 …"))
        _ = update(&stage.model, .key(.down))
        _ = update(&stage.model, .key(.escape))
        #expect(stage.text.contains("stopping"))
        let next = stage.desk.replies(to: first).flatMap { update(&stage.model, $0) }
        #expect(!next.contains { if case .perform = $0 { true } else { false } })
        #expect(stage.text.contains("deleted 1 of 3"), "\(stage.text)")
        #expect(stage.text.contains("2 were not begun, and stay marked"))
        #expect(stage.model.tokens.marks.count == 2)
    }

    @Test func `things that changed meanwhile are asked about together`() {
        var stage = Stage()
        stage.press(.down, .down, " ", " ", "d")
        stage.type("delete 2")
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(2).text, name: "old sync"), shown: 2, now: 4)
        stage.press(.enter)
        _ = stage.takeCommands()
        #expect(stage.text.contains("changed meanwhile"))
        stage.desk.refusal = nil
        stage.press(.enter)
        #expect(stage.text.contains("2 things changed meanwhile: do it all the same?"))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.deleteToken(Sample.tokenID(2), version: 4), .deleteToken(Sample.tokenID(3), version: 4)])
    }

    @Test func `a key in the first moment of a question confirms nothing`() {
        var stage = Stage()
        stage.press(.down)
        _ = stage.takeEffects()
        for key: PatrolScreen.Key in ["f", .tab, .enter] { stage.send(.key(key)) }
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("this has only just appeared: press again"))
        stage.send(.tick(now: stage.model.now + TimeSpan(milliseconds: 149)))
        stage.send(.key(.enter))
        #expect(stage.takeCommands().isEmpty)
        stage.send(.tick(now: stage.model.now + TimeSpan(milliseconds: 1)))
        stage.send(.key(.enter))
        #expect(stage.takeCommands().count == 1)
    }
}

@Suite struct `Undo` {
    /// A stage on which one token was flagged a moment ago, by the entry with this number.
    private func flagged() -> Stage {
        var stage = Stage()
        stage.press(.down, .down, .down, .down, .down, "f", .control("s"))
        _ = stage.takeEffects()
        return stage
    }

    @Test func `a flag comes off again, and goes on again`() {
        var stage = flagged()
        stage.press("u")
        #expect(stage.text.contains("Undo: flagged `test`?"), "\(stage.text)")
        #expect(stage.text.contains("The flag comes off again."))
        #expect(stage.takeCommands().isEmpty)
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(5), version: 3)])
        #expect(stage.text.contains("undone: flagged `test`"))
        stage.press("u")
        #expect(stage.text.contains("nothing done here can be undone"))
        stage.press(.control("r"), .tab, .enter)
        guard case .flagToken(let id, "never used", _, 4)? = stage.takeCommands().first else {
            Issue.record("not flagged again: \(stage.text)")
            return
        }
        #expect(id == Sample.tokenID(5))
    }

    @Test func `a flag that was taken off comes back with its reason and day`() {
        var stage = Stage()
        let flag = Sample.tokens[1].token.flag
        stage.press(.down, "f", .tab, .enter, "u")
        #expect(stage.text.contains("admin scope, unused"))
        stage.press(.tab, .enter)
        #expect(
            stage.takeCommands().last
                == .flagToken(Sample.tokenID(1), reason: flag?.reason ?? "", dueAt: flag?.dueAt, version: 3))
    }

    @Test func `old names and old roles come back`() {
        var stage = Stage()
        stage.press(.down, "e")
        stage.type(" 2")
        stage.press(.control("s"), "u")
        #expect(stage.text.contains("deploy everything 2 → deploy everything"), "\(stage.text)")
        stage.press(.tab, .enter)
        guard case .editToken(let edit)? = stage.takeCommands().last else {
            Issue.record("no edit")
            return
        }
        #expect(edit.name == "deploy everything" && edit.version == 3)
        stage.press("1", .down, "e", .left, .control("s"), .tab, .enter, "u", .tab, .enter)
        let kim = Sample.members[1]
        #expect(
            stage.takeCommands().last
                == .changeMemberRoles(
                    ChangeMemberRoles(
                        member: kim.id, version: kim.version + 1, baseRole: .admin, customRoles: [], roleAttributes: [:])))
    }

    @Test func `what was done to many is undone as a whole`() {
        var stage = Stage()
        stage.press(.down, .down, .down, " ", " ", "f", .control("s"), .tab, .enter, .enter)
        _ = stage.takeEffects()
        stage.press("u")
        #expect(stage.text.contains("Undo: flagged 2 things?"), "\(stage.text)")
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(4), version: 3), .unflagToken(Sample.tokenID(3), version: 3)])
        #expect(stage.text.contains("undone: flagged 2 of 2"))
    }

    @Test func `what somebody changed since is not undone`() {
        var stage = flagged()
        guard case .entry(var later) = Sample.entries[0] else { return }
        later.sequence += 1
        later.target = AuditTarget(.token, id: Sample.tokenID(5).text, name: "test")
        stage.desk.entries.insert(.entry(later), at: 0)
        stage.press("u")
        #expect(stage.model.dialogs.isEmpty)
        #expect(stage.text.contains("`test` was changed since"), "\(stage.text)")
        stage.press("u")
        #expect(stage.text.contains("nothing done here can be undone"))
    }

    @Test func `a deletion leaves nothing to undo`() {
        var stage = Stage()
        stage.press(.down, .down, .down, "d")
        #expect(stage.text.contains("This can't be undone."))
        stage.type("nightly export")
        stage.press(.enter, "u")
        #expect(stage.text.contains("nothing done here can be undone"))
    }

    @Test func `fifty deeds are kept`() {
        var log = UndoLog()
        for number in 1...60 { log.note(Deed(verb: "flagged", steps: [], sequence: Int64(number))) }
        #expect(log.done.count == 50 && log.done.first?.sequence == 11)
    }
}
