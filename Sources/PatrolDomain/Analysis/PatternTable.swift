/// The globs of a comparison, each once, and what follows from one about another.
///
/// Texts are over an open alphabet: there is always a character that no pattern mentions. So what matches a glob in
/// which such a character stands for each star contains the whole glob, a union of globs contains one only where a
/// single member does, and two globs with stars have a text in common where neither their beginnings nor their ends
/// are at odds.
struct PatternTable: Sendable {
    /// A place in the table.
    typealias ID = Int32

    /// All actions that only look. No glob, but so many: `view`, `viewA*`, …, `viewZ*`.
    static let viewing: ID = 0
    static let everything: ID = 1

    /// Stands for each star in a glob's canonical text; no UTF-8 has it.
    static let fresh: UInt8 = 0xFF

    private struct Entry: Sendable {
        /// Where its bytes begin; its canonical text follows.
        var start: Int
        var count: Int
        /// How many bytes stand before the first star and after the last.
        var prefix: Int
        var suffix: Int
        var hasStar: Bool
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    private var ids: [[UInt8]: ID] = [:]
    private(set) var viewingParts: [ID] = []

    init() {
        entries = [Entry(start: 0, count: 0, prefix: 0, suffix: 0, hasStar: true)]
        _ = add([Glob.star])
        let view = Array("view".utf8)
        viewingParts = [add(view)] + (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { add(view + [$0, Glob.star]) }
    }

    mutating func add(_ glob: [UInt8]) -> ID {
        if let id = ids[glob] { return id }
        let plain = Self.withoutDoubleStars(glob)
        if plain.count < glob.count, let id = ids[plain] {
            ids[glob] = id
            return id
        }
        let id = ID(entries.count)
        let (first, last) = (plain.firstIndex(of: Glob.star), plain.lastIndex(of: Glob.star))
        entries.append(
            Entry(
                start: bytes.count, count: plain.count, prefix: first ?? plain.count,
                suffix: last.map { plain.count - 1 - $0 } ?? plain.count, hasStar: first != nil))
        bytes += plain
        bytes += Self.canonical(plain)
        ids[plain] = id
        ids[glob] = id
        return id
    }

    func hasStar(_ id: ID) -> Bool { entries[Int(id)].hasStar }

    func glob(_ id: ID) -> [UInt8] { Array(bytes[range(id)]) }

    private func range(_ id: ID) -> Range<Int> {
        let entry = entries[Int(id)]
        return entry.start..<(entry.start + entry.count)
    }

    private func canonicalRange(_ id: ID) -> Range<Int> {
        let entry = entries[Int(id)]
        return (entry.start + entry.count)..<(entry.start + 2 * entry.count)
    }

    /// The glob with the fresh character for each star.
    static func canonical(_ glob: [UInt8]) -> [UInt8] { glob.map { $0 == Glob.star ? fresh : $0 } }

    private static func withoutDoubleStars(_ glob: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(glob.count)
        for byte in glob where byte != Glob.star || plain.last != Glob.star { plain.append(byte) }
        return plain
    }
}

// MARK: - What follows

extension PatternTable {
    /// Whether all that `part` matches is matched by `whole`.
    func isInside(_ part: ID, _ whole: ID) -> Bool {
        if part == whole || whole == Self.everything { return true }
        if part == Self.viewing { return viewingParts.allSatisfy { isInside($0, whole) } }
        if whole == Self.viewing { return Self.isViewing(bytes.span.extracting(canonicalRange(part))) }
        // Each glob is there once, so another text is not inside.
        guard entries[Int(whole)].hasStar else { return false }
        return Glob.matches(bytes.span.extracting(range(whole)), bytes.span.extracting(canonicalRange(part)))
    }

    /// Whether no text matches both.
    func areDisjoint(_ left: ID, _ right: ID) -> Bool {
        if left == right { return false }
        if left == Self.viewing { return viewingParts.allSatisfy { areDisjoint($0, right) } }
        if right == Self.viewing { return viewingParts.allSatisfy { areDisjoint($0, left) } }
        let (one, other) = (entries[Int(left)], entries[Int(right)])
        switch (one.hasStar, other.hasStar) {
        case (false, false): return true
        case (false, true):
            return !Glob.matches(bytes.span.extracting(range(right)), bytes.span.extracting(range(left)))
        case (true, false):
            return !Glob.matches(bytes.span.extracting(range(left)), bytes.span.extracting(range(right)))
        case (true, true):
            for place in 0..<min(one.prefix, other.prefix)
            where bytes[one.start + place] != bytes[other.start + place] { return true }
            let (end, otherEnd) = (one.start + one.count, other.start + other.count)
            for place in 0..<min(one.suffix, other.suffix)
            where bytes[end - 1 - place] != bytes[otherEnd - 1 - place] { return true }
            return false
        }
    }

    /// Whether the pattern matches a text, which may be a canonical one.
    func matches(_ id: ID, _ text: Span<UInt8>) -> Bool {
        if id == Self.viewing { return Self.isViewing(text) }
        return Glob.matches(bytes.span.extracting(range(id)), text)
    }

    /// As `Action.isView`.
    private static func isViewing(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 4, text[0] == UInt8(ascii: "v"), text[1] == UInt8(ascii: "i"),
            text[2] == UInt8(ascii: "e"), text[3] == UInt8(ascii: "w")
        else { return false }
        return text.count == 4 || (text[4] >= UInt8(ascii: "A") && text[4] <= UInt8(ascii: "Z"))
    }

    /// Whether both are values, and other ones, of one property (see `property`).
    func areOtherValues(_ left: ID, _ right: ID) -> Bool {
        if left == right { return false }
        let (one, other) = (bytes[range(left)], bytes[range(right)])
        let name = one.prefix { $0 != UInt8(ascii: ":") }
        return other.starts(with: name) && other.dropFirst(name.count).first == UInt8(ascii: ":")
    }

    /// A property with its value: neither has a colon in it.
    mutating func property(_ name: String, _ value: String) -> ID { add(Array("\(name):\(value)".utf8)) }

    /// The beginnings and ends of globs with stars, and what stands between their stars.
    func parts(_ id: ID) -> (prefix: ArraySlice<UInt8>, middles: [ArraySlice<UInt8>], suffix: ArraySlice<UInt8>) {
        let entry = entries[Int(id)]
        let all = bytes[range(id)]
        let middle = all.dropFirst(entry.prefix).dropLast(entry.suffix)
        return (all.prefix(entry.prefix), middle.split(separator: Glob.star), all.suffix(entry.suffix))
    }
}
