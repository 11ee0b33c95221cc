/// Spells a request that a search found, in words that a person knows where there are such.
struct Spelling {
    private let patterns: PatternTable
    private let parts: PartsOfRequest

    /// Stands for a star. A word that the patterns mention may mean something to them, then the next is tried; the
    /// last are of characters that no pattern has.
    private static let words = ["any", "Any", "other", "x", "another1", "zz-9_q", "ø", "øþ"]

    init(_ parts: PartsOfRequest, _ patterns: PatternTable) {
        self.parts = parts
        self.patterns = patterns
    }

    /// - Parameters:
    ///   - types: The chain of the resource's types.
    ///   - actions: Those of the catalogue, which are tried first.
    func request(types: [String], actions: [Action]) -> Request? {
        let known = actions.first { isGood(Array($0.name.utf8), at: .action) }
        guard let action = known ?? text(at: .action).map(Action.init) else { return nil }
        var segments: [Resource.Segment] = []
        for (place, type) in types.enumerated() {
            guard let segment = segment(type, place) else { return nil }
            segments.append(segment)
        }
        return Request(action, on: Resource(segments: segments))
    }

    private func segment(_ type: String, _ place: Int) -> Resource.Segment? {
        var segment = Resource.Segment(type: type, key: "")
        if !SpecifierReader.keylessTypes.contains(type) {
            guard let key = text(at: Position(.key, of: place)) else { return nil }
            segment.key = key
        }
        guard let tags = several(at: Position(.tags, of: place)),
            let views = several(at: Position(.views, of: place))
        else { return nil }
        (segment.tags, segment.views) = (tags, views)
        for pattern in parts.wanted[Int(Position(.properties, of: place).place)] {
            let text = String(decoding: patterns.glob(pattern), as: UTF8.self)
            let halves = text.split(separator: ":", maxSplits: 1)
            if halves.count == 2 { segment.properties[String(halves[0])] = String(halves[1]) }
        }
        return segment
    }

    /// A text that matches all that is wanted here, and nothing that is not.
    private func text(at position: Position) -> String? {
        let place = Int(position.place)
        var steps = PatternTable.stepsOfInterleaving
        guard case .found(let glob) = patterns.common(
            parts.wanted[place], without: parts.unwanted[place], steps: &steps)
        else { return nil }
        return Self.texts(of: glob).first { isGood($0, at: position) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// One tag (or view) for each pattern that is wanted and not met yet.
    private func several(at position: Position) -> [String]? {
        var found: [[UInt8]] = []
        let unwanted = parts.unwanted[Int(position.place)]
        for pattern in parts.wanted[Int(position.place)]
        where !found.contains(where: { patterns.matches(pattern, $0.span) }) {
            let text = Self.texts(of: patterns.glob(pattern)).first { text in
                let folded = position.part == .tags ? text.map(Glob.lowercased) : text
                return !unwanted.contains { patterns.matches($0, folded.span) }
            }
            guard let text else { return nil }
            found.append(text)
        }
        return found.map { String(decoding: $0, as: UTF8.self) }
    }

    private func isGood(_ text: [UInt8], at position: Position) -> Bool {
        let place = Int(position.place)
        return parts.wanted[place].allSatisfy { patterns.matches($0, text.span) }
            && !parts.unwanted[place].contains { patterns.matches($0, text.span) }
    }

    private static func texts(of glob: [UInt8]) -> some Sequence<[UInt8]> {
        let pieces = glob.split(separator: Glob.star, omittingEmptySubsequences: false)
        return words.prefix(pieces.count > 1 ? words.count : 1).lazy.map { Array(pieces.joined(separator: $0.utf8)) }
    }
}
