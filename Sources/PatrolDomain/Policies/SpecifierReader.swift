/// Reads the notation of resources and resource patterns, byte by byte:
///
///     specifier = "acct" | segment *( ":" ["/"] segment )
///     segment   = type "/" key [ ";" selector *( "," selector ) ]
///     selector  = tag | "{" property ":" value "}" | "view:" key
///
/// The slash after a colon is an old form of writing. All characters are ASCII, so the place of a
/// fault in bytes is its place in Unicode scalars too.
struct SpecifierReader {
    /// Types that have no key: there is one such thing in an account.
    static let keylessTypes: Set<String> = ["acct", "ip-allowlist"]

    private static let viewOpening = Array("view:".utf8)

    /// A segment as it is written, its parts not yet looked at.
    struct Segment {
        var type: String
        /// Nil for a type without keys.
        var key: Range<Int>?
        /// From its type to the last of its selectors.
        var range = 0..<0
        var tags: [Range<Int>] = []
        var properties: [(name: String, value: String)] = []
        var views: [Range<Int>] = []
    }

    let bytes: [UInt8]
    private var place = 0

    init(_ text: String) throws(SpecifierFault) { try self.init(bytes: Array(text.utf8)) }

    init(bytes: [UInt8]) throws(SpecifierFault) {
        self.bytes = bytes
        if bytes.isEmpty { throw SpecifierFault(.empty, at: 0) }
        if bytes.count > ResourcePattern.maximumLength {
            throw SpecifierFault(.tooLong(limit: ResourcePattern.maximumLength), at: 0)
        }
    }

    mutating func segments() throws(SpecifierFault) -> [Segment] {
        var segments: [Segment] = []
        while true {
            let start = place
            var segment = try self.segment()
            segment.range = start..<place
            if segment.key == nil && (!segments.isEmpty || place < bytes.count) {
                throw SpecifierFault(.standsAlone(type: segment.type), at: segments.isEmpty ? place : start)
            }
            segments.append(segment)
            guard place < bytes.count else { return segments }
            // Only a colon ends a segment before the end of the text.
            place += 1
            if byte == UInt8(ascii: "/") { place += 1 }
        }
    }

    /// The segments of a resource, which is one thing: no wildcards and no placeholders.
    mutating func resource() throws(SpecifierFault) -> [Segment] {
        let segments = try self.segments()
        if let place = bytes.firstIndex(where: { $0 == Glob.star || $0 == UInt8(ascii: "$") }) {
            throw SpecifierFault(.patternInResource, at: place)
        }
        return segments
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func scalar(at place: Int) -> Unicode.Scalar {
        if bytes[place] < 0x80 { return Unicode.Scalar(bytes[place]) }
        let rest = String(decoding: bytes[place...].prefix(4), as: UTF8.self)
        return rest.unicodeScalars.first ?? "\u{FFFD}"
    }

    // MARK: - Parts

    private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func fault(_ reason: SpecifierFault.Reason) -> SpecifierFault {
        SpecifierFault(reason, at: place)
    }

    private mutating func segment() throws(SpecifierFault) -> Segment {
        let type = try self.type()
        if Self.keylessTypes.contains(type) { return Segment(type: type, key: nil) }
        guard byte == UInt8(ascii: "/") else {
            throw isAtSegmentEnd || byte == UInt8(ascii: ";")
                ? fault(.missingKey(type: type)) : fault(.forbiddenCharacter(scalar(at: place)))
        }
        place += 1
        var segment = Segment(type: type, key: try key(of: type))
        if byte == UInt8(ascii: ";") {
            repeat {
                place += 1
                try selector(into: &segment)
            } while byte == UInt8(ascii: ",")
            if !isAtSegmentEnd { throw fault(.forbiddenCharacter(scalar(at: place))) }
        }
        return segment
    }

    private var isAtSegmentEnd: Bool { byte == nil || byte == UInt8(ascii: ":") }

    private mutating func type() throws(SpecifierFault) -> String {
        let start = place
        while let byte, Self.isLowercase(byte) || (place > start && (Self.isDigit(byte) || byte == UInt8(ascii: "-"))) {
            place += 1
        }
        if byte == Glob.star { throw fault(.wildcardInType) }
        if place == start { throw fault(.missingType) }
        return text(start..<place)
    }

    private mutating func key(of type: String) throws(SpecifierFault) -> Range<Int> {
        let start = place
        while let byte, !isAtSegmentEnd, byte != UInt8(ascii: ";") {
            if byte == UInt8(ascii: "$") {
                try skipPlaceholder()
            } else if byte == UInt8(ascii: ",") {
                throw fault(.commaInKey)
            } else if Self.isKeyCharacter(byte) {
                place += 1
            } else {
                throw fault(.forbiddenCharacter(scalar(at: place)))
            }
        }
        if place == start { throw fault(.missingKey(type: type)) }
        return start..<place
    }

    /// `${roleAttribute/key}`, of which `KeyPattern` makes sense.
    private mutating func skipPlaceholder() throws(SpecifierFault) {
        let opening = KeyPattern.placeholderOpening
        let start = place
        guard bytes[place...].starts(with: opening) else { throw fault(.badPlaceholder) }
        place += opening.count
        let name = place
        while let byte, Self.isTagCharacter(byte), byte != Glob.star { place += 1 }
        guard byte == UInt8(ascii: "}"), place > name else { throw SpecifierFault(.badPlaceholder, at: start) }
        place += 1
    }

    private mutating func selector(into segment: inout Segment) throws(SpecifierFault) {
        if byte == UInt8(ascii: "{") {
            let start = place
            let property = try self.property()
            if segment.properties.contains(where: { $0.name == property.name }) {
                throw SpecifierFault(.repeatedProperty(property.name), at: start)
            }
            segment.properties.append(property)
        } else if isAtView {
            place += Self.viewOpening.count
            segment.views.append(try tag())
        } else {
            segment.tags.append(try tag())
        }
    }

    /// `view:frontend`; but in `env/e;view:flag/f` a tag named `view` ends the segment.
    private var isAtView: Bool {
        let rest = bytes[place...]
        guard rest.starts(with: Self.viewOpening) else { return false }
        let afterWord = rest.dropFirst(Self.viewOpening.count).drop(while: Self.isTagCharacter)
        return afterWord.first != UInt8(ascii: "/")
    }

    private mutating func tag() throws(SpecifierFault) -> Range<Int> {
        let start = place
        while let byte, Self.isTagCharacter(byte) { place += 1 }
        if byte == UInt8(ascii: "$") { throw fault(.placeholderInTag) }
        if let byte, !isAtSegmentEnd, byte != UInt8(ascii: ",") {
            throw fault(.forbiddenCharacter(scalar(at: place)))
        }
        if place == start { throw fault(.missingSelector) }
        return start..<place
    }

    private mutating func property() throws(SpecifierFault) -> (name: String, value: String) {
        let start = place
        func word(from first: Int) -> Range<Int> {
            var end = first
            while end < bytes.count, Self.isTagCharacter(bytes[end]), bytes[end] != Glob.star { end += 1 }
            return first..<end
        }
        let name = word(from: place + 1)
        let value = word(from: name.upperBound + 1)
        guard !name.isEmpty, !value.isEmpty, value.upperBound < bytes.count,
            bytes[name.upperBound] == UInt8(ascii: ":"), bytes[value.upperBound] == UInt8(ascii: "}")
        else { throw SpecifierFault(.badProperty, at: start) }
        place = value.upperBound + 1
        return (text(name), text(value))
    }

    // MARK: - Characters

    private static func isLowercase(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// Letters, digits, `.`, `_`, `-`, and the wildcard.
    static func isTagCharacter(_ byte: UInt8) -> Bool {
        (byte < 0x80 && isLowercase(byte | 0x20)) || isDigit(byte)
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == Glob.star
    }

    /// Whatever is visible ASCII and means nothing in the notation: keys of users are free text.
    static func isKeyCharacter(_ byte: UInt8) -> Bool {
        guard byte > 0x20 && byte < 0x7F else { return false }
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "$"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
            return false
        default: return true
        }
    }
}
