internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations

/// How many entries there are in each of several spans of equal length.
struct AuditCounts {
    private let start: Timestamp
    private let end: Timestamp
    private let interval: Int64
    private var counts: [Int]

    @Sendable static func answer(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let search = try AuditSearch(request)
        var counts = try AuditCounts(search, request)
        if search.isUnconditional, request.caller.isAdmin {
            // The numbers of the own log tell; only imported entries have to be looked at.
            try counts.countOwn(request)
            try counts.count(search, from: search.past)
        } else {
            try counts.count(search)
        }
        return RESTAnswer(json: counts.json)
    }

    private init(_ search: AuditSearch, _ request: RESTRequest) throws(RESTFault) {
        guard let start = search.start else { throw .invalid("`after` is needed") }
        let now = try request.door { (patrol) throws(PatrolError) in try patrol.currentTime() }
        let count = try request.query.integer("buckets", in: 1...Int64(RESTLimits.buckets)) ?? 50
        self.start = start
        end = search.end ?? now
        guard end > start else { throw .invalid("`after` is before `before`") }
        interval = max(1, ((end - start).milliseconds + count - 1) / count)
        counts = [Int](repeating: 0, count: Int(count))
    }

    private mutating func countOwn(_ request: RESTRequest) throws(RESTFault) {
        for place in counts.indices {
            let first = start.milliseconds + Int64(place) * interval
            // Of the first millisecond of all, nothing is wanted.
            let after = Timestamp(milliseconds: place == 0 ? first : first - 1)
            let before = Timestamp(milliseconds: min(first + interval, end.milliseconds))
            if before <= after { return }
            counts[place] = try request.door { (patrol) throws(PatrolError) in
                try patrol.changeCount(in: try patrol.sequences(after: after, before: before))
            }
        }
    }

    private mutating func count(_ search: AuditSearch, from place: AuditPlace? = nil) throws(RESTFault) {
        var looked = 0
        var found = counts
        try search.walk(from: place) { row, _ in
            looked += 1
            if looked > RESTLimits.scannedEntries { return false }
            let place = Int((row.at - start).milliseconds / interval)
            if row.at < end, found.indices.contains(place), search.wants(row) { found[place] += 1 }
            return true
        }
        if looked > RESTLimits.scannedEntries {
            throw .invalid("more than \(RESTLimits.scannedEntries) entries would have to be read: choose a shorter time")
        }
        counts = found
    }

    private var json: JSON {
        let buckets = counts.enumerated().map { place, count -> JSON in
            ["timestamp": .integer(start.milliseconds + Int64(place) * interval), "count": JSON(count)]
        }
        return [
            "buckets": .array(buckets), "totalCount": JSON(counts.reduce(0, +)), "bucketIntervalMs": .integer(interval),
        ]
    }
}
