internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations

/// How many entries there are in each of several spans of equal length.
enum AuditCounts {
    @Sendable static func answer(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        let search = try AuditSearch(request)
        guard let start = search.start else { throw .invalid("`after` is needed") }
        let now = try request.door { (patrol) throws(PatrolError) in try patrol.currentTime() }
        let end = search.end ?? now
        let count = Int(try request.query.integer("buckets", in: 1...Int64(RESTLimits.buckets)) ?? 50)
        guard end > start else { throw .invalid("`after` is before `before`") }
        let length = (end - start).milliseconds
        let interval = max(1, (length + Int64(count) - 1) / Int64(count))
        var counts = [Int](repeating: 0, count: count)
        var looked = 0
        try search.walk { row, _ in
            looked += 1
            if looked > RESTLimits.scannedEntries { return false }
            let place = Int((row.at - start).milliseconds / interval)
            if row.at < end, counts.indices.contains(place), search.wants(row) { counts[place] += 1 }
            return true
        }
        if looked > RESTLimits.scannedEntries {
            throw .invalid("more than \(RESTLimits.scannedEntries) entries would have to be read: choose a shorter time")
        }
        return RESTAnswer(json: [
            "buckets": .array(
                counts.enumerated().map { place, count in
                    [
                        "timestamp": .integer(start.milliseconds + Int64(place) * interval), "count": JSON(count),
                    ]
                }),
            "totalCount": JSON(counts.reduce(0, +)), "bucketIntervalMs": .integer(interval),
        ])
    }
}
