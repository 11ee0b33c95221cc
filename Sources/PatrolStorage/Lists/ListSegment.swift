internal import PatrolDomain

/// Rows of one table in the order of one index: a list, or a part of one. A place in it is the value of the
/// sort key and the number of the row, which is unique.
struct ListSegment: Sendable {
    /// What stands after FROM.
    var source: String
    /// The column with the number of the row.
    var number: String
    /// The column sorted by; nil where that is the number.
    var key: String?
    /// Columns that the index begins with, and the values they must have.
    var fixed: [(column: String, value: Value)]
    /// Whether larger keys come first.
    var isDescending: Bool
    var condition: Condition

    init(
        _ source: String, number: String, key: String? = nil,
        fixed: [(column: String, value: Value)] = [], isDescending: Bool = false,
        condition: Condition = .always
    ) {
        self.source = source
        self.number = number
        self.key = key
        self.fixed = fixed
        self.isDescending = isDescending
        self.condition = condition
    }

    enum Direction: Hashable, Sendable {
        case forward, backward

        var reversed: Direction { self == .forward ? .backward : .forward }
    }

    /// Where in the segment to begin.
    struct Bound: Hashable, Sendable {
        /// The key, where there is one, and the number.
        var values: [Value]
        var isIncluded: Bool
    }

    struct Query: Hashable, Sendable {
        var sql: String
        var values: [Value]
    }

    /// Queries whose rows, one query after the other, are those from `bound` on: each says whether a row is
    /// wanted, its number and its key.
    ///
    /// SQLite does not find a place by key *and* row number in an index when they are compared as a pair: it
    /// walks over all equal keys. So what is left of the key at the bound is asked first, then later keys.
    func queries(_ bound: Bound?, _ direction: Direction) -> [Query] {
        let isRising = (direction == .forward) != isDescending
        let sign = isRising ? ">" : "<"
        guard let bound else { return [query("", [], isRising)] }
        let orEqual = bound.isIncluded ? "=" : ""
        guard let key else { return [query("\(number) \(sign)\(orEqual) ?", bound.values, isRising)] }
        return [
            query("\(key) = ? AND \(number) \(sign)\(orEqual) ?", bound.values, isRising),
            query("\(key) \(sign) ?", Array(bound.values.prefix(1)), isRising),
        ]
    }

    private func query(_ bound: String, _ values: [Value], _ isRising: Bool) -> Query {
        let wanted = fixed.map { "\($0.column) = ?" } + (bound.isEmpty ? [] : [bound])
        let order = [key, number].compactMap(\.self).map { "\($0) \(isRising ? "ASC" : "DESC")" }
        let sql = """
            SELECT \(condition.sql), \(([number] + [key].compactMap(\.self)).joined(separator: ", "))
            FROM \(source)\(wanted.isEmpty ? "" : " WHERE " + wanted.joined(separator: " AND "))
            ORDER BY \(order.joined(separator: ", "))
            """
        return Query(sql: sql, values: condition.values + fixed.map(\.value) + values)
    }
}
