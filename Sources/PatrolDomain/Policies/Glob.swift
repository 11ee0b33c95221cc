/// A pattern over bytes in which `*` stands for any run of bytes, also none.
///
/// Matching keeps the place of the last star and goes back to it at most once for each byte of the
/// text: at worst pattern × text steps, whatever the pattern.
struct Glob: Hashable, Sendable {
    private enum Shape: Hashable, Sendable { case everything, exact, prefix, general }

    static let star = UInt8(ascii: "*")

    let bytes: [UInt8]
    private let shape: Shape

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        switch bytes.firstIndex(of: Self.star) {
        case nil: shape = .exact
        case 0 where bytes.count == 1: shape = .everything
        case bytes.count - 1: shape = .prefix
        default: shape = .general
        }
    }

    static let everything = Glob([star])

    var hasStar: Bool { shape != .exact }

    func matches(_ text: Span<UInt8>) -> Bool {
        switch shape {
        case .everything: true
        case .exact: bytes.count == text.count && Self.begins(text, with: bytes.span)
        case .prefix: Self.begins(text, with: bytes.span.extracting(droppingLast: 1))
        case .general: Self.matches(bytes.span, text)
        }
    }

    /// As `matches`, with ASCII letters of the text in any case. The pattern has to be in lower case.
    func matchesInAnyCase(_ text: Span<UInt8>) -> Bool {
        if shape == .everything { return true }
        let folded = [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
            for place in text.indices { buffer.initializeElement(at: place, to: Self.lowercased(text[place])) }
            count = text.count
        }
        return matches(folded.span)
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private static func begins(_ text: Span<UInt8>, with start: Span<UInt8>) -> Bool {
        guard text.count >= start.count else { return false }
        for place in start.indices where text[place] != start[place] { return false }
        return true
    }

    /// Whether `pattern` matches `text`, both cut into parts by `separator`, which no star passes.
    /// What has been matched before a separator is settled, as is all but the last star in a part.
    static func matches(_ pattern: Span<UInt8>, _ text: Span<UInt8>, separator: UInt8? = nil) -> Bool {
        var (at, next) = (0, 0)
        // Where the last star stands in the pattern, and how far in the text it reaches so far.
        var (lastStar, reach) = (-1, 0)
        while at < text.count {
            if next < pattern.count && pattern[next] == star {
                (lastStar, reach) = (next, at)
                next += 1
            } else if next < pattern.count && pattern[next] == text[at] {
                if text[at] == separator { lastStar = -1 }
                at += 1
                next += 1
            } else if lastStar >= 0 && text[reach] != separator {
                reach += 1
                (at, next) = (reach, lastStar + 1)
            } else {
                return false
            }
        }
        while next < pattern.count && pattern[next] == star { next += 1 }
        return next == pattern.count
    }
}

extension Glob {
    /// The places in `text` that can be reached by matching this glob from one of the places `from`.
    /// `from[n]` says whether place `n` (0 to the length of the text) can be reached.
    func places(in text: Span<UInt8>, from: [Bool]) -> [Bool] {
        var reached = from
        for byte in bytes {
            if byte == Self.star {
                if let first = reached.firstIndex(of: true) {
                    for place in first..<reached.count { reached[place] = true }
                }
            } else {
                for place in stride(from: text.count, to: 0, by: -1) {
                    reached[place] = reached[place - 1] && text[place - 1] == byte
                }
                reached[0] = false
            }
        }
        return reached
    }
}
