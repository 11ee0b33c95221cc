import PatrolDomain

/// The rows that are marked: in the order they were marked, and by their ids, so that asking costs nothing.
struct Marks<Row: Listed>: Hashable, Sendable {
    /// The most that can be marked in one list at once.
    static var maximum: Int { 10_000 }

    /// As they were when they were marked, or seen last.
    private(set) var rows: [Row] = []
    private var ids: Set<String> = []

    var isEmpty: Bool { rows.isEmpty }
    var count: Int { rows.count }
    var isFull: Bool { count >= Self.maximum }

    func contains(_ row: Row) -> Bool { ids.contains(row.rowID) }

    /// Passes over what is marked already, and what would be too much.
    mutating func insert(_ row: Row) {
        guard !isFull, ids.insert(row.rowID).inserted else { return }
        rows.append(row)
    }

    mutating func remove(ids gone: Set<String>) {
        guard !ids.isDisjoint(with: gone) else { return }
        ids.subtract(gone)
        rows.removeAll { gone.contains($0.rowID) }
    }

    /// Takes over what is newly known of the rows.
    mutating func renew(from known: [Page<Row>.Item]) {
        guard !isEmpty else { return }
        let fresh = Dictionary(known.map { ($0.row.rowID, $0.row) }) { _, last in last }
        for place in rows.indices {
            if let row = fresh[rows[place].rowID] { rows[place] = row }
        }
    }
}

/// Marks that follow the cursor from where the range began.
struct MarkRange<Row: Listed>: Hashable, Sendable {
    /// What was marked before.
    let base: Marks<Row>
    let anchor: String
}

extension ListState {
    /// Begins a range at the cursor.
    mutating func beginRange() {
        guard let current else { return }
        range = MarkRange(base: marks, anchor: current.rowID)
        stretchRange()
    }

    mutating func endRange() { range = nil }

    /// Marks everything between the beginning of the range and the cursor. Where the beginning is no longer
    /// among the loaded rows, the range ends with what it has.
    ///
    /// - Returns: Whether it ended so.
    @discardableResult
    mutating func stretchRange() -> Bool {
        guard let range, !items.isEmpty else { return false }
        guard let place = items.firstIndex(where: { $0.row.rowID == range.anchor }) else {
            self.range = nil
            return true
        }
        var stretched = range.base
        let step = selected >= place ? 1 : -1
        for place in stride(from: place, through: selected, by: step) { stretched.insert(items[place].row) }
        marks = stretched
        return false
    }
}
