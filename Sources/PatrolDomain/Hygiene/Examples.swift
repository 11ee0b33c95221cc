extension ActionPattern {
    /// One action that it matches.
    var example: Action { Action(glob.example) }
}

extension ResourcePattern {
    /// One resource that it matches, with the value at `place` (or the last) for each role attribute;
    /// nil for `*`, and where an attribute has no value.
    func example(attributes: RoleAttributes, place: Int = 0) -> Resource? {
        if isEverything { return nil }
        var segments: [Resource.Segment] = []
        for pattern in chain {
            guard let segment = pattern.example(attributes: attributes, place: place) else { return nil }
            segments.append(segment)
        }
        return Resource(segments: segments)
    }
}

extension SegmentPattern {
    fileprivate func example(attributes: RoleAttributes, place: Int) -> Resource.Segment? {
        var key = ""
        for part in self.key?.parts ?? [] {
            switch part {
            case .glob(let glob): key += glob.example
            case .attribute(let name):
                guard let values = attributes[name], !values.isEmpty else { return nil }
                key += Glob(Array(values[min(place, values.count - 1)].utf8)).example
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
