/// What is known of a request while one is looked for: for each part of it, what it has to match and what it may not.
struct PartsOfRequest: Sendable {
    var wanted: [[PatternTable.ID]]
    var unwanted: [[PatternTable.ID]]

    init(count: Int) {
        wanted = Array(repeating: [], count: count)
        unwanted = wanted
    }
}

/// Looks for a request of one kind for which some formulas hold, by taking them apart (a tableau): what is certain is
/// written down, what can't be is dropped, what is left alone is taken, and where there is a choice, one way is tried
/// after the other. Nothing found means that there is none.
struct Tableau {
    enum Outcome {
        case found(PartsOfRequest)
        case none
        case unknown
    }

    private enum Status { case holds, fails, isOpen }

    private enum Noted {
        case wanted(Int), unwanted(Int), node(Int)
    }

    /// A place to come back to.
    private struct Choice {
        var trailCount: Int
        var pending: [Int]
        var ways: [Formula]
        var next: Int
    }

    private let patterns: PatternTable
    private let pool: FormulaPool
    private var parts: PartsOfRequest
    /// For each node, whether it has been taken as true (1) or as false (-1).
    private var taken: [Int8]
    private var trail: [Noted] = []
    /// Conjunctions of which one part has to fail, and none is chosen yet.
    private var pending: [Int] = []
    private var choices: [Choice] = []
    /// Of those that are pending, the one with the fewest ways, and these.
    private var shortest: Int?
    private var shortestWays: [Formula] = []
    /// Those of the node that is looked at.
    private var ways: [Formula] = []
    /// Something was given up because it took too long, so nothing found proves nothing.
    private var isUncertain = false
    /// How many more steps may be taken. A step looks at a literal or at a node.
    private(set) var steps: Int

    /// - Parameter scratch: Zeros, which are given back by `end`: a table for each search would cost more than it.
    init(_ writer: FormulaWriter, segments: Int, steps: Int, scratch: consuming [Int8]) {
        patterns = writer.patterns
        pool = writer.pool
        parts = PartsOfRequest(count: Position.count(segments: segments))
        taken = scratch
        if taken.count < pool.nodes.count {
            taken += [Int8](repeating: 0, count: pool.nodes.count + 1_024 - taken.count)
        }
        self.steps = steps
    }

    mutating func search(_ formulas: [Formula]) -> Outcome {
        var isPossible = formulas.allSatisfy { take($0) } && settle()
        while steps > 0 {
            if isPossible {
                guard let node = shortest else { return .found(parts) }
                pending.removeAll { $0 == node }
                choices.append(Choice(trailCount: trail.count, pending: pending, ways: shortestWays, next: 0))
            }
            guard let way = nextWay() else { return isUncertain ? .unknown : .none }
            isPossible = take(way) && settle()
        }
        return .unknown
    }

    /// The scratch, all zeros again.
    consuming func end() -> [Int8] {
        undo(to: 0)
        return taken
    }

    // MARK: - Choices

    /// The next way of the last choice that has one left. What failed is taken not to hold from then on.
    private mutating func nextWay() -> Formula? {
        while var choice = choices.popLast() {
            undo(to: choice.trailCount)
            pending = choice.pending
            guard choice.next < choice.ways.count else { continue }
            let way = choice.ways[choice.next]
            if choice.next > 0 {
                guard take(!choice.ways[choice.next - 1]) else { continue }
                choice.trailCount = trail.count
                choice.pending = pending
            }
            choice.next += 1
            choices.append(choice)
            return way
        }
        return nil
    }

    // MARK: - What follows

    /// Draws all consequences; false where there is a contradiction.
    private mutating func settle() -> Bool {
        var isChanged = true
        while isChanged {
            isChanged = false
            shortest = nil
            let current = pending
            pending.removeAll(keepingCapacity: true)
            for node in current {
                if steps <= 0 { return false }
                ways.removeAll(keepingCapacity: true)
                switch expand(!Formula(node: node), isPending: true) {
                case .holds: continue
                case .fails: return false
                case .isOpen: break
                }
                if ways.count == 1 {
                    if !take(ways[0]) { return false }
                    isChanged = true
                    continue
                }
                pending.append(node)
                if shortest == nil || ways.count < shortestWays.count {
                    shortest = node
                    swap(&shortestWays, &ways)
                }
            }
        }
        return true
    }

    /// Adds the ways that are left for a formula to hold to `ways`. A choice in a choice is one choice, and where a
    /// single part of a conjunction is open, that part is the way.
    private mutating func expand(_ formula: Formula, isPending: Bool = false) -> Status {
        guard case .all(let range) = pool.nodes[formula.node], isPending || taken[formula.node] == 0 else {
            let status = status(of: formula)
            if status == .isOpen { ways.append(formula) }
            return status
        }
        steps -= 1
        if formula.isNegated {
            let count = ways.count
            for place in range where expand(!pool.children[Int(place)]) == .holds { return .holds }
            return ways.count == count ? .fails : .isOpen
        }
        var open: Formula?
        for place in range {
            let child = pool.children[Int(place)]
            switch status(of: child) {
            case .fails: return .fails
            case .holds: break
            case .isOpen:
                if open != nil {
                    open = formula
                } else {
                    open = child
                }
            }
        }
        guard let open else { return .holds }
        if open != formula { return expand(open) }
        ways.append(formula)
        return .isOpen
    }

    private mutating func status(of formula: Formula) -> Status {
        steps -= 1
        let sign = formula.isNegated
        switch taken[formula.node] {
        case 1: return sign ? .fails : .holds
        case -1: return sign ? .holds : .fails
        default: break
        }
        let plain: Status
        switch pool.nodes[formula.node] {
        case .always: plain = .holds
        case .literal(let position, let pattern): plain = status(of: pattern, at: position)
        case .all(let range):
            var all = Status.holds
            for place in range {
                let part = status(of: pool.children[Int(place)])
                if part == .fails {
                    all = .fails
                    break
                }
                if part == .isOpen { all = .isOpen }
            }
            plain = all
        }
        guard sign, plain != .isOpen else { return plain }
        return plain == .holds ? .fails : .holds
    }

    private mutating func status(of pattern: PatternTable.ID, at position: Position) -> Status {
        let place = Int(position.place)
        let (wanted, unwanted) = (parts.wanted[place], parts.unwanted[place])
        steps -= wanted.count + unwanted.count
        switch position.part {
        case .properties:
            if wanted.contains(pattern) { return .holds }
            if unwanted.contains(pattern) { return .fails }
            return wanted.contains { patterns.areOtherValues($0, pattern) } ? .fails : .isOpen
        case .tags, .views:
            if wanted.contains(where: { patterns.isInside($0, pattern) }) { return .holds }
            return unwanted.contains { patterns.isInside(pattern, $0) } ? .fails : .isOpen
        case .key, nil:
            for one in wanted {
                if patterns.isInside(one, pattern) { return .holds }
                if patterns.areDisjoint(one, pattern) { return .fails }
            }
            return unwanted.contains { patterns.isInside(pattern, $0) } ? .fails : .isOpen
        }
    }

    // MARK: - Taking

    /// Takes a formula as true; false where that is a contradiction.
    private mutating func take(_ formula: Formula) -> Bool {
        steps -= 1
        let node = formula.node
        let sign: Int8 = formula.isNegated ? -1 : 1
        if taken[node] != 0 { return taken[node] == sign }
        if case .always = pool.nodes[node] { return sign == 1 }
        taken[node] = sign
        trail.append(.node(node))
        switch pool.nodes[node] {
        case .always: return sign == 1
        case .literal(let position, let pattern): return note(pattern, position, isWanted: sign == 1)
        case .all(let range):
            if sign == 1 { return range.allSatisfy { take(pool.children[Int($0)]) } }
            pending.append(node)
            return true
        }
    }

    private mutating func note(_ pattern: PatternTable.ID, _ position: Position, isWanted: Bool) -> Bool {
        let place = Int(position.place)
        if isWanted {
            parts.wanted[place].append(pattern)
            trail.append(.wanted(place))
        } else {
            parts.unwanted[place].append(pattern)
            trail.append(.unwanted(place))
        }
        let (wanted, unwanted) = (parts.wanted[place], parts.unwanted[place])
        steps -= wanted.count + unwanted.count
        switch position.part {
        case .properties:
            if !isWanted { return !wanted.contains(pattern) }
            return !unwanted.contains(pattern) && !wanted.contains { patterns.areOtherValues($0, pattern) }
        case .tags, .views:
            // What is wanted can be met by one tag each.
            return isWanted
                ? !unwanted.contains { patterns.isInside(pattern, $0) }
                : !wanted.contains { patterns.isInside($0, pattern) }
        case .key, nil:
            switch patterns.common(wanted, without: unwanted, steps: &steps) {
            case .found: return true
            case .none: return false
            case .unknown:
                isUncertain = true
                return false
            }
        }
    }

    private mutating func undo(to count: Int) {
        while trail.count > count {
            switch trail.removeLast() {
            case .wanted(let place): parts.wanted[place].removeLast()
            case .unwanted(let place): parts.unwanted[place].removeLast()
            case .node(let node): taken[node] = 0
            }
        }
    }
}
