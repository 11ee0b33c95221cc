import CNcurses
import PatrolPresentation
import PatrolScreen

/// Puts frames on the screen: of each only the rows that differ from the frame before.
final class NcursesCanvas {
    private let screen: NcursesScreen
    private var shown: Frame?
    private var theme: Theme
    private var looks: [Appearance: Look] = [:]

    /// What decides how a run looks.
    private struct Appearance: Hashable {
        var meaning: Meaning
        var highlight: Run.Highlight
    }

    /// The same for ncurses, and what of it is seen where there are only blanks; nil where that is all of it.
    private struct Look {
        var looks: Int32
        var pair: Int32
        var blank: Colour?
    }

    init(_ screen: NcursesScreen, theme: Theme) {
        self.screen = screen
        self.theme = theme
    }

    func use(_ theme: Theme) {
        self.theme = theme
        looks = [:]
        shown = nil
    }

    /// The next frame is drawn on a cleared terminal, whatever is there.
    func forget() {
        shown = nil
        screen_forget()
    }

    /// What is on the screen is written over at once.
    func scrub() {
        shown = nil
        screen_scrub()
    }

    func show(_ frame: Frame) {
        let before = shown.flatMap { $0.size == frame.size ? $0.rows : nil }
        for row in 0..<frame.size.rows {
            let runs = row < frame.rows.count ? frame.rows[row] : []
            let old = before.map { row < $0.count ? $0[row] : [] } ?? []
            if before != nil, old == runs { continue }
            draw(runs, over: old, at: row)
        }
        if let cursor = frame.cursor {
            screen_place_cursor(Int32(cursor.row), Int32(cursor.column), frame.isCursorVisible ? 1 : 0)
        } else {
            screen_place_cursor(-1, 0, 0)
        }
        screen_show()
        shown = frame
    }

    /// Draws what differs from the row that is there: nothing at both ends that is the same.
    ///
    /// Each run begins where the widths of those before it say, so that a terminal library that counts one
    /// letter differently can't shift what stands behind it.
    private func draw(_ runs: [Run], over old: [Run], at row: Int) {
        let shared = min(runs.count, old.count)
        let start = (0..<shared).first { runs[$0] != old[$0] } ?? shared
        let ending = (0..<(shared - start)).first { runs[runs.count - 1 - $0] != old[old.count - 1 - $0] } ?? shared - start
        var column = runs[..<start].reduce(0) { $0 + $1.text.width }
        // Rows are as wide as the screen: what is the same at the end stands in the same place.
        let end = old.isEmpty ? screen.size.columns : runs[..<(runs.count - ending)].reduce(0) { $0 + $1.text.width }
        screen_blank(Int32(row), Int32(column), Int32(end - column))
        // What stands before it.
        var last = start > 0 ? look(of: runs[start - 1]) : nil
        for run in runs[start..<(runs.count - ending)] {
            var look = look(of: run)
            // A gap in the same colour as what it follows is drawn like that: two sequences less for the terminal. Not
            // the rest of a row: that is erased, and a letter in the last column wraps where nobody expects it (`ansi`).
            let isGap = column + run.text.width < screen.size.columns && run.isBlank
            if isGap, let last, let blank = last.blank, blank == look.blank { look = last }
            var text = run.text.text
            text.withUTF8 { bytes in
                screen_draw(Int32(row), Int32(column), bytes.baseAddress, bytes.count, look.looks, look.pair)
            }
            column += run.text.width
            last = look
        }
    }

    private func look(of run: Run) -> Look {
        let appearance = Appearance(meaning: run.style, highlight: run.highlight)
        if let known = looks[appearance] { return known }
        let style = theme.style(of: run.style, highlight: run.highlight, depth: screen.depth)
        let (bits, pair) = screen.looks(of: style)
        let isSeenOnBlanks = !style.attributes.isDisjoint(with: [.underline, .reverse])
        let found = Look(looks: bits, pair: pair, blank: isSeenOnBlanks ? nil : style.background)
        looks[appearance] = found
        return found
    }
}

extension Run {
    /// Nothing but spaces.
    fileprivate var isBlank: Bool { text.text.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }
}
