/// What one segment of a pattern wants, with the role attributes of its holder put in.
struct SegmentMatcher: Hashable, Sendable {
    struct Property: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// A key in which more values of attributes can be combined than are worth writing out.
    private struct Combined: Hashable, Sendable {
        var key: KeyPattern
        var attributes: RoleAttributes
    }

    /// One of them has to match the key.
    private var keys: [Glob]
    private var combined: Combined?
    /// In lower case.
    private let tags: [Glob]
    private let properties: [Property]
    private let views: [Glob]

    private static let maximumKeys = 64

    init(_ pattern: SegmentPattern, attributes: RoleAttributes) {
        tags = pattern.tags
        properties = pattern.properties.map { Property(name: $0.name, value: $0.value) }
        views = pattern.views
        switch pattern.key {
        case nil: keys = [Glob([])]
        case .glob(let glob): keys = [glob]
        case .parts(let parts):
            if let written = Self.write(parts, attributes) {
                keys = written.contains(.everything) ? [.everything] : written
            } else {
                keys = []
                combined = pattern.key.map { Combined(key: $0, attributes: attributes) }
            }
        }
    }

    /// Whether it matches every segment of its type.
    var isTrivial: Bool { keys == [.everything] && hasNoSelectors }

    /// Whether it matches nothing: an attribute that has no value.
    var isEmpty: Bool { keys.isEmpty && combined == nil }

    /// The one key that it matches, where it says nothing else.
    var exactKey: [UInt8]? { keys.count == 1 && !keys[0].hasStar && hasNoSelectors ? keys[0].bytes : nil }

    private var hasNoSelectors: Bool { tags.isEmpty && properties.isEmpty && views.isEmpty }

    /// - Parameter selectors: What stands after the `;` of the segment; nil where nothing does.
    func matches(key: Span<UInt8>, _ selectors: SegmentSelectors?) -> Bool {
        guard matches(key) else { return false }
        if hasNoSelectors { return true }
        guard let selectors else { return false }
        return tags.allSatisfy { tag in selectors.tags.contains { tag.matches($0.span) } }
            && properties.allSatisfy(selectors.properties.contains)
            && views.allSatisfy { view in selectors.views.contains { view.matches($0.span) } }
    }

    private func matches(_ key: Span<UInt8>) -> Bool {
        for glob in keys where glob.matches(key) { return true }
        guard let combined else { return false }
        let text = String(unsafeUninitializedCapacity: key.count) { buffer in
            for place in key.indices { buffer[place] = key[place] }
            return key.count
        }
        return combined.key.matches(text, attributes: combined.attributes)
    }

    /// All globs that the parts can stand for; nil where they are too many. A glob after a glob is a glob.
    private static func write(_ parts: [KeyPattern.Part], _ attributes: RoleAttributes) -> [Glob]? {
        var written: [[UInt8]] = [[]]
        for part in parts {
            switch part {
            case .glob(let glob): written = written.map { $0 + glob.bytes }
            case .attribute(let name):
                let values = attributes[name] ?? []
                guard written.count * values.count <= maximumKeys else { return nil }
                written = written.flatMap { start in values.map { start + Array($0.utf8) } }
            }
        }
        return written.map(Glob.init)
    }
}

/// What stands after the `;` of a segment of a resource.
struct SegmentSelectors: Hashable, Sendable {
    /// In lower case.
    var tags: [[UInt8]]
    var properties: [SegmentMatcher.Property]
    var views: [[UInt8]]
}

/// A list of actions in a policy.
struct ActionSelection: Sendable {
    private let globs: [Glob]
    private let isNegated: Bool

    init(_ selection: Selection<ActionPattern>) {
        globs = selection.patterns.map(\.glob)
        isNegated = selection.isNegated
    }

    func holds(_ action: Span<UInt8>) -> Bool {
        for glob in globs where glob.matches(action) { return !isNegated }
        return isNegated
    }
}

extension Selection<ActionPattern> {
    /// Whether it is every action there is.
    var isEverything: Bool { isNegated ? patterns.isEmpty : patterns.contains { $0.glob == .everything } }
}
