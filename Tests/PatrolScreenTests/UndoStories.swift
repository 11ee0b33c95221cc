import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

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
        #expect(stage.text.contains("flagged `test`"), "\(stage.text)")
        stage.press(.enter)
        #expect(stage.text.contains("Undo: flagged `test`?"), "\(stage.text)")
        #expect(stage.text.contains("The flag comes off again."))
        #expect(stage.takeCommands().isEmpty)
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(5), version: 3)])
        #expect(stage.text.contains("undone: flagged `test`"))
        stage.press("u")
        #expect(stage.text.contains("nothing is left to undo here"))
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
        stage.press(.down, "f", .tab, .enter, "u", .enter)
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
        stage.press(.control("s"), "u", .enter)
        #expect(stage.text.contains("deploy everything 2 → deploy everything"), "\(stage.text)")
        stage.press(.tab, .enter)
        guard case .editToken(let edit)? = stage.takeCommands().last else {
            Issue.record("no edit")
            return
        }
        #expect(edit.name == "deploy everything" && edit.version == 3)
        stage.press("1", .down, "e", .left, .control("s"), .tab, .enter, "u", .enter, .tab, .enter)
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
        stage.press("u", .enter)
        #expect(stage.text.contains("Undo: flagged 2 things?"), "\(stage.text)")
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(4), version: 3), .unflagToken(Sample.tokenID(3), version: 3)])
        #expect(stage.text.contains("undone: flagged 2 of 2"))
    }

    /// Somebody else changes `test`.
    private func meddle(_ stage: inout Stage) {
        guard case .entry(var entry) = Sample.entries[0] else { return }
        entry.target = AuditTarget(.token, id: Sample.tokenID(5).text, name: "test")
        entry.actorName = "Rita Stranger"
        stage.desk.note(&entry)
    }

    @Test func `what somebody changed since is not undone, and says who and when`() {
        var stage = flagged()
        meddle(&stage)
        stage.press("u", .enter)
        #expect(stage.model.dialogs.isEmpty)
        #expect(stage.text.contains("`test` was changed since (Rita Stranger"), "\(stage.text)")
        stage.press("u")
        #expect(stage.text.contains("changed since by Rita Stranger"), "\(stage.text)")
        stage.press(.enter)
        #expect(stage.model.dialogs.count == 1, "the list stays, with the reason")
    }

    @Test func `two deeds on one thing are undone one after the other, and done again`() {
        var stage = Stage()
        stage.desk.tokens[1].token.flag = nil
        stage.send(.changed)
        stage.press(.down, "e")
        stage.type(" 2")
        stage.press(.control("s"))
        stage.desk.tokens[1].token.version = 3
        stage.desk.tokens[1].token.name += " 2"
        stage.send(.changed)
        stage.press("f", .control("s"))
        #expect(stage.takeCommands().map(\.version) == [2, 3])
        stage.press("u")
        #expect(stage.text.contains("first undo what was done to it later"), "\(stage.text)")
        stage.press(.enter, .tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(1), version: 4)])
        stage.press("u", .enter, .tab, .enter)
        #expect(stage.takeCommands().map(\.version) == [5], "\(stage.text)")
        stage.press("u")
        #expect(stage.text.contains("nothing is left to undo here"))
        stage.press(.control("r"))
        #expect(stage.text.contains("Do again: changed"), "\(stage.text)")
        stage.press(.tab, .enter, .control("r"), .tab, .enter)
        let again = stage.takeCommands()
        #expect(again.map(\.version) == [6, 7])
        guard case .editToken(let edit)? = again.first, case .flagToken? = again.last else {
            Issue.record("not in the order they were done: \(again)")
            return
        }
        #expect(edit.name == "deploy everything 2")
        stage.press("u", .enter, .tab, .enter, "u", .enter, .tab, .enter)
        #expect(stage.takeCommands().map(\.version) == [8, 9])
    }

    @Test func `a stranger between two of our own deeds ends the older one only`() {
        var stage = Stage()
        stage.desk.tokens[5].token.flag = nil
        stage.press(.down, .down, .down, .down, .down, "e")
        stage.type(" 2")
        stage.press(.control("s"))
        meddle(&stage)
        stage.desk.tokens[5].token.version = 4
        stage.send(.changed)
        stage.press("f", .control("s"), "u", .enter, .tab, .enter)
        #expect(stage.takeCommands().last == .unflagToken(Sample.tokenID(5), version: 5))
        stage.press("u", .enter)
        #expect(stage.model.dialogs.isEmpty)
        #expect(stage.text.contains("was changed since (Rita Stranger"), "\(stage.text)")
    }

    @Test func `an older deed on another thing is chosen with the arrows`() {
        var stage = Stage()
        stage.press(.down, .down, .down, .down, "f", .control("s"), .down, "f", .control("s"))
        _ = stage.takeEffects()
        stage.press("u", .down, .enter, .tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(4), version: 3)])
        stage.press("u", .enter, .tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(5), version: 3)])
    }

    @Test func `of many only what nobody touched since is undone`() {
        var stage = Stage()
        stage.press(.down, .down, .down, .down, " ", " ", "f", .control("s"), .tab, .enter, .enter)
        meddle(&stage)
        _ = stage.takeEffects()
        stage.press("u", .enter)
        #expect(stage.text.contains("Changed since, so it stays as it is:"), "\(stage.text)")
        #expect(stage.text.contains("Rita Stranger"))
        stage.press(.tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(4), version: 3)])
        stage.press("u")
        #expect(stage.text.contains("nothing is left to undo here"), "what was lost is not offered again")
    }

    @Test func `an undo that is refused can be tried again`() {
        var stage = flagged()
        stage.desk.refusal = .notFlagged
        stage.press("u", .enter, .tab, .enter)
        #expect(stage.text.contains("the token is not flagged"), "\(stage.text)")
        _ = stage.takeEffects()
        stage.desk.refusal = nil
        stage.press("u", .enter, .tab, .enter)
        #expect(stage.takeCommands() == [.unflagToken(Sample.tokenID(5), version: 3)])
    }

    @Test func `what was done over somebody's change goes back to that, where it is seen here`() {
        var stage = Stage()
        stage.press(.down, "e")
        stage.type(" 2")
        stage.desk.tokens[1].token.version = 3
        stage.desk.tokens[1].token.name = "deploy nothing"
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(1).text, name: "deploy nothing"), shown: 2, now: 3)
        stage.press(.control("s"))
        #expect(stage.text.contains("has changed") && stage.text.contains("It can be undone, to what is there now."), "\(stage.text)")
        stage.desk.refusal = nil
        _ = stage.takeEffects()
        stage.press(.tab, .enter)
        #expect(stage.takeCommands().map(\.version) == [3], "\(stage.text)")
        stage.press("u", .enter)
        #expect(stage.text.contains("deploy everything 2 → deploy nothing"), "\(stage.text)")
        stage.press(.tab, .enter)
        guard case .editToken(let edit)? = stage.takeCommands().last else {
            Issue.record("no edit: \(stage.text)")
            return
        }
        #expect(edit.name == "deploy nothing" && edit.version == 4)
    }

    @Test func `where it is not seen here, the question says that there is no way back`() {
        var stage = Stage()
        stage.press(.down, "e")
        stage.type(" 2")
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(1).text, name: "deploy nothing"), shown: 2, now: 9)
        stage.press(.control("s"))
        #expect(stage.text.contains("change 1-"), "a long story is read below: \(stage.text)")
        #expect(stage.text.contains("It can't be undone: what is there now is not known here."), "\(stage.text)")
        stage.desk.refusal = nil
        stage.press(.tab, .enter, "u")
        #expect(stage.text.contains("done over a change not seen here"), "\(stage.text)")
    }

    @Test func `a deletion stands in the list with the reason why it stays`() {
        var stage = Stage()
        stage.press(.down, .down, .down, "d")
        #expect(stage.text.contains("This can't be undone."))
        stage.type("nightly export")
        stage.press(.enter, .enter, "u")
        #expect(stage.text.contains("deleted `nightly export`"), "\(stage.text)")
        #expect(stage.text.contains("a deletion can't be undone"))
        stage.press(.enter)
        #expect(stage.takeCommands().count == 1)
        #expect(stage.model.dialogs.count == 1)
    }

    @Test func `fifty deeds are kept`() {
        var log = UndoLog()
        for number in 1...60 {
            log.note(Deed(verb: "deleted", label: "\(number)", at: Sample.now, changes: [], obstacle: "gone"))
        }
        #expect(log.done.count == 50 && log.done.first?.label == "11")
    }
}
