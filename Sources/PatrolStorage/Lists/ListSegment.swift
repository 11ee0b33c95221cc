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
    /// The same rows, or those of them that the condition may want, read another way in the same order.
    var stream: Stream?
    /// Terms of the filter whose words lead to rows of the log.
    var words: [Words] = []
    /// Queries for the numbers of rows that the condition may want: each holds all that it wants.
    var candidates: [Condition]
    /// What stands after FROM when the rows are found by their numbers.
    var table: String

    init(
        _ source: String, number: String, key: String? = nil,
        fixed: [(column: String, value: Value)] = [], isDescending: Bool = false,
        condition: Condition = .always, stream: Stream? = nil, candidates: [Condition] = []
    ) {
        self.stream = stream
        self.candidates = candidates
        table = String(source.prefix { $0 != " " }) + " NOT INDEXED"
        self.source = source
        self.number = number
        self.key = key
        self.fixed = fixed
        self.isDescending = isDescending
        self.condition = condition
    }

    /// Another table that leads to rows of the list, in the order of their numbers.
    struct Stream: Sendable {
        var source: String
        var number: String
        /// What all of its rows have in common, as SQL, with the values of its parameters.
        var wanted: Condition
    }

    /// A term that asks for words: a query of the table of words, and what it asks of a row.
    struct Words: Sendable {
        var match: String
        var condition: Condition
    }

    /// How the rows are found: by the list's index, by another table in the same order, or by their numbers.
    enum Way: Sendable {
        case list
        case stream(Stream)
        case candidates(Condition)
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
    func queries(_ bound: Bound?, _ direction: Direction, by way: Way = .list) -> [Query] {
        let isRising = (direction == .forward) != isDescending
        let sign = isRising ? ">" : "<"
        let number = if case .stream(let stream) = way { stream.number } else { number }
        guard let bound else { return [query("", [], isRising, way)] }
        let orEqual = bound.isIncluded ? "=" : ""
        guard let key else { return [query("\(number) \(sign)\(orEqual) ?", bound.values, isRising, way)] }
        return [
            query("\(key) = ? AND \(number) \(sign)\(orEqual) ?", bound.values, isRising, way),
            query("\(key) \(sign) ?", Array(bound.values.prefix(1)), isRising, way),
        ]
    }

    private func query(_ bound: String, _ values: [Value], _ isRising: Bool, _ way: Way) -> Query {
        var (source, number) = (source, number)
        var parts = fixed.map { Condition("\($0.column) = ?", [$0.value]) }
        switch way {
        case .list: break
        case .stream(let stream): (source, number, parts) = (stream.source, stream.number, [stream.wanted])
        case .candidates(let found):
            source = table
            parts.insert(Condition("\(number) IN (\(found.sql))", found.values), at: 0)
        }
        if !bound.isEmpty { parts.append(Condition(bound, values)) }
        let order = [key, number].compactMap(\.self).map { "\($0) \(isRising ? "ASC" : "DESC")" }
        let sql = """
            SELECT \(condition.sql), \(([number] + [key].compactMap(\.self)).joined(separator: ", "))
            FROM \(source)\(parts.isEmpty ? "" : " WHERE " + parts.map(\.sql).joined(separator: " AND "))
            ORDER BY \(order.joined(separator: ", "))
            """
        return Query(sql: sql, values: condition.values + parts.flatMap(\.values))
    }
}
