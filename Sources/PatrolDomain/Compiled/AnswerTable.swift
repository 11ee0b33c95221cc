/// What was found out about pairs of a word and a pattern, once each: two bits, whether it is known and
/// whether the pattern matches. Each word has a row of them.
struct AnswerTable: Sendable {
    /// The place of one word's bits. Patterns beyond it are asked anew each time.
    struct Row: Sendable {
        var start: UInt32 = 0
        var blocks: UInt32 = 0
    }

    /// 32 pairs each: known above, the answer below.
    private var blocks: [UInt64] = []
    /// In blocks of 8 bytes.
    private let limit: Int
    /// The lengths of rows, in blocks: of actions, and of segments by the number of their type.
    private var actionLength = 0
    private var segmentLengths: [Int] = []

    init(limit: Int) { self.limit = limit }

    /// Whether rows of today's length hold all patterns.
    func suffices(selections: Int, matchers: [Int]) -> Bool {
        Self.blocks(selections) <= actionLength
            && matchers.indices.allSatisfy { Self.blocks(matchers[$0]) <= length(ofType: $0) }
    }

    /// Begins anew, with rows that are long enough for twice the patterns.
    mutating func begin(selections: Int, matchers: [Int]) {
        blocks.removeAll(keepingCapacity: true)
        actionLength = Self.blocks(2 * selections)
        segmentLengths = matchers.map { Self.blocks(2 * $0) }
    }

    private static func blocks(_ patterns: Int) -> Int { (patterns + 31) / 32 }

    private func length(ofType type: Int) -> Int { type < segmentLengths.count ? segmentLengths[type] : 0 }

    mutating func makeActionRow() -> Row { makeRow(blocks: actionLength) }

    /// - Parameter type: its number in the vocabulary.
    mutating func makeSegmentRow(type: UInt32) -> Row { makeRow(blocks: length(ofType: Int(type))) }

    /// An empty row where there is no room left.
    private mutating func makeRow(blocks count: Int) -> Row {
        guard blocks.count + count <= limit else { return Row() }
        let start = blocks.count
        blocks.append(contentsOf: repeatElement(0, count: count))
        return Row(start: UInt32(start), blocks: UInt32(count))
    }

    /// Nil: it is not known.
    @inline(__always)
    func answer(_ pattern: UInt32, in row: Row) -> Bool? {
        guard pattern >> 5 < row.blocks else { return nil }
        let block = blocks[Int(row.start + pattern >> 5)]
        let bit = UInt64(1) << UInt64(pattern & 31)
        return block & bit << 32 == 0 ? nil : block & bit != 0
    }

    mutating func remember(_ answer: Bool, for pattern: UInt32, in row: Row) {
        guard pattern >> 5 < row.blocks else { return }
        let bit = UInt64(1) << UInt64(pattern & 31)
        blocks[Int(row.start + pattern >> 5)] |= bit << 32 | (answer ? bit : 0)
    }
}
