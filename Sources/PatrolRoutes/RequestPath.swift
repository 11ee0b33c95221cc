/// The path of a request as it is judged: its segments, decoded once.
///
/// Nothing is put right. A form that a proxy or the API behind it may read in another way is a `RequestFault`; what is
/// left means the same to all of them. One slash at the end is no segment.
///
/// To be used again and again: what it holds is kept for the next request.
package struct RequestPath: Sendable {
    /// Of a target, in bytes.
    package static let maximumLength = 8_192
    package static let maximumSegments = 64

    /// The decoded segments with slashes between them.
    private(set) var bytes: [UInt8] = []
    /// Where each segment ends.
    private(set) var ends: [Int] = []
    /// Where the query begins in the target; nil where there is none.
    private(set) var queryStart: Int?

    package init() {
        bytes.reserveCapacity(Self.maximumLength)
        ends.reserveCapacity(Self.maximumSegments)
    }

    var count: Int { ends.count }

    /// Where a segment stands in `bytes`.
    func range(of segment: Int) -> Range<Int> {
        (segment == 0 ? 0 : ends[segment - 1] + 1)..<ends[segment]
    }

    /// The path with its segments decoded, for people.
    package var text: String { "/" + String(decoding: bytes, as: UTF8.self) }

    /// Looks at a request's target: the second word of its first line.
    /// - Parameter host: As the request gives it; a port counts. Empty where it gives none.
    /// - Returns: Why it can't be judged; nil where it can.
    package mutating func read(_ target: Span<UInt8>, host: Span<UInt8>) -> RequestFault? {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        queryStart = nil
        if target.count > Self.maximumLength { return .tooLong }
        if let fault = Self.byteFault(target) { return fault }
        var place = 0
        if target.isEmpty || target[0] != UInt8(ascii: "/") {
            guard let start = Self.pathStart(target, host: host, fault: &place) else {
                return place == 0 ? .notAPath : .otherHost
            }
            place = start
        }
        return segments(target, from: place)
    }

    /// What may stand nowhere, also not in a query.
    private static func byteFault(_ target: Span<UInt8>) -> RequestFault? {
        var place = 0
        while place < target.count {
            let byte = target[place]
            if byte <= 0x20 || byte == 0x7F { return .control }
            if byte == UInt8(ascii: "#") { return .fragment }
            place += 1
        }
        return nil
    }

    /// Behind `http://host` or `https://host`.
    /// - Parameter fault: 1 where it is of that form, but of another host.
    private static func pathStart(_ target: Span<UInt8>, host: Span<UInt8>, fault: inout Int) -> Int? {
        let long = "https://".utf8Span.span
        let short = "http://".utf8Span.span
        let isLong = target.count > long.count && target.extracting(first: long.count).isEqualInAnyCase(long)
        guard isLong || (target.count > short.count && target.extracting(first: short.count).isEqualInAnyCase(short)) else {
            return nil
        }
        let start = isLong ? long.count : short.count
        var end = start
        while end < target.count, target[end] != UInt8(ascii: "/"), target[end] != UInt8(ascii: "?") { end += 1 }
        guard end < target.count, target[end] == UInt8(ascii: "/") else { return nil }
        guard !host.isEmpty, target.extracting(start..<end).isEqualInAnyCase(host) else {
            fault = 1
            return nil
        }
        return end
    }

    // MARK: - Segments

    private mutating func segments(_ target: Span<UInt8>, from start: Int) -> RequestFault? {
        // Behind the slash.
        var place = start + 1
        while place < target.count, target[place] != UInt8(ascii: "?") {
            if count == Self.maximumSegments { return .tooManySegments }
            if let fault = segment(target, &place) { return fault }
        }
        if place < target.count { queryStart = place + 1 }
        return Self.isUTF8(bytes.span) ? nil : .notUTF8
    }

    /// Reads one segment, and the slash behind it.
    private mutating func segment(_ target: Span<UInt8>, _ place: inout Int) -> RequestFault? {
        if count > 0 { bytes.append(UInt8(ascii: "/")) }
        let start = bytes.count
        while place < target.count, target[place] != UInt8(ascii: "?"), target[place] != UInt8(ascii: "/") {
            guard let (byte, length) = target.unescaped(at: place) else { return .badEscape }
            if let fault = Self.fault(byte, isEncoded: length > 1) { return fault }
            place += length
            bytes.append(byte)
        }
        let length = bytes.count - start
        if length == 0 { return .emptySegment }
        if isEncodedStill(from: start) { return .doubleEncoded }
        if let fault = dotFault(from: start) { return fault }
        ends.append(bytes.count)
        if place < target.count, target[place] == UInt8(ascii: "/") { place += 1 }
        return nil
    }

    private static func fault(_ byte: UInt8, isEncoded: Bool) -> RequestFault? {
        switch byte {
        case UInt8(ascii: "\\"): .backslash
        case UInt8(ascii: ";"): .pathParameter
        case UInt8(ascii: "/"): .encodedSlash
        case UInt8(ascii: "?"), UInt8(ascii: "#"): .encodedDelimiter
        default: byte.isControl ? .control : nil
        }
    }

    /// Whether what was decoded has an escape in it, so that decoding it again would make another thing of it.
    private func isEncodedStill(from start: Int) -> Bool {
        var place = start
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%"), bytes.span.unescaped(at: place) != nil { return true }
            place += 1
        }
        return false
    }

    private func dotFault(from start: Int) -> RequestFault? {
        let length = bytes.count - start
        guard length <= 2, bytes[start] == UInt8(ascii: "."), bytes[bytes.count - 1] == UInt8(ascii: ".") else { return nil }
        return length == 2 && ends.isEmpty ? .aboveRoot : .dotSegment
    }

    private static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
        var place = 0
        while place < bytes.count {
            if bytes[place] >= 0x80 { return (try? UTF8Span(validating: bytes)) != nil }
            place += 1
        }
        return true
    }
}
