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

    private func entries(
        in segments: [ListSegment], _ request: PageRequest
    ) throws(StorageError) -> Page<AuditRow> {
        let connection = try live()
        return try PageWalk(connection: connection, segments: segments).page(request) {
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
        [
            own("audit", [], AuditConditions.compile(filter, at: now)),
            past(
                "past_entry INDEXED BY past_entry_at", [],
                AuditConditions.compilePast(filter, at: now)),
        ]
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
        _ source: String, _ fixed: [(column: String, value: Value)],
        _ condition: Condition = .always
    ) -> ListSegment {
        ListSegment(
            source, number: "audit.seq", fixed: fixed, isDescending: true, condition: condition)
    }

    private static func past(
        _ source: String, _ fixed: [(column: String, value: Value)],
        _ condition: Condition = .always
    ) -> ListSegment {
        ListSegment(
            source, number: "past_entry.number", key: "past_entry.at", fixed: fixed,
            isDescending: true, condition: condition)
    }
}
