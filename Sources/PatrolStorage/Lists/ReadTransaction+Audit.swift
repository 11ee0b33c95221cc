package import PatrolDomain

extension ReadTransaction {
    /// The log, newest first, and after its oldest entry the imported ones, latest first.
    package func auditPage(
        _ request: PageRequest, filter: Filter = Filter(), at now: Timestamp
    ) throws(StorageError) -> Page<AuditRow> {
        try entries(in: AuditLists.all(filter: filter, at: now), request)
    }

    /// What happened to one thing, newest first, imported entries last.
    ///
    /// - Parameter id: as in `AuditTarget`.
    package func history(
        of kind: AuditTarget.Kind, _ id: String, _ request: PageRequest
    ) throws(StorageError) -> Page<AuditRow> {
        try entries(in: AuditLists.of(kind, id), request)
    }

    /// How many entries the log got in each of `count` spans, 1 to 400, the last one ending `now`. Times in the log never
    /// go back, so each boundary is found in some 25 steps, however long the log is.
    package func activity(
        span: TimeSpan, count: Int, at now: Timestamp
    ) throws(StorageError) -> Activity {
        let connection = try live()
        let count = min(max(count, 1), 400)
        let width = max(span.milliseconds, 1)
        let start = now.milliseconds - width * Int64(count)
        let last = try AuditRecord.lastSequence(connection)
        var boundaries: [Int64] = []
        for place in 0...count {
            let low = boundaries.last ?? 0
            // As if what is left were spread evenly over the spans that are left.
            let distance = place == 0 ? last : (last - low) / Int64(count - place + 1)
            boundaries.append(
                try AuditRecord.lastSequence(
                    until: start + width * Int64(place), from: low, to: last, about: distance, connection))
        }
        return Activity(
            start: Timestamp(milliseconds: start), span: TimeSpan(milliseconds: width),
            counts: zip(boundaries, boundaries.dropFirst()).map { Int($1 - $0) })
    }

    private func entries(
        in segments: [ListSegment], _ request: PageRequest
    ) throws(StorageError) -> Page<AuditRow> {
        let connection = try live()
        return try PageWalk(connection, segments, lookLimit: request.lookLimit).page(request) {
            place throws(StorageError) in
            place.segment == 0
                ? try AuditRecord.load(sequence: place.number, connection).map(AuditRow.entry)
                : try PastEntryRecord.load(place.number, connection).map(AuditRow.past)
        }
    }
}

/// The lists of audit entries: our own, then imported ones, each on an index.
enum AuditLists {
    static func all(filter: Filter, at now: Timestamp) -> [ListSegment] {
        var own = own("audit", [])
        var past = past("past_entry INDEXED BY past_entry_at", [])
        narrow(&own, AuditConditions.compile(filter, at: now))
        narrow(&past, AuditConditions.compilePast(filter, at: now))
        own.words = AuditCandidates.words(filter, at: now)
        own.stream = AuditCandidates.stream(filter)
        return [own, past]
    }

    /// Of entries none is ever removed.
    private static func narrow(_ segment: inout ListSegment, _ compiled: CompiledFilter) {
        segment.condition = compiled.showsRemoved ? .never : compiled.condition
        segment.candidates = compiled.candidates
    }

    static func of(_ kind: AuditTarget.Kind, _ id: String) -> [ListSegment] {
        [
            own(
                "audit INDEXED BY audit_target",
                [("audit.target", .text(AuditPayload.target(kind.rawValue, id)))]),
            past(
                "past_entry INDEXED BY past_entry_target", [("past_entry.target_id", .text(id))]),
        ]
    }

    private static func own(
        _ source: String, _ fixed: [(column: String, value: Value)]
    ) -> ListSegment {
        ListSegment(source, number: "audit.seq", fixed: fixed, isDescending: true)
    }

    private static func past(
        _ source: String, _ fixed: [(column: String, value: Value)]
    ) -> ListSegment {
        ListSegment(
            source, number: "past_entry.number", key: "past_entry.at", fixed: fixed, isDescending: true)
    }
}
