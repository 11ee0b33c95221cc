extension Authority {
    /// A request for each resource that a statement allows, with one of its actions: the catalogue's where it has one.
    func canonicalRequests(_ catalogue: Catalogue) -> some Sequence<Request> {
        grants.lazy.flatMap { grant in
            grant.policy.statements.lazy.filter { $0.effect == .allow && !$0.resources.isNegated }.flatMap { statement in
                statement.resources.patterns.lazy.compactMap { pattern in
                    guard let resource = pattern.example(attributes: grant.attributes) else { return nil }
                    return statement.actions.example(catalogue.actions(for: resource.chain)).map { Request($0, on: resource) }
                }
            }
        }
    }
}

extension Selection<ActionPattern> {
    /// One of the actions that it is about; another only where it is about none of them.
    fileprivate func example(_ known: [Action]) -> Action? {
        if let action = known.first(where: { action in holds { $0[$1].matches(action) } }) { return action }
        return isNegated ? nil : patterns.first.map { Action($0.glob.example) }
    }
}

extension ResourcePattern {
    /// One resource that it matches, with the first value of each role attribute; nil for `*`, and where an attribute
    /// has no value.
    func example(attributes: RoleAttributes) -> Resource? {
        if isEverything { return nil }
        var segments: [Resource.Segment] = []
        for pattern in chain {
            guard let segment = pattern.example(attributes: attributes) else { return nil }
            segments.append(segment)
        }
        return Resource(segments: segments)
    }
}

extension SegmentPattern {
    fileprivate func example(attributes: RoleAttributes) -> Resource.Segment? {
        var key = ""
        for part in self.key?.parts ?? [] {
            switch part {
            case .glob(let glob): key += glob.example
            case .attribute(let name):
                guard let value = attributes[name]?.first else { return nil }
                key += Glob(Array(value.utf8)).example
            }
        }
        return Resource.Segment(
            type: type, key: key, tags: tags.map(\.example),
            properties: Dictionary(properties.map { ($0.name, $0.value) }) { first, _ in first },
            views: views.map(\.example))
    }
}

extension KeyPattern {
    fileprivate var parts: [Part] {
        switch self {
        case .glob(let glob): [.glob(glob)]
        case .parts(let parts): parts
        }
    }
}

extension Glob {
    /// One text that it matches: each star becomes a word that hardly any policy has.
    fileprivate var example: String {
        let parts = bytes.split(separator: Self.star, omittingEmptySubsequences: false)
        return String(decoding: Array(parts.joined(separator: "any".utf8)), as: UTF8.self)
    }
}
