import CNcurses
import PatrolPresentation
import PatrolScreen

/// Puts frames on the screen: of each only the rows that differ from the frame before.
final class NcursesCanvas {
    private let screen: NcursesScreen
    private var shown: Frame?
    private var theme: Theme
    private var looks: [Appearance: (looks: Int32, pair: Int32)] = [:]

    /// What decides how a run looks.
    private struct Appearance: Hashable {
        var meaning: Meaning
        var highlight: Run.Highlight
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
        for run in runs[start..<(runs.count - ending)] {
            let (looks, pair) = looks(of: Appearance(meaning: run.style, highlight: run.highlight))
            var text = run.text.text
            text.withUTF8 { bytes in
                screen_draw(Int32(row), Int32(column), bytes.baseAddress, bytes.count, looks, pair)
            }
            column += run.text.width
        }
    }

    private func looks(of appearance: Appearance) -> (looks: Int32, pair: Int32) {
        if let known = looks[appearance] { return known }
        let style = theme.style(
            of: appearance.meaning, highlight: appearance.highlight, depth: screen.depth)
        let found = screen.looks(of: style)
        looks[appearance] = found
        return found
    }
}
