import PatrolDomain
import PatrolPresentation

/// One line of text that is being written, with the keys of a shell's line.
struct TextField: Hashable, Sendable {
    private(set) var scalars: [Unicode.Scalar]
    /// How many scalars stand before the cursor.
    private(set) var cursor: Int
    /// The largest number of scalars.
    let limit: Int
    private var cut: [Unicode.Scalar] = []
    /// What stands there is a proposal: writing takes its place, any other key accepts it.
    private var isSuggestion: Bool

    init(_ text: String = "", limit: Int = 200, isSuggestion: Bool = false) {
        self.isSuggestion = isSuggestion
        scalars = Array(text.unicodeScalars)
        cursor = scalars.count
        self.limit = limit
    }

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    var isEmpty: Bool { scalars.isEmpty }
    var isAtEnd: Bool { cursor == scalars.count }

    /// Puts a text in the place of these scalars, and the cursor behind it. False when it can't stand there.
    mutating func replace(_ range: Range<Int>, with text: String) -> Bool {
        let before = self
        isSuggestion = false
        let range = range.clamped(to: 0..<scalars.count)
        scalars.removeSubrange(range)
        cursor = range.lowerBound
        if insert(Array(text.unicodeScalars)) == .changed { return true }
        self = before
        return false
    }

    enum Outcome: Equatable {
        /// Not a key of text fields.
        case ignored
        case moved
        case changed
        case refused(SafeText)
    }

    mutating func take(_ key: Key) -> Outcome {
        if case .character = key { dropSuggestion() } else { isSuggestion = false }
        switch key {
        case .character(let scalar): return insert([scalar])
        case .backspace, .control("h"): return remove(from: cursor - 1, to: cursor)
        case .delete, .control("d"): return remove(from: cursor, to: cursor + 1)
        case .control("w"): return kill(from: startOfWord, to: cursor)
        case .control("u"): return kill(from: 0, to: cursor)
        case .control("k"): return kill(from: cursor, to: scalars.count)
        case .control("y"): return cut.isEmpty ? .moved : insert(cut)
        case .left, .control("b"): return move(to: cursor - 1)
        case .right, .control("f"): return move(to: cursor + 1)
        case .home, .control("a"): return move(to: 0)
        case .end, .control("e"): return move(to: scalars.count)
        default: return .ignored
        }
    }

    /// Takes pasted text: line ends become spaces, other unseen characters go. The answer says what did
    /// not get in, if anything.
    mutating func paste(_ pasted: String) -> Outcome {
        dropSuggestion()
        var clean: [Unicode.Scalar] = []
        var dropped = 0
        for scalar in pasted.unicodeScalars.prefix(limit * 4) {
            if scalar == "\n" || scalar == "\r" || scalar == "\t" {
                if clean.last != " " { clean.append(" ") }
            } else if TextRule.isForbidden(scalar) {
                dropped += 1
            } else {
                clean.append(scalar)
            }
        }
        while clean.last == " " { clean.removeLast() }
        let room = max(0, limit - scalars.count)
        let isCut = clean.count > room
        let outcome = insert(Array(clean.prefix(room)))
        guard outcome == .changed else { return outcome }
        if isCut { return .refused("only the first \(room) characters fit") }
        if dropped > 0 { return .refused("\(Count.of(dropped, "unseen character").text) left out") }
        return .changed
    }

    private mutating func dropSuggestion() {
        if isSuggestion { (scalars, cursor) = ([], 0) }
        isSuggestion = false
    }

    private mutating func insert(_ new: [Unicode.Scalar]) -> Outcome {
        if let bad = new.first(where: TextRule.isForbidden) {
            return .refused("the character \(UnseenScalars.escape(bad)) can't stand in a text")
        }
        guard scalars.count + new.count <= limit else { return .refused("at most \(limit) characters") }
        let before = scalars
        scalars.insert(contentsOf: new, at: cursor)
        if SecretFormat.isContained(in: text) {
            scalars = before
            return .refused("that looks like a secret: it would be stored and logged")
        }
        cursor += new.count
        return .changed
    }

    private mutating func remove(from start: Int, to end: Int) -> Outcome {
        guard start >= 0, end <= scalars.count, start < end else { return .moved }
        scalars.removeSubrange(start..<end)
        cursor = start
        return .changed
    }

    private mutating func kill(from start: Int, to end: Int) -> Outcome {
        guard start < end else { return .moved }
        cut = Array(scalars[start..<end])
        return remove(from: start, to: end)
    }

    private mutating func move(to place: Int) -> Outcome {
        cursor = min(max(place, 0), scalars.count)
        return .moved
    }

    private var startOfWord: Int {
        var place = cursor
        while place > 0, scalars[place - 1] == " " { place -= 1 }
        while place > 0, scalars[place - 1] != " " { place -= 1 }
        return place
    }

    /// The field in `cells` cells, and the column of the cursor in it. `bad` scalars are shown as such.
    func line(
        cells: Int, isFocused: Bool, placeholder: SafeText = "", bad: Range<Int>? = nil
    ) -> (line: Line, cursor: Int) {
        let style: Meaning = isFocused ? .fieldFocused : .field
        guard cells > 0 else { return (.blank, 0) }
        if isEmpty { return (Line(placeholder.cut(to: cells), .disabled).fitted(to: cells, style), 0) }
        let before = styled(0..<cursor, style, bad)
        // The text scrolls so that the cursor stays inside, with some of what is before it.
        let kept = before.width < cells ? before.width : max(1, cells * 2 / 3)
        var line = before.slice(from: before.width - kept, count: kept)
        let column = line.width
        line.add(styled(cursor..<scalars.count, style, bad).cut(to: cells - column))
        return (line.fitted(to: cells, style), min(column, cells - 1))
    }

    private func styled(_ range: Range<Int>, _ style: Meaning, _ bad: Range<Int>?) -> Line {
        let bad = (bad ?? 0..<0).clamped(to: range)
        let edges = bad.isEmpty ? [] : [(range.lowerBound..<bad.lowerBound, style), (bad, .bad), (bad.upperBound..<range.upperBound, style)]
        var line = Line()
        for (part, meaning) in edges.isEmpty ? [(range, style)] : edges {
            line.add(SafeText(Self.text(scalars[part])), meaning)
        }
        return line
    }

    private static func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: part)
        return String(view)
    }
}
