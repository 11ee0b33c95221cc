import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Whatever is pressed` {
    static let keys: [PatrolScreen.Key] =
        [
            .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .shiftUp, .shiftDown, .enter, .enter,
            .escape, .tab, .backTab, .backspace, .delete, .function(1), .control("s"), .control("u"), .control("l"),
        ] + "abcdefghijklmnopqrstuvwxyzADGORSTUAz1234?:/ 名\u{301}\u{1B}\u{202E}-*;".unicodeScalars.map { .character($0) }

    @Test(arguments: 1...12) func `every row is as wide as the screen, and the cursor is on it`(seed: UInt64) {
        var dice = Dice(state: seed)
        var stage = Stage(rows: 24, columns: 80)
        stage.desk.secret = ShownSecret("ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ")
        stage.desk.refusal = seed % 3 == 0 ? .nothingToChange : nil
        for step in 0..<120 {
            if step % 9 == 0 {
                let size = Size(rows: .random(in: 1...100, using: &dice), columns: .random(in: 1...300, using: &dice))
                stage.send(.resized(size))
            }
            switch Int.random(in: 0..<30, using: &dice) {
            case 0: stage.send(.changed)
            case 1: stage.send(.paste("名前\n\u{1B}[2J x"))
            case 2: stage.send(.tick(now: Sample.now + .minutes(step)))
            default: stage.press(Self.keys.randomElement(using: &dice) ?? .down)
            }
            expectWhole(stage.frame, stage.model.size, "seed \(seed), step \(step)")
        }
    }

    @Test(arguments: [(1, 1), (1, 300), (100, 1), (2, 2), (3, 60), (14, 59), (15, 60), (15, 300), (29, 110), (30, 110), (100, 300)])
    func `every size has a whole frame`(rows: Int, columns: Int) {
        var stage = Stage(rows: rows, columns: columns)
        for keys: [PatrolScreen.Key] in [[], ["?"], [.escape, ":"], [.escape, "d"], [.escape, "a"], [.escape, "4"], [.enter]] {
            for key in keys { stage.press(key) }
            expectWhole(stage.frame, Size(rows: rows, columns: columns), "\(columns)×\(rows) after \(keys)")
        }
    }

    private func expectWhole(_ frame: Frame, _ size: Size, _ place: String) {
        #expect(frame.rows.count == size.rows, "\(place)")
        for row in frame.rows {
            let width = row.reduce(0) { $0 + $1.text.width }
            let counted = row.reduce(0) { $0 + TextWidth.of($1.text.text) }
            #expect(width == size.columns && counted == width, "\(place): \(row.map(\.text.text).joined())")
            let unseen = row.flatMap(\.text.text.unicodeScalars).filter { UnseenScalars.contains($0) }
            #expect(unseen.isEmpty, "\(place)")
        }
        guard let cursor = frame.cursor else { return }
        #expect((0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column), "\(place)")
    }
}

@Suite struct `A line of several colours` {
    @Test func `breaks at blanks, and loses nothing`() {
        // `The policy: … → …` was broken within words, because its parts have different colours.
        let line = Line("  policy: ", .muted).adding("allow updateOn on everything", .removed).adding(" → ", .muted)
            .adding("allow updateTargets on everything there is", .added)
        let text = line.runs.map(\.text.text).joined()
        for cells in 12...90 {
            let parts = line.wrapped(to: cells)
            let words = parts.flatMap { $0.runs.map(\.text.text).joined().split(separator: " ") }
            #expect(parts.allSatisfy { $0.width <= cells })
            if cells >= 20 { #expect(words == text.split(separator: " "), "\(cells)") }
            #expect(words.joined() == text.split(separator: " ").joined(), "\(cells)")
        }
        #expect(line.wrapped(to: 40)[1].runs.contains { $0.style == .added }, "colours stay")
    }
}
