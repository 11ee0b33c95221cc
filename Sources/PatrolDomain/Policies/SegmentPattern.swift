/// What one segment of a resource has to be like. All of its selectors hold (a comma is *and*).
struct SegmentPattern: Sendable {
    var type: String
    /// Nil for a type without keys.
    var key: KeyPattern?
    /// In lower case: tags match in any case.
    var tags: [Glob] = []
    var properties: [(name: String, value: String)] = []
    var views: [Glob] = []

    init(type: String, key: KeyPattern?) {
        self.type = type
        self.key = key
    }

    init(_ written: SpecifierReader.Segment, in reader: SpecifierReader) {
        type = written.type
        key = written.key.map { KeyPattern(reader.bytes[$0]) }
        tags = written.tags.map { Glob(reader.bytes[$0].map(Glob.lowercased)) }
        properties = written.properties
        views = written.views.map { Glob(Array(reader.bytes[$0])) }
    }

    /// Whether it says nothing but a type and a glob for the key.
    var isKeyAlone: Bool {
        !(key?.hasAttributes ?? false) && tags.isEmpty && properties.isEmpty && views.isEmpty
    }

    func matches(_ segment: Resource.Segment, attributes: RoleAttributes) -> Bool {
        guard type == segment.type, key?.matches(segment.key, attributes: attributes) ?? true else { return false }
        for tag in tags where !segment.tags.contains(where: { tag.matchesInAnyCase($0.utf8Span.span) }) {
            return false
        }
        for (name, value) in properties where segment.properties[name] != value { return false }
        for view in views where !segment.views.contains(where: { view.matches($0.utf8Span.span) }) {
            return false
        }
        return true
    }
}

/// What a key has to be like: a glob, or a glob with role attributes in it.
enum KeyPattern: Hashable, Sendable {
    case glob(Glob)
    case parts([Part])

    enum Part: Hashable, Sendable {
        case glob(Glob)
        /// Stands for any of the holder's values of this attribute, which may have wildcards.
        case attribute(String)
    }

    var hasAttributes: Bool {
        if case .parts = self { true } else { false }
    }

    /// As a glob with a star for each attribute, which matches all that this matches.
    var widened: [UInt8] {
        switch self {
        case .glob(let glob): glob.bytes
        case .parts(let parts):
            parts.flatMap { part in
                if case .glob(let glob) = part { glob.bytes } else { [Glob.star] }
            }
        }
    }

    static let placeholderOpening = Array("${roleAttribute/".utf8)

    /// From a key in which every `$` begins a well-formed placeholder.
    init(_ bytes: ArraySlice<UInt8>) {
        guard bytes.contains(UInt8(ascii: "$")) else {
            self = .glob(Glob(Array(bytes)))
            return
        }
        var parts: [Part] = []
        var rest = bytes
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")),
            let end = rest[dollar...].firstIndex(of: UInt8(ascii: "}"))
        {
            if dollar > rest.startIndex { parts.append(.glob(Glob(Array(rest[..<dollar])))) }
            let name = rest[(dollar + Self.placeholderOpening.count)..<end]
            parts.append(.attribute(String(decoding: name, as: UTF8.self)))
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty { parts.append(.glob(Glob(Array(rest)))) }
        self = .parts(parts)
    }

    func matches(_ key: String, attributes: RoleAttributes) -> Bool {
        switch self {
        case .glob(let glob): glob.matches(key.utf8Span.span)
        case .parts(let parts):
            if parts.count == 1, case .attribute(let name) = parts[0] {
                attributes[name]?.contains { Glob.matches($0.utf8Span.span, key.utf8Span.span) } ?? false
            } else {
                Self.matches(parts, key, attributes: attributes)
            }
        }
    }

    /// Follows all ways through the parts at once, so that many attributes with many values stay
    /// cheap. A value is matched inside this key only: no value can reach another segment.
    private static func matches(_ parts: [Part], _ key: String, attributes: RoleAttributes) -> Bool {
        let text = key.utf8Span.span
        var reached = [Bool](repeating: false, count: text.count + 1)
        reached[0] = true
        for part in parts {
            switch part {
            case .glob(let glob): reached = glob.places(in: text, from: reached)
            case .attribute(let name):
                var next = [Bool](repeating: false, count: text.count + 1)
                for value in attributes[name] ?? [] {
                    let places = Glob(Array(value.utf8)).places(in: text, from: reached)
                    for place in next.indices where places[place] { next[place] = true }
                }
                reached = next
            }
        }
        return reached[text.count]
    }
}
