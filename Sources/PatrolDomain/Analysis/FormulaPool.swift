/// Which part of a request a literal speaks of: the action, then four for each segment of the resource.
struct Position: Hashable, Sendable {
    enum Part: Int, Sendable { case key, tags, properties, views }

    let place: Int32

    static let action = Position(place: 0)

    private init(place: Int32) { self.place = place }

    init(_ part: Part, of segment: Int) { place = Int32(1 + 4 * segment + part.rawValue) }

    static func count(segments: Int) -> Int { 1 + 4 * segments }

    /// Nil for the action.
    var part: Part? { place == 0 ? nil : Part(rawValue: Int(place - 1) % 4) }
}

/// A condition on a request: a place in a `FormulaPool`, and whether it is meant as it stands there or negated.
struct Formula: Hashable, Sendable, Comparable {
    fileprivate var code: Int32

    fileprivate init(code: Int32) { self.code = code }

    init(node: Int) { code = Int32(node) << 1 }

    static let always = Formula(node: 0)
    static let never = !always

    var node: Int { Int(code >> 1) }
    var isNegated: Bool { code & 1 == 1 }

    static prefix func ! (formula: Self) -> Self { Formula(code: formula.code ^ 1) }

    static func < (left: Self, right: Self) -> Bool { left.code < right.code }
}

/// Conditions made of literals, *and* and *not*, each once: what is written alike in two policies is one node.
struct FormulaPool: Sendable {
    enum Node: Sendable {
        case always
        /// A pattern that the part of the request at this position matches; of tags and views, that one of them does.
        case literal(Position, PatternTable.ID)
        /// All of `children` in this range hold.
        case all(Range<Int32>)
    }

    private struct Literal: Hashable {
        var position: Position
        var pattern: PatternTable.ID
    }

    private(set) var nodes: [Node] = [.always]
    private(set) var children: [Formula] = []
    private var literals: [Literal: Formula] = [:]
    private var conjunctions: [[Formula]: Formula] = [:]

    mutating func literal(_ position: Position, _ pattern: PatternTable.ID) -> Formula {
        let key = Literal(position: position, pattern: pattern)
        if let known = literals[key] { return known }
        let formula = add(.literal(position, pattern))
        literals[key] = formula
        return formula
    }

    mutating func all(_ parts: [Formula]) -> Formula {
        if parts.contains(.never) { return .never }
        var parts = parts.filter { $0 != .always }
        guard parts.count > 1 else { return parts.first ?? .always }
        parts.sort()
        var distinct = [parts[0]]
        for part in parts.dropFirst() where part != distinct[distinct.count - 1] {
            // A formula and its negation are neighbours.
            if part == !distinct[distinct.count - 1] { return .never }
            distinct.append(part)
        }
        if distinct.count == 1 { return distinct[0] }
        if let known = conjunctions[distinct] { return known }
        let start = Int32(children.count)
        children += distinct
        let formula = add(.all(start..<Int32(children.count)))
        conjunctions[distinct] = formula
        return formula
    }

    mutating func any(_ parts: [Formula]) -> Formula { !all(parts.map { !$0 }) }

    private mutating func add(_ node: Node) -> Formula {
        nodes.append(node)
        return Formula(node: nodes.count - 1)
    }
}
