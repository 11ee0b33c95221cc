internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolPresentation

/// Which entries of the log a call wants, and the way through it: a bounded walk from the newest one on.
struct AuditSearch {
    /// Where the next page begins.
    struct Next {
        let before: Timestamp
        /// Where exactly, for entries of one millisecond.
        let cursor: String
    }

    private let request: RESTRequest
    private let before: Timestamp?
    private let after: Timestamp?
    private let text: String?
    private let members: [String]
    private let tokens: [String]
    private var policies: [Authority] = []

    private static let step = 200

    init(_ request: RESTRequest) throws(RESTFault) {
        self.request = request
        let query = request.query
        before = try query.moment("before")
        after = try query.moment("after")
        text = query.text("q").flatMap { $0.isEmpty ? nil : $0.lowercased() }
        members = query.texts("member")
        tokens = query.texts("token")
        if request.endpoint.method == .get {
            if let spec = query.text("spec") { policies.append(try Self.policy(naming: spec)) }
        } else if let body = try request.optionalBody() {
            if body.isNull { throw .invalid("the body is a list of statements") }
            let object = try BodyObject(["statements": body])
            if let policy = try object.policy("statements"), !policy.statements.isEmpty {
                policies.append(Self.authority(policy))
            }
        }
    }

    /// Whether every entry is wanted that the caller may see.
    var isUnconditional: Bool { text == nil && members.isEmpty && tokens.isEmpty && policies.isEmpty }

    var end: Timestamp? { before }
    var start: Timestamp? { after }

    /// Where the imported entries begin.
    var past: AuditPlace { .past(below: before ?? Timestamp(milliseconds: .max), number: 0) }

    private static func policy(naming spec: String) throws(RESTFault) -> Authority {
        do throws(SpecifierFault) {
            let pattern = try ResourcePattern(parsing: spec)
            let action = try ActionPattern(parsing: "*")
            return authority(
                Policy(statements: [Statement(.allow, actions: .matching([action]), resources: .matching([pattern]))]))
        } catch {
            throw .invalid("`spec` is no resource specifier: \(error.reason.words.text)")
        }
    }

    private static func authority(_ policy: Policy) -> Authority {
        Authority(
            grants: [Grant(GrantName("filter", source: .inlinePolicy), policy: policy, basePermissions: .noAccess)],
            holder: nil)
    }

    /// Up to `limit` entries, and where to go on: also where the walk was as long as it may be.
    func page(limit: Int) throws(RESTFault) -> (rows: [AuditRow], next: Next?) {
        var rows: [AuditRow] = []
        var looked = 0
        var last: (row: AuditRow, place: AuditPlace)?
        try walk { row, place in
            if rows.count == limit || looked == RESTLimits.scannedEntries { return false }
            looked += 1
            last = (row, place)
            if wants(row) { rows.append(row) }
            return true
        }
        guard let last, try hasMore(after: last.place) else { return (rows, nil) }
        return (rows, Next(before: last.row.at, cursor: Self.text(last.place)))
    }

    /// Tells one entry after the other, the newest first, until `take` says no.
    ///
    /// - Parameter beginning: Nil: where the call says.
    func walk(
        from beginning: AuditPlace? = nil, _ take: (AuditRow, AuditPlace) -> Bool
    ) throws(RESTFault) {
        let sequences = try request.door { (patrol) throws(PatrolError) in
            try patrol.sequences(after: after, before: before)
        }
        var place = try start(sequences)
        if let beginning { place = beginning }
        while true {
            let found = try request.door { (patrol) throws(PatrolError) in
                try patrol.audit(
                    from: place, first: sequences.lowerBound, after: after, actor: onlyActor, limit: Self.step)
            }
            for (row, next) in found {
                if !take(row, next) { return }
                place = next
            }
            if found.count < Self.step {
                guard case .own = place else { return }
                place = past
            }
        }
    }

    private func start(_ sequences: Range<Int64>) throws(RESTFault) -> AuditPlace {
        guard let cursor = request.query.text("cursor") else { return .own(below: sequences.upperBound) }
        guard let place = Self.place(cursor) else { throw .invalid("`cursor` is not one of a link to a next page") }
        return place
    }

    private func hasMore(after place: AuditPlace) throws(RESTFault) -> Bool {
        let first = try request.door { (patrol) throws(PatrolError) in
            try patrol.sequences(after: after, before: nil)
        }.lowerBound
        func exists(_ place: AuditPlace) throws(RESTFault) -> Bool {
            let found = try request.door { (patrol) throws(PatrolError) in
                try patrol.audit(from: place, first: first, after: after, actor: onlyActor, limit: 1)
            }
            return !found.isEmpty
        }
        if try exists(place) { return true }
        guard case .own = place else { return false }
        return try exists(past)
    }

    /// Where one member's are wanted, the log is read by its index of members.
    private var onlyActor: MemberID? { members.count == 1 ? MemberID(members[0]) : nil }

    func wants(_ row: AuditRow) -> Bool {
        guard row.isChange, request.caller.sees(row) else { return false }
        if !members.isEmpty, !members.contains(row.actorID) { return false }
        if !tokens.isEmpty, !tokens.contains(row.tokenID ?? "") { return false }
        if let text, !row.names.contains(where: { $0.lowercased().contains(text) }) { return false }
        return policies.allSatisfy { policy in row.accesses.contains { policy.names($0) } }
    }

    // MARK: - Cursors

    private static func text(_ place: AuditPlace) -> String {
        switch place {
        case .own(let below): "\(below)"
        case .past(let below, let number): "\(below.milliseconds).\(number)"
        }
    }

    private static func place(_ text: String) -> AuditPlace? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map {
            PercentEncoding.integer(String($0))
        }
        switch parts.count {
        case 1: return parts[0].map { .own(below: $0) }
        case 2:
            guard let time = parts[0], let number = parts[1] else { return nil }
            return .past(below: Timestamp(milliseconds: time), number: number)
        default: return nil
        }
    }
}

extension AuditRow {
    var at: Timestamp {
        switch self {
        case .entry(let entry): entry.at
        case .past(let entry): entry.at
        }
    }

    var actorID: String {
        switch self {
        case .entry(let entry): entry.actorID
        case .past(let entry): entry.actorID
        }
    }

    var tokenID: String? {
        switch self {
        case .entry(let entry): entry.tokenID
        case .past(let entry): entry.tokenID
        }
    }

    /// Of the thing, and of whoever changed it.
    fileprivate var names: [String] {
        switch self {
        case .entry(let entry): [entry.target.name, entry.actorName]
        case .past(let entry): [entry.targetName, entry.actorName]
        }
    }

    /// What was done to what; what can't be read is left out.
    var accesses: [Request] {
        let (actions, text) =
            switch self {
            case .entry(let entry): (entry.action, entry.resource)
            case .past(let entry): (entry.action, entry.resource)
            }
        guard let resource = try? Resource(parsing: text) else { return [] }
        return actions.split(separator: ",").map { action in
            Request(Action(String(action.drop { $0 == " " })), on: resource)
        }
    }
}

extension TokenSession {
    /// Whether the caller may see what is on record: of a personal token of somebody else's, an admin or who manages it.
    func sees(_ row: AuditRow) -> Bool {
        row.accesses.allSatisfy { sees(recordOf: $0.resource) }
    }
}
