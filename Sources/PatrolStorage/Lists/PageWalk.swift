internal import PatrolDomain

/// Finds the rows of a page in a list of one or more segments, one after the other. Looks at no more rows than
/// were asked for, wherever in the list the page is; where the filter has a term with few candidates, at all of those.
struct PageWalk {
    let connection: Connection
    let segments: [ListSegment]

    /// Rows of a list to look at before an index is asked.
    private let lookLimit: Int

    init(_ connection: Connection, _ segments: [ListSegment], lookLimit: Int) {
        self.connection = connection
        self.segments = segments
        self.lookLimit = max(lookLimit, 1)
    }

    /// A row that was found: its place, and the segment and number to load it by.
    struct Place: Hashable, Sendable {
        var segment: Int
        var number: Int64
        /// Nil where the segment is sorted by number.
        var key: Value?

        /// Segment, key and number.
        var cursor: PageCursor {
            var values: [PageCursor.Value] = [.integer(Int64(segment))]
            switch key {
            case .integer(let key): values.append(.integer(key))
            case .text(let key): values.append(.text(key))
            case .null, .blob, nil: break
            }
            return PageCursor(values + [.integer(number)])
        }
    }

    private struct Start {
        var place: Place?
        var isIncluded = false

        var bound: ListSegment.Bound? {
            guard let place else { return nil }
            return ListSegment.Bound(
                values: [place.key, .integer(place.number)].compactMap(\.self),
                isIncluded: isIncluded)
        }
    }

    private struct Found {
        var places: [Place] = []
        var lastLookedAt: Place?
        /// The last row looked at, where the search ended because it had looked at enough.
        var stoppedAt: Place?
    }

    /// The page, with what `load` makes of each of its places; nil leaves a place out.
    func page<Row: Hashable & Sendable>(
        _ request: PageRequest, _ load: (Place) throws(StorageError) -> Row?
    ) throws(StorageError) -> Page<Row> {
        let limit = min(max(request.limit, 1), PageRequest.maximumLimit)
        let most = max(request.scanLimit, 1)
        var budget = most
        let (start, direction) = try start(request.start)
        var found = try search(from: start, direction, wanted: limit + 1, budget: &budget)
        let isMore = found.places.count > limit || found.stoppedAt != nil
        found.places = Array(found.places.prefix(limit))
        let isBefore = try isAnything(
            before: found.places.first, start, direction, budget: &budget)
        let resume = found.places.count < limit ? found.stoppedAt?.cursor : nil
        var items: [Page<Row>.Item] = []
        for place in direction == .forward ? found.places : found.places.reversed() {
            if let row = try load(place) { items.append(.init(row, cursor: place.cursor)) }
        }
        return Page(
            items: items, hasBefore: direction == .forward ? isBefore : isMore,
            hasAfter: direction == .forward ? isMore : isBefore, resume: resume,
            lookedAt: max(0, most - budget))
    }

    private func start(
        _ start: PageRequest.Start
    ) throws(StorageError) -> (Start, ListSegment.Direction) {
        switch start {
        case .first: (Start(), .forward)
        case .last: (Start(), .backward)
        case .after(let cursor): (Start(place: place(cursor)), .forward)
        case .before(let cursor): (Start(place: place(cursor)), .backward)
        case .from(let cursor): (Start(place: place(cursor), isIncluded: true), .forward)
        }
    }

    /// The place of a cursor; the beginning for one of another list.
    private func place(_ cursor: PageCursor) -> Place? {
        guard case .integer(let segment)? = cursor.values.first, segment >= 0,
            segment < segments.count, case .integer(let number)? = cursor.values.last
        else { return nil }
        var place = Place(segment: Int(segment), number: number)
        guard segments[place.segment].key != nil else { return cursor.values.count == 2 ? place : nil }
        guard cursor.values.count == 3 else { return nil }
        switch cursor.values[1] {
        case .integer(let key): place.key = .integer(key)
        case .text(let key): place.key = .text(key)
        }
        return place
    }

    /// Whether there is a row on the other side of the page. Where enough rows were looked at without
    /// knowing: there may be.
    private func isAnything(
        before first: Place?, _ start: Start, _ direction: ListSegment.Direction, budget: inout Int
    ) throws(StorageError) -> Bool {
        guard start.place != nil else { return false }
        let origin = first.map { Start(place: $0) }
            ?? Start(place: start.place, isIncluded: !start.isIncluded)
        guard budget > 0 else { return true }
        let found = try search(from: origin, direction.reversed, wanted: 1, budget: &budget)
        return !found.places.isEmpty || found.stoppedAt != nil
    }

    private func search(
        from start: Start, _ direction: ListSegment.Direction, wanted: Int, budget: inout Int
    ) throws(StorageError) -> Found {
        var found = Found()
        let order = direction == .forward ? Array(segments.indices) : segments.indices.reversed()
        let first = start.place?.segment
        for index in order {
            if let first, direction == .forward ? index < first : index > first { continue }
            if segments[index].condition == .never { continue }
            let from = index == first ? start : Start()
            try search(in: index, from: from, direction, wanted: wanted, budget: &budget, into: &found)
            if found.places.count >= wanted || found.stoppedAt != nil { return found }
        }
        return found
    }

    /// A short look at the list itself finds what is common. What is rare is looked up by the index of the most
    /// selective term, from where the look ended.
    private func search(
        in index: Int, from start: Start, _ direction: ListSegment.Direction, wanted: Int,
        budget: inout Int, into found: inout Found
    ) throws(StorageError) {
        let segment = segments[index]
        let hasShortcut = segment.stream != nil || !segment.candidates.isEmpty
        guard hasShortcut, budget > lookLimit else {
            let queries = segment.queries(start.bound, direction)
            return try walk(index, queries, wanted: wanted, budget: &budget, into: &found)
        }
        var look = lookLimit
        try walk(index, segment.queries(start.bound, direction), wanted: wanted, budget: &look, into: &found)
        budget -= lookLimit - look
        guard let stopped = found.stoppedAt else { return }
        found.stoppedAt = nil
        let way = try shortcut(of: segment)
        if case .candidates = way { budget = max(budget, Self.maximumCandidates) }
        try walk(
            index, segment.queries(Start(place: stopped).bound, direction, by: way), wanted: wanted,
            budget: &budget, into: &found)
    }

    /// So many rows are sorted and looked at for one page at most.
    static let maximumCandidates = 20_000

    /// The candidates of the term that has the fewest; where each has too many, another table in the same order, or
    /// the list itself.
    private func shortcut(of segment: ListSegment) throws(StorageError) -> ListSegment.Way {
        // Words of the log: counting them would cost as much as reading them.
        if let stream = segment.stream, segment.key == nil { return .stream(stream) }
        var fewest = Self.maximumCandidates + 1
        var way = segment.stream.map(ListSegment.Way.stream) ?? .list
        for candidates in segment.candidates {
            let count = Int(
                try connection.integer(
                    "SELECT count(*) FROM (SELECT 1 FROM (\(candidates.sql)) LIMIT ?)",
                    candidates.values + [.integer(fewest)]))
            if count < fewest { (fewest, way) = (count, .candidates(candidates)) }
            if count == 0 { break }
        }
        return way
    }

    private func walk(
        _ index: Int, _ queries: [ListSegment.Query], wanted: Int, budget: inout Int, into found: inout Found
    ) throws(StorageError) {
        for query in queries {
            try walk(index, query, wanted: wanted, budget: &budget, into: &found)
            if found.places.count >= wanted || found.stoppedAt != nil { return }
        }
    }

    private func walk(
        _ index: Int, _ query: ListSegment.Query, wanted: Int, budget: inout Int, into found: inout Found
    ) throws(StorageError) {
        let hasKey = segments[index].key != nil
        var left = budget
        var result = found
        try connection.walk(query.sql, query.values) { row throws(StorageError) in
            guard left > 0 else {
                result.stoppedAt = result.lastLookedAt
                return false
            }
            left -= 1
            let place = Place(
                segment: index, number: try row.integer(1),
                key: hasKey ? try row.value(2) : nil)
            result.lastLookedAt = place
            if try row.boolean(0) { result.places.append(place) }
            return result.places.count < wanted
        }
        budget = left
        found = result
    }
}
