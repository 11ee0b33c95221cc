/// A small plot of counts: one cell a bar, eight heights.
package enum Plot {
    /// `▁▂▅█ ▁`: nothing is a blank, so that any use at all is seen. Narrower rooms get the sums of neighbours.
    package static func bars(_ counts: [Int], cells: Int) -> SafeText {
        guard cells > 0, !counts.isEmpty else { return .empty }
        let groups = grouped(counts, into: min(cells, counts.count))
        let highest = groups.max() ?? 0
        var text = String.UnicodeScalarView()
        for count in groups {
            text.append(count == 0 || highest == 0 ? " " : heights[min(7, (count * 8 - 1) / highest)])
        }
        return SafeText(String(text))
    }

    /// The same for the cell of a table, a cell a count: a dot is nothing.
    package static func sparkline(_ counts: [Int]) -> SafeText {
        let highest = counts.max() ?? 0
        var text = String.UnicodeScalarView()
        for count in counts { text.append(count <= 0 ? "·" : heights[min(7, (count * 8 - 1) / highest)]) }
        return SafeText(String(text))
    }

    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private static func grouped(_ counts: [Int], into groups: Int) -> [Int] {
        (0..<groups).map { group in
            counts[(group * counts.count / groups)..<((group + 1) * counts.count / groups)].reduce(0, +)
        }
    }
}
