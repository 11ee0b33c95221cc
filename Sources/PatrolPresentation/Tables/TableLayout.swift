/// A column of a list: how wide it would like to be, and how much it matters.
package struct TableColumn: Hashable, Sendable {
    package var title: SafeText
    package var minimum: Int
    package var ideal: Int
    /// Columns with the largest number go first when there is no room. 0 always stays.
    package var rank: Int
    /// Its share of the cells that are left over when every column has its ideal.
    package var growth: Int
    package var alignment: SafeText.Alignment
    /// Cut in the middle, because the end tells values apart.
    package var isCutInMiddle: Bool
    /// What it takes before columns of this rank or a larger one are shown; it has its ideal before others get more.
    package var claim: Claim?

    package struct Claim: Hashable, Sendable {
        package var cells: Int
        package var rank: Int

        package init(cells: Int, rank: Int) {
            self.cells = cells
            self.rank = rank
        }
    }

    package init(
        _ title: SafeText, minimum: Int, ideal: Int, rank: Int = 0, growth: Int = 0,
        alignment: SafeText.Alignment = .left, isCutInMiddle: Bool = false, claim: Claim? = nil
    ) {
        self.title = title
        self.minimum = minimum
        self.ideal = ideal
        self.rank = rank
        self.growth = growth
        self.alignment = alignment
        self.isCutInMiddle = isCutInMiddle
        self.claim = claim
    }

    /// The text, in exactly this many cells.
    package func fit(_ text: SafeText, to cells: Int) -> SafeText {
        (isCutInMiddle ? text.cutInMiddle(to: cells) : text).fitted(to: cells, alignment)
    }
}

/// Which columns are shown, and how wide: from the columns and the room alone, so that nothing moves
/// when other rows come.
package struct TableLayout: Hashable, Sendable {
    /// In the order of the columns; nil: not shown.
    package let widths: [Int?]

    /// - Parameter gap: cells between two columns.
    package init(_ columns: [TableColumn], total: Int, gap: Int = 2) {
        var widths = [Int?](repeating: nil, count: columns.count)
        var room = total + gap
        var claiming = columns.indices.filter { columns[$0].claim != nil }
        for place in columns.indices.sorted(by: { (columns[$0].rank, $0) < (columns[$1].rank, $1) }) {
            while let first = claiming.first, let claim = columns[first].claim, columns[place].rank >= claim.rank {
                claiming.removeFirst()
                let more = min(room, max(0, claim.cells - (widths[first] ?? claim.cells)))
                widths[first]? += more
                room -= more
            }
            let needed = columns[place].minimum + gap
            guard needed <= room else {
                if widths.allSatisfy({ $0 == nil }) {
                    widths[place] = max(0, total)
                    room = 0
                }
                break
            }
            widths[place] = columns[place].minimum
            room -= needed
        }
        for place in columns.indices where columns[place].claim != nil {
            let more = min(room, max(0, columns[place].ideal - (widths[place] ?? columns[place].ideal)))
            widths[place]? += more
            room -= more
        }
        Self.widen(&widths, columns, by: &room)
        Self.grow(&widths, columns, by: room)
        self.widths = widths
    }

    /// Up to the ideals, each by its share of what all of them lack.
    private static func widen(_ widths: inout [Int?], _ columns: [TableColumn], by room: inout Int) {
        let lacking = columns.indices.map { place in widths[place].map { max(0, columns[place].ideal - $0) } ?? 0 }
        let total = lacking.reduce(0, +)
        guard room > 0, total > 0 else { return }
        let given = min(room, total)
        var left = given
        for place in columns.indices where lacking[place] > 0 {
            let share = min(lacking[place], given * lacking[place] / total, left)
            widths[place] = (widths[place] ?? 0) + share
            left -= share
        }
        // What rounding left over goes to the first that still lack something.
        for place in columns.indices where left > 0 && widths[place] != nil && (widths[place] ?? 0) < columns[place].ideal {
            widths[place] = (widths[place] ?? 0) + 1
            left -= 1
        }
        room -= given - left
    }

    private static func grow(_ widths: inout [Int?], _ columns: [TableColumn], by room: Int) {
        let growing = columns.indices.filter { widths[$0] != nil && columns[$0].growth > 0 }
        let shares = growing.reduce(0) { $0 + columns[$1].growth }
        guard room > 0, shares > 0 else { return }
        var left = room
        for place in growing {
            let more = place == growing.last ? left : room * columns[place].growth / shares
            widths[place] = (widths[place] ?? 0) + more
            left -= more
        }
    }
}
