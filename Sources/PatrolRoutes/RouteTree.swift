/// A tree of path segments in a few arrays. Literal segments are found through one hash table for the whole tree.
struct RouteTree: Sendable {
    private struct Node: Sendable {
        var parent: Int
        /// The literal that leads here.
        var literal = 0..<0
        /// The next of the nodes whose literals differ in the case of letters alone: a ring, this node where it is the only one.
        var similar = 0
        var hasLiterals = false
        /// The node below for any one segment; -1 for none.
        var capture = -1
        /// The node for all the rest; -1 for none.
        var rest = -1
        /// The best first.
        var choices: [RouteTable.Choice] = []
    }

    private var nodes: [Node] = []
    private var literals: [UInt8] = []
    private var literalCount = 0
    /// Open addressing: the upper half of a literal's hash above its node's number plus one; 0 is a free slot.
    private var slots = [UInt64](repeating: 0, count: 64)

    mutating func addNode(below parent: Int = -1) -> Int {
        nodes.append(Node(parent: parent))
        return nodes.count - 1
    }

    /// The node below for a segment, made where there is none.
    mutating func child(of node: Int, for segment: PathTemplate.Segment) -> Int {
        switch segment {
        case .capture:
            if nodes[node].capture < 0 { nodes[node].capture = addNode(below: node) }
            return nodes[node].capture
        case .rest:
            if nodes[node].rest < 0 { nodes[node].rest = addNode(below: node) }
            return nodes[node].rest
        case .literal(let text): return child(of: node, named: Array(text.utf8))
        }
    }

    private mutating func child(of node: Int, named name: [UInt8]) -> Int {
        let found = literal(name.span, below: node)
        if let found, found.isExact { return found.node }
        let new = addNode(below: node)
        nodes[new].similar = new
        if let found {
            nodes[new].similar = nodes[found.node].similar
            nodes[found.node].similar = new
        }
        nodes[node].hasLiterals = true
        nodes[new].literal = literals.count..<(literals.count + name.count)
        literals += name
        literalCount += 1
        if literalCount * 2 > slots.count {
            slots = [UInt64](repeating: 0, count: slots.count * 2)
            for node in nodes.indices where !nodes[node].literal.isEmpty { put(node) }
        } else {
            put(new)
        }
        return new
    }

    private mutating func put(_ node: Int) {
        let hash = Self.hash(literals.span.extracting(nodes[node].literal), below: nodes[node].parent)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = (hash >> 32) << 32 | UInt64(node + 1)
    }

    func choices(at node: Int) -> [RouteTable.Choice] { nodes[node].choices }

    /// Puts a choice before those that it is better than.
    mutating func add(_ choice: RouteTable.Choice, at node: Int, isBefore: (RouteTable.Choice, RouteTable.Choice) -> Bool) {
        let place = nodes[node].choices.firstIndex { isBefore(choice, $0) } ?? nodes[node].choices.count
        nodes[node].choices.insert(choice, at: place)
    }

    // MARK: - Finding

    /// The most specific node with routes for a path, from its segment `depth` on; nil where there is none.
    /// - Parameter isOtherCase: Set where a literal of the way there is the path's but for the case of letters.
    func find(_ path: borrowing RequestPath, from node: Int, depth: Int, isOtherCase: inout Bool) -> Int? {
        if depth == path.count { return nodes[node].choices.isEmpty ? nil : node }
        if nodes[node].hasLiterals, let next = literal(path.bytes.span.extracting(path.range(of: depth)), below: node),
            let found = find(path, through: next, depth: depth, isOtherCase: &isOtherCase)
        {
            return found
        }
        if nodes[node].capture >= 0,
            let found = find(path, from: nodes[node].capture, depth: depth + 1, isOtherCase: &isOtherCase)
        {
            return found
        }
        return nodes[node].rest >= 0 ? nodes[node].rest : nil
    }

    /// As `find`, through a literal: the exact one first, then those of another case.
    private func find(
        _ path: borrowing RequestPath, through literal: (node: Int, isExact: Bool), depth: Int, isOtherCase: inout Bool
    ) -> Int? {
        var next = literal.node
        repeat {
            if let found = find(path, from: next, depth: depth + 1, isOtherCase: &isOtherCase) {
                if next != literal.node || !literal.isExact { isOtherCase = true }
                return found
            }
            next = nodes[next].similar
        } while next != literal.node
        return nil
    }

    /// The node below for a literal: the exact one, else one that differs in the case of letters alone.
    private func literal(_ text: Span<UInt8>, below node: Int) -> (node: Int, isExact: Bool)? {
        let hash = Self.hash(text, below: node)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        var similar: Int?
        while slots[slot] != 0 {
            let candidate = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
            if slots[slot] >> 32 == hash >> 32, nodes[candidate].parent == node {
                let name = literals.span.extracting(nodes[candidate].literal)
                if name.isEqual(text) { return (candidate, true) }
                if similar == nil, name.isEqualInAnyCase(text) { similar = candidate }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return similar.map { ($0, false) }
    }

    /// Of the text in small letters, so that literals which differ in case alone are found together.
    private static func hash(_ text: Span<UInt8>, below node: Int) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: node + 1) &* 0x9E37_79B9_7F4A_7C15
        var place = 0
        while place < text.count {
            hash = (hash ^ UInt64(text[place].folded)) &* 0x0000_0100_0000_01B3
            place += 1
        }
        return (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
    }
}
