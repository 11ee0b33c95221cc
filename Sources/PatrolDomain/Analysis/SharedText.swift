/// Whether there is a text that matches some patterns and not others.
enum SharedText {
    /// All texts of this glob are such.
    case found([UInt8])
    case none
    /// It took more steps than it may.
    case unknown
}

extension PatternTable {
    /// The globs that so many steps can make are enough for any policy that a person writes.
    static let stepsOfInterleaving = 1_000_000

    /// A glob whose texts match all that is wanted and nothing that is unwanted.
    ///
    /// - Parameter steps: How many more may be taken; what is taken is taken off.
    func common(_ wanted: [ID], without unwanted: [ID], steps: inout Int) -> SharedText {
        let narrow = narrowest(of: wanted)
        if narrow.contains(Self.viewing) {
            return firstViewing(narrow.filter { $0 != Self.viewing }, without: unwanted, steps: &steps)
        }
        guard let first = narrow.first else {
            return unwanted.contains(Self.everything) ? .none : .found([Glob.star])
        }
        if narrow.count == 1 {
            return unwanted.contains { isInside(first, $0) } ? .none : .found(glob(first))
        }
        for place in narrow.indices {
            for other in narrow[(place + 1)...] where areDisjoint(narrow[place], other) { return .none }
        }
        // A text that all the others match would have been the narrowest.
        if narrow.contains(where: { !hasStar($0) }) { return .none }
        let simple = oneAfterAnother(narrow)
        if !isCovered(simple, by: unwanted) { return .found(simple) }
        return interleaved(narrow, without: unwanted, steps: &steps)
    }

    private func firstViewing(_ others: [ID], without unwanted: [ID], steps: inout Int) -> SharedText {
        var isUnknown = false
        for part in viewingParts {
            switch common(others + [part], without: unwanted, steps: &steps) {
            case .found(let glob): return .found(glob)
            case .unknown: isUnknown = true
            case .none: break
            }
        }
        return isUnknown ? .unknown : .none
    }

    /// Those that contain none of the others.
    private func narrowest(of wanted: [ID]) -> [ID] {
        if wanted.count < 2 { return wanted }
        return wanted.indices.filter { place in
            !wanted.indices.contains { other in
                other != place && isInside(wanted[other], wanted[place])
                    && (other < place || !isInside(wanted[place], wanted[other]))
            }
        }.map { wanted[$0] }
    }

    /// The longest beginning, then everything between stars in its turn, then the longest end: all of them match it.
    private func oneAfterAnother(_ globs: [ID]) -> [UInt8] {
        let parts = globs.map(parts)
        let prefix = parts.map(\.prefix).max { $0.count < $1.count } ?? []
        let suffix = parts.map(\.suffix).max { $0.count < $1.count } ?? []
        return Array(([prefix] + parts.flatMap(\.middles) + [suffix]).joined(separator: [Glob.star]))
    }

    private func isCovered(_ glob: [UInt8], by unwanted: [ID]) -> Bool {
        let canonical = Self.canonical(glob)
        return unwanted.contains { matches($0, canonical.span) }
    }

    /// What globs have in common is a union of globs: all ways to put their parts one into another. They are many
    /// (factorially), so they are made only where the simplest of them is not wanted.
    private func interleaved(_ globs: [ID], without unwanted: [ID], steps: inout Int) -> SharedText {
        var left = min(steps, Self.stepsOfInterleaving)
        let before = left
        defer { steps -= before - left }
        var common: Set<[UInt8]> = [glob(globs[0])]
        for next in globs.dropFirst() {
            var narrower = Interleaving(glob(next))
            for glob in common {
                narrower.add(glob, steps: &left)
                if left <= 0 { return .unknown }
            }
            common = narrower.found.filter { !isCovered($0, by: unwanted) }
            left -= narrower.found.count * unwanted.count
            if common.isEmpty { return .none }
        }
        // The first, whatever the order of a set.
        return common.min { $0.lexicographicallyPrecedes($1) }.map(SharedText.found) ?? .none
    }
}

/// Finds all globs that two globs have in common.
private struct Interleaving {
    private let right: [UInt8]
    private var left: [UInt8] = []
    private var made: [UInt8] = []
    private(set) var found: Set<[UInt8]> = []

    init(_ right: [UInt8]) { self.right = right }

    mutating func add(_ left: [UInt8], steps: inout Int) {
        self.left = left
        made.removeAll(keepingCapacity: true)
        go(0, 0, &steps)
    }

    private mutating func go(_ at: Int, _ other: Int, _ steps: inout Int) {
        steps -= 1
        guard steps > 0 else { return }
        let one = at < left.count ? left[at] : nil
        let two = other < right.count ? right[other] : nil
        switch (one, two) {
        case (nil, nil): found.insert(made)
        case (Glob.star, Glob.star):
            // One of the stars ends first.
            put(Glob.star) { finder in
                finder.go(at + 1, other, &steps)
                finder.go(at, other + 1, &steps)
            }
        case (Glob.star, let byte):
            go(at + 1, other, &steps)
            if let byte { put(byte) { $0.go(at, other + 1, &steps) } }
        case (let byte, Glob.star):
            go(at, other + 1, &steps)
            if let byte { put(byte) { $0.go(at + 1, other, &steps) } }
        case (let byte?, let same?) where byte == same:
            put(byte) { $0.go(at + 1, other + 1, &steps) }
        default: break
        }
    }

    private mutating func put(_ byte: UInt8, then go: (inout Self) -> Void) {
        let count = made.count
        if byte != Glob.star || made.last != Glob.star { made.append(byte) }
        go(&self)
        made.removeLast(made.count - count)
    }
}
