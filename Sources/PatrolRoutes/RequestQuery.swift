/// A request's query, of which single parameters are read.
enum RequestQuery {
    enum Reading {
        case value, missing, unclear
    }

    /// Adds the decoded value of a parameter to `value`.
    ///
    /// It is unclear where two could be meant: the name stands twice, in another case, or with a `[` behind it; where a
    /// `;` could end a parameter; where `+` could be a blank; and where the name or value can't be decoded.
    static func read(_ name: Span<UInt8>, of bytes: Span<UInt8>, into value: inout [UInt8]) -> Reading {
        var found = false
        var start = 0
        var place = 0
        while place <= bytes.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: ";") { return .unclear }
            if place == bytes.count || bytes[place] == UInt8(ascii: "&") {
                let part = bytes.extracting(start..<place)
                start = place + 1
                switch likeness(of: part, name) {
                case .other: break
                case .similar: return .unclear
                case .same(let behind):
                    if found || !append(part, from: behind, to: &value) { return .unclear }
                    found = true
                }
            }
            place += 1
        }
        return found ? .value : .missing
    }

    private enum Likeness {
        case other, similar
        /// The value begins at this place.
        case same(Int)
    }

    /// Compares the name of a parameter, decoded, with the one that is looked for.
    private static func likeness(of part: Span<UInt8>, _ name: Span<UInt8>) -> Likeness {
        var place = 0
        var matched = 0
        var isExact = true
        while matched < name.count {
            guard place < part.count, part[place] != UInt8(ascii: "="), let (byte, length) = part.unescaped(at: place),
                byte.folded == name[matched].folded
            else { return .other }
            if byte != name[matched] { isExact = false }
            place += length
            matched += 1
        }
        if place == part.count { return .similar }
        if part[place] == UInt8(ascii: "=") { return isExact ? .same(place + 1) : .similar }
        guard let (byte, _) = part.unescaped(at: place) else { return .similar }
        // Names that go on are others, but for lists, and where something decodes to nothing that is seen.
        return byte == UInt8(ascii: "[") || byte.isControl ? .similar : .other
    }

    private static func append(_ part: Span<UInt8>, from start: Int, to value: inout [UInt8]) -> Bool {
        var place = start
        while place < part.count {
            guard part[place] != UInt8(ascii: "+"), let (byte, length) = part.unescaped(at: place) else { return false }
            value.append(byte)
            place += length
        }
        return true
    }
}
