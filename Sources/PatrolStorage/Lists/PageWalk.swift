internal import PatrolDomain

/// Finds the rows of a page in a list of one or more segments, one after the other. Looks at no more rows than
/// were asked for, wherever in the list the page is.
struct PageWalk {
    let connection: Connection
    let segments: [ListSegment]

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
        var budget = max(request.scanLimit, 1)
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
            hasAfter: direction == .forward ? isMore : isBefore, resume: resume)
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
            let bound = index == first ? start.bound : nil
            for query in segments[index].queries(bound, direction) {
                try walk(index, query, wanted: wanted, budget: &budget, into: &found)
                if found.places.count >= wanted || found.stoppedAt != nil { return found }
            }
        }
        return found
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
