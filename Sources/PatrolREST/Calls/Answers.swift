internal import PatrolDomain
internal import PatrolJSON
internal import PatrolLaunchDarkly
internal import PatrolOperations

extension RESTAnswer {
    init(status: Int = 200, json: JSON, fields: [(String, String)] = []) {
        var body: [UInt8] = []
        json.write(to: &body)
        self.init(status: status, fields: [("Content-Type", "application/json")] + fields, body: body)
    }

    static let noContent = RESTAnswer(status: 204)
}

extension RESTRequest {
    /// What the door answers, with its failures as the API tells them.
    func door<Value>(_ body: (Patrol) throws(PatrolError) -> Value) throws(RESTFault) -> Value {
        do throws(PatrolError) {
            return try body(patrol)
        } catch {
            throw RESTFault(error)
        }
    }

    /// Does what a command says, with the rights of the calling token.
    @discardableResult
    func perform(_ command: Command, comment: String = "") throws(RESTFault) -> Outcome {
        let outcome = try door { (patrol) throws(PatrolError) in
            try patrol.perform(command, as: caller.session, comment: comment)
        }
        if let refusal = outcome.refusal { throw RESTFault(refusal, outcome.entry, caller) }
        return outcome
    }

    func writer() throws(RESTFault) -> AnswerWriter {
        AnswerWriter(account: try door { (patrol) throws(PatrolError) in try patrol.account() }.id)
    }

    /// A page of a list, with links to the others.
    ///
    /// - Parameter kept: Parameters of the query that belong to every page, as they were sent.
    func page(_ items: [JSON], _ span: PageSpan, total: Int, path: String, kept: [String]) -> RESTAnswer {
        let parameters = kept.flatMap { name in query.texts(name).map { (name, $0) } }
        func link(_ offset: Int) -> JSON {
            var all = [("limit", String(span.limit))] + parameters
            if offset > 0 { all.append(("offset", String(offset))) }
            return Self.link(path, all)
        }
        var links = [JSONMember("self", link(span.offset))]
        let lastOffset = total == 0 ? 0 : (total - 1) / span.limit * span.limit
        if span.offset > 0 {
            links.append(JSONMember("first", link(0)))
            links.append(JSONMember("prev", link(max(0, span.offset - span.limit))))
        }
        if span.offset + span.limit < total {
            links.append(JSONMember("next", link(span.offset + span.limit)))
            links.append(JSONMember("last", link(lastOffset)))
        }
        return RESTAnswer(json: [
            "items": .array(items), "_links": .object(links), "totalCount": JSON(total),
        ])
    }

    /// A list that comes whole.
    func whole(_ items: [JSON], path: String) -> RESTAnswer {
        RESTAnswer(json: [
            "items": .array(items), "_links": ["self": Self.link(path, [])], "totalCount": JSON(items.count),
        ])
    }

    static func link(_ path: String, _ parameters: [(String, String)]) -> JSON {
        let query = parameters.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return ["href": .string(query.isEmpty ? path : "\(path)?\(query)"), "type": "application/json"]
    }
}
