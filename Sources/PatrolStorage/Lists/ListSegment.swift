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

    /// Answers, of each row from `bound` on, whether it is wanted, its number and its key.
    func query(_ bound: Bound?, _ direction: Direction) -> Query {
        let isRising = (direction == .forward) != isDescending
        let columns = [key, number].compactMap(\.self)
        var wanted = fixed.map { "\($0.column) = ?" }
        var values = condition.values + fixed.map(\.value)
        if let bound {
            let sign = (isRising ? ">" : "<") + (bound.isIncluded ? "=" : "")
            wanted.append(
                columns.count == 1
                    ? "\(number) \(sign) ?" : "(\(columns.joined(separator: ", "))) \(sign) (?, ?)")
            values += bound.values
        }
        let order = columns.map { "\($0) \(isRising ? "ASC" : "DESC")" }.joined(separator: ", ")
        let sql = """
            SELECT \(condition.sql), \(([number] + [key].compactMap(\.self)).joined(separator: ", "))
            FROM \(source)\(wanted.isEmpty ? "" : " WHERE " + wanted.joined(separator: " AND "))
            ORDER BY \(order)
            """
        return Query(sql: sql, values: values)
    }
}
