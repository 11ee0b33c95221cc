/// Projects and environments, or what takes their place in another API: how many of those that are known a token
/// called, and in how many it could do the same.
package struct Places {
    let touched: Int
    private let known: [Resource]
    private let kinds: [(action: Action, type: ResourceType)]

    package static let maximumKnown = 100
    private static let maximumKinds = 4

    init(_ use: UseFacts, of known: [Resource], catalogue: Catalogue) {
        self.known = Array(known.prefix(Self.maximumKnown))
        let called = Set(use.resources.map { PlaceName.of($0) })
        touched = self.known.count { called.contains($0.description) }
        let most = use.actions.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }.prefix(Self.maximumKinds)
        kinds = most.flatMap { action, _ in
            catalogue.types.filter { $0.actions.contains(action) }.map { (action, $0) }
        }
    }

    /// In how many places something that it does could be done, too.
    func reached(_ isAllowed: (Request) -> Bool) -> Int {
        known.count { place in
            kinds.contains { action, type in
                guard let example = type.pattern.example(attributes: [:]),
                    example.segments.count >= place.segments.count,
                    zip(example.segments, place.segments).allSatisfy({ $0.type == $1.type })
                else { return false }
                let rest = example.segments.dropFirst(place.segments.count)
                return isAllowed(Request(action, on: Resource(segments: place.segments + rest)))
            }
        }
    }
}

/// The first two segments of a resource, without tags: `proj/web:env/production`.
package enum PlaceName {
    package static func of(_ resource: String) -> String {
        let segments = resource.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 2).prefix(2)
        let bare = segments.map { Array($0.prefix { $0 != UInt8(ascii: ";") }) }
        return String(decoding: Array(bare.joined(separator: ":".utf8)), as: UTF8.self)
    }
}
