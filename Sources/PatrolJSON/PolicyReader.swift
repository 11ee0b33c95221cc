package import PatrolDomain

/// How a policy of unknown origin is read.
package enum PolicyReading: Sendable {
    /// As typed by a person: a field that means nothing to us is a mistake.
    case strict
    /// As answered by another system: such fields, and lists that are null, are passed over.
    case tolerant
}

extension Policy {
    /// Reads a LaunchDarkly statement array. In each statement exactly one of `actions` and `notActions`,
    /// and one of `resources` and `notResources`, names something; an empty list counts as absent.
    package init(json: JSON, reading: PolicyReading = .strict) throws(PolicyFault) {
        guard let elements = json.elements else { throw PolicyFault(.notAList) }
        guard elements.count <= Policy.maximumStatements else {
            throw PolicyFault(.tooManyStatements(limit: Policy.maximumStatements))
        }
        var statements: [Statement] = []
        statements.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            statements.append(try StatementReader(place: place, reading: reading).read(element))
        }
        self.init(statements: statements)
    }

    package init(parsingJSON text: String) throws(PolicyFault) {
        let json: JSON
        do { json = try JSON(parsing: text) } catch { throw PolicyFault(.json(error)) }
        try self.init(json: json)
    }

    /// Names of statement fields that are passed over in a tolerant reading, each once, in order.
    package static func unknownFields(in json: JSON) -> [String] {
        var names: [String] = []
        for statement in json.elements ?? [] {
            for member in statement.members ?? []
            where !StatementReader.fields.contains(member.name) && !names.contains(member.name) {
                names.append(member.name)
            }
        }
        return names
    }
}

private struct StatementReader {
    static let fields = ["effect", "actions", "notActions", "resources", "notResources"]

    let place: Int
    let reading: PolicyReading

    func read(_ json: JSON) throws(PolicyFault) -> Statement {
        guard let members = json.members else { throw fault(.notAnObject) }
        if reading == .strict,
            let unknown = members.first(where: { !Self.fields.contains($0.name) })
        {
            throw fault(.unknownField, unknown.name)
        }
        return Statement(
            try effect(in: json),
            actions: try selection("actions", "notActions", in: json) {
                (text) throws(SpecifierFault) in try ActionPattern(parsing: text)
            },
            resources: try selection("resources", "notResources", in: json) {
                (text) throws(SpecifierFault) in try ResourcePattern(parsing: text)
            })
    }

    private func effect(in json: JSON) throws(PolicyFault) -> Statement.Effect {
        guard let value = json["effect"] else { throw fault(.missing, "effect") }
        guard let text = value.string else { throw fault(.notAText, "effect") }
        guard let effect = Statement.Effect(rawValue: text) else {
            throw fault(.unknownEffect(text), "effect")
        }
        return effect
    }

    private func selection<Pattern>(
        _ field: String, _ negated: String, in json: JSON,
        pattern: (String) throws(SpecifierFault) -> Pattern
    ) throws(PolicyFault) -> Selection<Pattern> {
        let wanted = try patterns(field, in: json, pattern)
        let excluded = try patterns(negated, in: json, pattern)
        switch (wanted.isEmpty, excluded.isEmpty) {
        case (false, true): return .matching(wanted)
        case (true, false): return .notMatching(excluded)
        case (false, false): throw fault(.excludes(negated), field)
        case (true, true): throw fault(.bothEmpty(negated), field)
        }
    }

    private func patterns<Pattern>(
        _ field: String, in json: JSON, _ pattern: (String) throws(SpecifierFault) -> Pattern
    ) throws(PolicyFault) -> [Pattern] {
        guard let value = json[field], !(reading == .tolerant && value.isNull) else { return [] }
        guard let elements = value.elements else { throw fault(.notAList, field) }
        guard elements.count <= Statement.maximumPatterns else {
            throw fault(.tooManyPatterns(limit: Statement.maximumPatterns), field)
        }
        var patterns: [Pattern] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string else { throw fault(.notAText, field, index) }
            do { patterns.append(try pattern(text)) } catch {
                throw fault(.pattern(text, error), field, index)
            }
        }
        return patterns
    }

    private func fault(
        _ reason: PolicyFault.Reason, _ field: String? = nil, _ element: Int? = nil
    ) -> PolicyFault {
        PolicyFault(reason, statement: place, field: field, element: element)
    }
}
