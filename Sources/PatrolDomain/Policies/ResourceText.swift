extension Resource {
    /// Reads a resource as audit entries write it, with the tags of each segment:
    /// `proj/p;t1,t2:env/e;{critical:true}:flag/f`. At most `ResourcePattern.maximumLength` bytes;
    /// no wildcards and no placeholders, because it is one thing.
    package init(parsing text: String) throws(SpecifierFault) {
        var reader = try SpecifierReader(text)
        let written = try reader.resource()
        segments = written.map { segment in
            Segment(
                type: segment.type,
                key: segment.key.map(reader.text) ?? "",
                tags: segment.tags.map(reader.text),
                properties: Dictionary(segment.properties.map { ($0.name, $0.value) }) { first, _ in first },
                views: segment.views.map(reader.text))
        }
    }

    /// The longest text of one, in bytes.
    package static let maximumLength = ResourcePattern.maximumLength

    /// Whether a byte may stand in the key of one thing: what keys may hold, without the wildcard.
    package static func isKeyCharacter(_ byte: UInt8) -> Bool {
        byte != Glob.star && SpecifierReader.isKeyCharacter(byte)
    }

    /// Its types alone, as the catalogue writes them: `proj/*:env/*`.
    package var chain: String {
        segments.map { SpecifierReader.keylessTypes.contains($0.type) ? $0.type : "\($0.type)/*" }
            .joined(separator: ":")
    }
}

extension Resource: CustomStringConvertible {
    /// What `init(parsing:)` reads: tags in their order, then properties by name, then views.
    package var description: String {
        segments.map(\.description).joined(separator: ":")
    }
}

extension Resource.Segment: CustomStringConvertible {
    package var description: String {
        let selectors =
            tags
            + properties.sorted { $0.key < $1.key }.map { "{\($0.key):\($0.value)}" }
            + views.map { "view:\($0)" }
        let name = key.isEmpty ? type : "\(type)/\(key)"
        return selectors.isEmpty ? name : "\(name);\(selectors.joined(separator: ","))"
    }
}
