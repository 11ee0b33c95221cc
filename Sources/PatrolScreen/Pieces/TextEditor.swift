import PatrolDomain
import PatrolPresentation

/// Several lines of text that are being written.
struct TextEditor: Hashable, Sendable {
    private(set) var lines: [[Unicode.Scalar]]
    private(set) var row = 0
    private(set) var column = 0
    /// Of all lines together, in scalars.
    static let limit = 60_000

    init(_ text: String) {
        lines = [[]]
        for scalar in text.unicodeScalars {
            if scalar == "\n" { lines.append([]) } else { lines[lines.count - 1].append(scalar) }
        }
    }

    var text: String {
        var view = String.UnicodeScalarView()
        for (place, line) in lines.enumerated() {
            if place > 0 { view.append("\n") }
            view.append(contentsOf: line)
        }
        return String(view)
    }

    private var count: Int { lines.reduce(lines.count) { $0 + $1.count } }

    mutating func take(_ key: Key) -> TextField.Outcome {
        switch key {
        case .character(let scalar): return insert(scalar)
        case .enter: return breakLine()
        case .backspace, .control("h"): return removeBefore()
        case .delete, .control("d"): return removeAfter()
        case .control("k"): return killLine()
        case .left, .control("b"): moveBack()
        case .right, .control("f"): moveForward()
        case .up: move(toRow: row - 1)
        case .down: move(toRow: row + 1)
        case .pageUp: move(toRow: row - 10)
        case .pageDown: move(toRow: row + 10)
        case .home, .control("a"): column = 0
        case .end, .control("e"): column = lines[row].count
        default: return .ignored
        }
        return .moved
    }

    mutating func paste(_ text: String) -> TextField.Outcome {
        let before = self
        for scalar in text.unicodeScalars.prefix(Self.limit) {
            switch scalar {
            case "\n": _ = breakLine(isIndented: false)
            case "\r": continue
            case "\t": for _ in 0..<2 { _ = insert(" ") }
            default:
                if case .refused(let why) = insert(scalar) {
                    self = before
                    return .refused(why)
                }
            }
        }
        return .changed
    }

    private mutating func insert(_ scalar: Unicode.Scalar) -> TextField.Outcome {
        if TextRule.isForbidden(scalar) {
            return .refused("the character \(UnseenScalars.escape(scalar)) can't stand in a text")
        }
        guard count < Self.limit else { return .refused("that is too long") }
        lines[row].insert(scalar, at: column)
        column += 1
        return .changed
    }

    /// The new line begins as far in as the old one.
    private mutating func breakLine(isIndented: Bool = true) -> TextField.Outcome {
        guard count < Self.limit else { return .refused("that is too long") }
        let indentation = isIndented ? lines[row].prefix(column).prefix { $0 == " " } : []
        let rest = lines[row][column...]
        lines[row].removeSubrange(column...)
        lines.insert(Array(indentation) + Array(rest), at: row + 1)
        row += 1
        column = indentation.count
        return .changed
    }

    private mutating func removeBefore() -> TextField.Outcome {
        if column > 0 {
            column -= 1
            lines[row].remove(at: column)
            return .changed
        }
        guard row > 0 else { return .moved }
        column = lines[row - 1].count
        lines[row - 1] += lines.remove(at: row)
        row -= 1
        return .changed
    }

    private mutating func removeAfter() -> TextField.Outcome {
        if column < lines[row].count {
            lines[row].remove(at: column)
            return .changed
        }
        guard row + 1 < lines.count else { return .moved }
        lines[row] += lines.remove(at: row + 1)
        return .changed
    }

    private mutating func killLine() -> TextField.Outcome {
        if column == lines[row].count { return removeAfter() }
        lines[row].removeSubrange(column...)
        return .changed
    }

    private mutating func moveBack() {
        if column > 0 { column -= 1 } else if row > 0 { move(toRow: row - 1); column = lines[row].count }
    }

    private mutating func moveForward() {
        if column < lines[row].count { column += 1 } else if row + 1 < lines.count { move(toRow: row + 1); column = 0 }
    }

    private mutating func move(toRow wanted: Int) {
        row = min(max(wanted, 0), lines.count - 1)
        column = min(column, lines[row].count)
    }

    /// The visible part in a room, and where the cursor is in it. `fault`: the line (from 1) to mark.
    func view(columns: Int, rows: Int, faultLine: Int?) -> (lines: [Line], cursor: Position) {
        let first = max(0, min(row - rows / 2, lines.count - rows))
        let numberWidth = String(lines.count).utf8.count + 1
        let room = max(1, columns - numberWidth)
        let before = SafeText(Self.text(lines[row].prefix(column))).width
        let shift = before < room ? 0 : before - room * 2 / 3
        var shown: [Line] = []
        for place in first..<min(first + rows, lines.count) {
            let isFault = faultLine == place + 1
            var line = Line(SafeText("\(place + 1)").fitted(to: numberWidth - 1, .right) + " ", isFault ? .bad : .muted)
            let text = SafeText(Self.text(lines[place][...])).dropping(cells: shift)
            line.add(text.cut(to: room).fitted(to: room), .field)
            shown.append(line)
        }
        return (shown, Position(row: row - first, column: numberWidth + before - shift))
    }

    private static func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: part)
        return String(view)
    }
}
