/// Small plots of counts, out of the letters that a terminal has for them.
package enum Plot {
    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let shades: [Unicode.Scalar] = ["░", "▒", "▓", "█"]

    /// `▁▂▅█·▁`: a cell a count, eight heights; a dot is nothing, so that any use at all is seen.
    package static func sparkline(_ counts: [Int]) -> SafeText {
        let highest = max(1, counts.max() ?? 0)
        return drawn(counts) { heights[min(heights.count - 1, ($0 * heights.count - 1) / highest)] }
    }

    /// `·░▒▓█`: the same in four shades. Each stands for several times as much as the one before, so that a single
    /// busy hour does not make all others look alike.
    package static func heat(_ counts: [Int]) -> SafeText {
        let bits = counts.map { Int.bitWidth - max(0, $0).leadingZeroBitCount }
        let most = max(1, bits.max() ?? 0)
        return drawn(bits) { shades[min(shades.count - 1, ($0 - 1) * shades.count / most)] }
    }

    private static func drawn(_ counts: [Int], _ sign: (Int) -> Unicode.Scalar) -> SafeText {
        var text = String.UnicodeScalarView()
        for count in counts { text.append(count <= 0 ? "·" : sign(count)) }
        return SafeText(String(text))
    }

    /// `████▌░░░`: a part of a whole in so many cells. Anything at all is a sliver, and what is not all leaves one.
    package static func bar(_ part: Int, of whole: Int, cells: Int) -> SafeText {
        guard cells > 0 else { return .empty }
        guard whole > 0, part > 0 else { return .repeating("░", count: cells) }
        let least = part >= whole ? cells : min(max(1, part * cells / whole), cells - 1)
        return .repeating("█", count: max(1, least)) + .repeating("░", count: cells - max(1, least))
    }

    /// A plot of several rows, the highest first: a column of blocks for each count, as tall as its part of the
    /// largest in eighths of a row. Nothing is blank.
    package static func columns(_ counts: [Int], rows: Int) -> [SafeText] {
        let highest = max(1, counts.max() ?? 0)
        let eighths = counts.map { $0 <= 0 ? 0 : max(1, $0 * rows * 8 / highest) }
        return (0..<max(0, rows)).reversed().map { row in
            var text = String.UnicodeScalarView()
            for height in eighths {
                let here = height - row * 8
                text.append(here <= 0 ? " " : heights[min(here, 8) - 1])
            }
            return SafeText(String(text))
        }
    }

    /// Sums of as many neighbours as it takes to need at most `most` of them, counted from the end; what is left
    /// over at the beginning is left out.
    package static func grouped(_ counts: [Int], most: Int) -> (sums: [Int], size: Int) {
        guard most > 0, !counts.isEmpty else { return ([], 1) }
        let size = (counts.count + most - 1) / most
        let groups = counts.count / size
        let start = counts.count - groups * size
        return ((0..<groups).map { counts[(start + $0 * size)..<(start + ($0 + 1) * size)].reduce(0, +) }, size)
    }
}
