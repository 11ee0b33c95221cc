internal import PatrolDomain

/// What a filter asks of a row, as SQL that answers 0 or 1, with the values of its parameters.
/// No text of a person's ever becomes a part of the SQL.
struct Condition: Hashable, Sendable {
    var sql: String
    var values: [Value]

    init(_ sql: String, _ values: [Value] = []) {
        self.sql = sql
        self.values = values
    }

    static let always = Condition("1")
    static let never = Condition("0")

    /// All of the conditions hold.
    static func all(_ conditions: [Condition]) -> Condition {
        let asked = conditions.filter { $0 != .always }
        if asked.contains(.never) { return .never }
        guard let first = asked.first else { return .always }
        if asked.count == 1 { return first }
        return Condition(
            asked.map { "(\($0.sql))" }.joined(separator: " AND "), asked.flatMap(\.values))
    }

    /// A word of one of the columns begins with the text, ASCII letters in any case. A text may go on over several
    /// words, as they stand there.
    static func hasWord(_ text: String, in columns: [String]) -> Condition {
        Condition("has_word(?, \(columns.joined(separator: ", ")))", [.text(lowered(text))])
    }

    var negated: Condition {
        switch self {
        case .always: .never
        case .never: .always
        default: Condition("NOT (\(sql))", values)
        }
    }

    /// A length of time, `span`, compared with an amount of milliseconds.
    static func compare(
        _ amount: String, _ comparison: Filter.Comparison, _ span: TimeSpan, _ values: [Value]
    ) -> Condition {
        Condition("(\(amount)) \(comparison.rawValue) ?", values + [.integer(span.milliseconds)])
    }

    /// ASCII letters made small; nothing else is touched.
    private static func lowered(_ text: String) -> String {
        String(
            decoding: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}

/// A filter for one list: how to ask each of its conditions there. What a list can't be asked matches nothing.
struct CompiledFilter {
    var condition: Condition
    /// Whether the list shows what was removed or deleted, instead of what is in force.
    var showsRemoved: Bool
    /// Of each wanted term that has an index of its own: a query for the numbers of the rows it wants, and perhaps others.
    var candidates: [Condition]

    /// - Parameters:
    ///   - ask: the condition for one term, before its exclusion; nil where the list knows no such.
    ///   - find: the candidates for one term, of those in force or of those that are not; nil where no index knows.
    init(
        _ filter: Filter, _ ask: (Filter.Condition) -> Condition?,
        find: (_ condition: Filter.Condition, _ showsRemoved: Bool) -> Condition? = { _, _ in nil }
    ) {
        let isRemoved = filter.terms.contains { $0.condition == .removed && !$0.isExcluded }
        showsRemoved = isRemoved
        condition = .all(
            filter.terms.filter { $0.condition != .removed }.map { term in
                let asked = ask(term.condition) ?? .never
                return term.isExcluded ? asked.negated : asked
            })
        candidates = filter.terms.filter { !$0.isExcluded }.compactMap { find($0.condition, isRemoved) }
    }
}
