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
        stage.press(.enter, .enter)
        #expect(stage.takeCommands() == [.deleteToken(Sample.tokenID(2), version: 2), .deleteToken(Sample.tokenID(3), version: 2)])
    }

    @Test func `Esc stops between two, and what was not begun stays marked`() {
        var stage = Stage()
        stage.press(.down, .down, " ", " ", " ", "d")
        stage.type("delete 3")
        stage.press(.enter)
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

    @Test func `things that changed meanwhile are asked about together, with what changed and by whom`() {
        var stage = Stage(rows: 40, columns: 120)
        stage.press(.down, .down, " ", " ", "d")
        stage.type("delete 2")
        meddle(&stage, "the name", at: 2, "old sync", "older sync")
        meddle(&stage, "the purpose", at: 2, "", "none")
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(2).text, name: "old sync"), shown: 2, now: 4)
        stage.press(.enter, .enter)
        _ = stage.takeCommands()
        #expect(stage.text.contains("changed meanwhile"))
        stage.desk.refusal = nil
        stage.press(.enter)
        #expect(stage.text.contains("2 things changed meanwhile: do it all the same?"))
        #expect(stage.text.contains("Rita Stranger"), "\(stage.text)")
        #expect(stage.text.contains("the name: old sync → older sync"))
        #expect(stage.text.contains("This can't be undone."))
        stage.press(.down, .down)
        #expect(stage.text.contains("the purpose: "), "\(stage.text)")
        stage.type("delete 2")
        stage.press(.enter, .enter)
        #expect(stage.takeCommands() == [.deleteToken(Sample.tokenID(2), version: 4), .deleteToken(Sample.tokenID(3), version: 4)])
    }

    /// Somebody else changes a field of a token.
    private func meddle(_ stage: inout Stage, _ field: String, at token: Int, _ before: String, _ after: String) {
        guard case .entry(var entry) = Sample.entries[0] else { return }
        entry.target = AuditTarget(.token, id: Sample.tokenID(token).text, name: "old sync")
        entry.actorName = "Rita Stranger"
        entry.changes = [FieldChange(field, before: before, after: after)]
        stage.desk.note(&entry)
    }

    @Test func `of more than ten things that changed the first ten are told of`() {
        var stage = Stage(desk: LongDesk.of(tokens: 14))
        stage.press("A", "d")
        stage.type("delete 14")
        stage.desk.refusal = .changedMeanwhile(AuditTarget(.token, id: "x", name: "x"), shown: 2, now: 3)
        stage.press(.enter, .enter)
        _ = stage.takeEffects()
        stage.press(.enter)
        let asked = stage.takeEffects().filter { if case .load(.history(.token, "x", 10)) = $0 { true } else { false } }
        #expect(asked.count == 10)
        stage.press(.end)
        #expect(stage.text.contains("-14 of 14"), "\(stage.text)")
        #expect(stage.text.contains("token 13  what changed of it was not looked up"))
    }

    @Test(arguments: [(24, 80), (40, 120), (50, 160)])
    func `all that a question is about is read in it, and what it says stays`(rows: Int, columns: Int) {
        // Ten names, and `and 133 more`: nobody could know what the deletion would hit.
        var stage = Stage(rows: rows, columns: columns, desk: LongDesk.of(tokens: 143))
        stage.press("A", "d")
        var read: Set<String> = []
        for _ in 0..<40 {
            let text = stage.text
            for part in ["Delete 143 tokens?", "None of them", "This can't be undone.", "Write delete 143", "[ delete ]", "of 143 "] {
                #expect(text.contains(part), "\(part) is missing in \(text)")
            }
            read.formUnion((0..<143).map { "token \($0)  " }.filter { text.contains($0) })
            stage.press(.pageDown)
        }
        #expect(read.count == 143)
        #expect(stage.text.contains("-143 of 143"), "\(stage.text)")
        stage.press(.home)
        #expect(stage.text.contains(" 1-") && stage.text.contains("token 0  "), "\(stage.text)")
        stage.press(.down, .end, .up, .pageUp)
        stage.type("delete 143")
        stage.press(.home)
        #expect(!stage.text.contains(" 1-"), "in a text Home leads to its beginning")
    }

    @Test func `what is left out is read by name, under its reason`() {
        var stage = Stage(desk: LongDesk.of(tokens: 30))
        for place in 20..<30 {
            stage.desk.tokens[place].token.flag = DeletionFlag(reason: "old", dueAt: nil, flaggedBy: Sample.memberID(0), flaggedAt: Sample.now)
        }
        stage.send(.changed)
        stage.press("A", "f")
        stage.type("tidy up")
        stage.press(.control("s"))
        #expect(stage.text.contains("Left out: 10, at the end of the list") && stage.text.contains("of 20 "), "\(stage.text)")
        stage.press(.end)
        #expect(stage.text.contains("left out") && stage.text.contains("-10 of 10"), "\(stage.text)")
        #expect(stage.text.contains("token 29"))
    }

    @Test func `a list of ten thousand costs the lines that are shown`() {
        let names = (0..<10_000).map { Roster.Entry(label: "token \($0)", note: "no use is known") }
        let roster = Roster(sections: [Roster.Section(title: "", heading: nil, entries: names)])
        let whole = roster.roll(columns: 76)
        final class Counter { var made = 0 }
        let counter = Counter()
        let roll = Roll(count: whole.count) { place in
            counter.made += 1
            return whole.lines(place)
        }
        var scroll = 0
        for key: PatrolScreen.Key in [.down, .pageDown, .end, .up, .pageUp, .home] {
            scroll = roll.scroll(key, from: scroll, rows: 12) ?? -1
            #expect(roll.shown(from: scroll, rows: 12).lines.count == 12)
            #expect(roll.height(upTo: 13) == 13)
        }
        #expect(counter.made < 6 * 100, "\(counter.made)")
    }

    @Test(arguments: [(24, 80), (40, 120)]) func `what came of many is read to its end`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns, desk: LongDesk.of(tokens: 60))
        stage.desk.refusal = .notFlagged
        stage.press("A", "f")
        stage.type("tidy up")
        stage.press(.control("s"), .tab, .enter)
        #expect(stage.text.contains("flagged 0 of 60") && stage.text.contains("of 60 "), "\(stage.text)")
        var read: Set<String> = []
        for _ in 0..<10 {
            let text = stage.text
            read.formUnion((0..<60).map { "✗ token \($0)  " }.filter { text.contains($0) })
            stage.press(.pageDown)
        }
        #expect(read.count == 60)
        stage.press("g")
        #expect(stage.text.contains("1-"))
        stage.press("G")
        #expect(stage.text.contains("-60 of 60"), "\(stage.text)")
    }

    @Test func `Enter in the field of the word only goes to the button, and a pasted line end never confirms`() {
        // A name pasted with its line end, where the terminal has no bracketed paste: all of it came as keys.
        var stage = Stage()
        stage.press(.down, .down, .down, "d")
        #expect(stage.text.contains("Enter needs the word"))
        stage.send(.tick(now: stage.model.now + .minutes(1)))
        for scalar in "nightly export".unicodeScalars { stage.send(.key(.character(scalar))) }
        #expect(stage.text.contains("Enter to the button"), "\(stage.text)")
        for _ in 0..<5 { stage.send(.key(.enter)) }
        #expect(stage.takeCommands().isEmpty)
        #expect(stage.text.contains("that came too quickly: press again") && stage.text.contains("Enter delete"), "\(stage.text)")
        stage.press(.enter)
        #expect(stage.takeCommands() == [.deleteToken(Sample.tokenID(3), version: 2)])
    }

    @Test func `a question that comes as a late answer takes no key in its first moment`() {
        var stage = Stage()
        stage.press(.down, .down)
        stage.desk.refusal = .changedMeanwhile(
            AuditTarget(.token, id: Sample.tokenID(2).text, name: "old sync"), shown: 2, now: 3)
        stage.press("f", .control("s"))
        #expect(stage.text.contains("`old sync` has changed"), "\(stage.text)")
        _ = stage.takeEffects()
        for key: PatrolScreen.Key in [.tab, .enter] { stage.send(.key(key)) }
        #expect(stage.takeCommands().isEmpty)
        stage.press(.enter)
        #expect(stage.takeCommands().count == 1)
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
