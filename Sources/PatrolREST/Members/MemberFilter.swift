internal import PatrolDomain
internal import PatrolJSON

extension MemberQuery {
    /// What `filter` and `sort` ask for.
    init(_ query: Query) throws(RESTFault) {
        self.init()
        switch query.text("sort") {
        case nil: break
        case "displayName": order = .displayName(isReversed: false)
        case "-displayName": order = .displayName(isReversed: true)
        case "lastSeen": order = .lastSeen(isReversed: false)
        case "-lastSeen": order = .lastSeen(isReversed: true)
        default: throw .invalid("`sort` is `displayName` or `lastSeen`, with `-` the other way round")
        }
        for term in Self.terms(query.text("filter") ?? "") { try narrow(by: term) }
    }

    private static let maximumValues = 500

    /// Conditions are parted by commas, but for those inside braces.
    private static func terms(_ text: String) -> [Substring] {
        var terms: [Substring] = []
        var (depth, start) = (0, text.startIndex)
        for place in text.indices {
            switch text[place] {
            case "{": depth += 1
            case "}": depth -= 1
            case "," where depth <= 0:
                terms.append(text[start..<place])
                start = text.index(after: place)
            default: break
            }
        }
        terms.append(text[start...])
        return terms.filter { !$0.isEmpty }
    }

    private mutating func narrow(by term: Substring) throws(RESTFault) {
        guard let colon = term.firstIndex(of: ":") else {
            throw .invalid("a condition of `filter` is written `field:value`")
        }
        let value = String(term[term.index(after: colon)...])
        switch term[..<colon] {
        case "query": text = value
        case "role": roles = try Self.values(value)
        case "id": ids = try Self.values(value)
        case "email": emails = try Self.values(value)
        case "team": team = value
        case "noteam":
            guard value == "true" || value == "false" else { throw .invalid("`noteam` is `true` or `false`") }
            isInNoTeam = value == "true"
        case "lastSeen": try narrow(lastSeen: value)
        default:
            throw .invalid("`filter` knows `query`, `role`, `id`, `email`, `team`, `noteam` and `lastSeen`")
        }
    }

    private static func values(_ text: String) throws(RESTFault) -> [String] {
        let values = text.split(separator: "|").map(String.init)
        guard values.count <= maximumValues else { throw .invalid("a condition has at most \(maximumValues) values") }
        return values
    }

    private mutating func narrow(lastSeen text: String) throws(RESTFault) {
        guard let json = try? JSON(parsing: text, limits: .line) else {
            throw .invalid("`lastSeen` is `{\"never\":true}`, `{\"noData\":true}` or `{\"before\":MILLISECONDS}`")
        }
        if json["never"] == .bool(true) || json["noData"] == .bool(true) {
            isNeverSeen = true
        } else if let moment = json["before"]?.integer {
            isSeenBefore = Timestamp(milliseconds: moment)
        } else {
            throw .invalid("`lastSeen` is `{\"never\":true}`, `{\"noData\":true}` or `{\"before\":MILLISECONDS}`")
        }
    }
}
