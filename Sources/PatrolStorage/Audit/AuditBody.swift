internal import PatrolDomain

/// The part of an entry that names people and quotes them. The log holds its digest only, so that a later
/// version may erase it and the log still holds; in this one triggers forbid that.
///
/// Texts, each ended by the byte `1F`: the actor's name, the target's name, the comment, and of each change
/// the field, before and after. A missing one is `1E`; in a text, `1B`, `1E` and `1F` come after a `1B`. A
/// search in the bytes finds what stands in the texts.
struct AuditBody: Hashable, Sendable {
    var actorName: String
    var targetName: String
    var comment: String
    var changes: [FieldChange]

    static let erased = AuditBody(actorName: "", targetName: "", comment: "", changes: [])

    /// The longest text of a change that is kept, in Unicode scalars.
    static let maximumText = 4_000

    private static let escape: UInt8 = 0x1B
    private static let missing: UInt8 = 0x1E
    private static let end: UInt8 = 0x1F

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
            for byte in text.utf8 {
                if byte == escape || byte == missing || byte == end { bytes.append(escape) }
                bytes.append(byte)
            }
        } else {
            bytes.append(missing)
        }
        bytes.append(end)
    }
}

extension FieldChange {
    /// With texts that fit into an entry: what is cut off ends with an ellipsis.
    var cut: FieldChange { FieldChange(field, before: Self.cut(before), after: Self.cut(after)) }

    private static func cut(_ text: String?) -> String? {
        guard let text, text.utf8.count > AuditBody.maximumText else { return text }
        let scalars = text.unicodeScalars
        guard scalars.count > AuditBody.maximumText else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(AuditBody.maximumText - 1))) + "…"
    }
}

extension AuditBody {
    /// Nil where the bytes are not a body.
    init?(_ bytes: [UInt8]) {
        var texts: [String?] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let text = Self.read(&rest) else { return nil }
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

    private static func read(_ rest: inout ArraySlice<UInt8>) -> String?? {
        var text: [UInt8] = []
        var isMissing = false
        while let byte = rest.popFirst() {
            switch byte {
            case end:
                if isMissing { return text.isEmpty ? .some(nil) : nil }
                return .some(String(decoding: text, as: UTF8.self))
            case missing: isMissing = true
            case escape:
                guard let next = rest.popFirst() else { return nil }
                text.append(next)
            default: text.append(byte)
            }
        }
        return nil
    }
}
