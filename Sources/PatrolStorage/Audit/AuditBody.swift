internal import PatrolDomain

/// The part of an entry that names people and quotes them. It can be erased; the log holds its digest.
///
/// Each text after its length in decimal digits and `:`, ended by `,`; a missing one is `-,`. In order: the
/// actor's name, the target's name, the comment, and of each change the field, before and after.
struct AuditBody: Hashable, Sendable {
    var actorName: String
    var targetName: String
    var comment: String
    var changes: [FieldChange]

    static let erased = AuditBody(actorName: "", targetName: "", comment: "", changes: [])

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(96)
        for text in [actorName, targetName, comment] { Self.write(text, to: &bytes) }
        for change in changes {
            Self.write(change.field, to: &bytes)
            Self.write(change.before, to: &bytes)
            Self.write(change.after, to: &bytes)
        }
        return bytes
    }

    private static func write(_ text: String?, to bytes: inout [UInt8]) {
        if let text {
            bytes.append(contentsOf: String(text.utf8.count).utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: text.utf8)
        } else {
            bytes.append(UInt8(ascii: "-"))
        }
        bytes.append(UInt8(ascii: ","))
    }
}

extension AuditBody {
    /// Nil where the bytes are not a body.
    init?(_ bytes: [UInt8]) {
        var texts: [String?] = []
        var place = 0
        while place < bytes.count {
            guard let text = Self.read(bytes, &place) else { return nil }
            texts.append(text)
        }
        guard texts.count >= 3, texts.count % 3 == 0, let actor = texts[0], let target = texts[1],
            let comment = texts[2]
        else { return nil }
        var changes: [FieldChange] = []
        for start in stride(from: 3, to: texts.count, by: 3) {
            guard let field = texts[start] else { return nil }
            changes.append(FieldChange(field, before: texts[start + 1], after: texts[start + 2]))
        }
        self.init(actorName: actor, targetName: target, comment: comment, changes: changes)
    }

    private static func read(_ bytes: [UInt8], _ place: inout Int) -> String?? {
        var text: String?
        if bytes[place] == UInt8(ascii: "-") {
            place += 1
        } else {
            var count = 0
            var digits = 0
            while place < bytes.count, (48...57).contains(bytes[place]), digits < 9 {
                count = count * 10 + Int(bytes[place] - 48)
                place += 1
                digits += 1
            }
            guard digits > 0, place < bytes.count, bytes[place] == UInt8(ascii: ":"),
                count < bytes.count - place
            else { return nil }
            place += 1
            guard place + count < bytes.count else { return nil }
            text = String(decoding: bytes[place..<place + count], as: UTF8.self)
            place += count
        }
        guard place < bytes.count, bytes[place] == UInt8(ascii: ",") else { return nil }
        place += 1
        return .some(text)
    }
}
