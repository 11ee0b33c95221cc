import PatrolDomain
import PatrolJSON

/// One entry of an answer, field by field. Whatever is not as expected becomes a note.
struct Entry {
    let json: JSON
    let kind: AnswerKind
    let file: String
    /// From 0.
    let place: Int
    private(set) var notes: [ImportNote] = []

    init(_ json: JSON, kind: AnswerKind, file: String, place: Int) {
        self.json = json
        self.kind = kind
        self.file = file
        self.place = place
        for member in json.members ?? [] where !kind.fields.contains(member.name) {
            note(.unknownField, member.name)
        }
    }

    mutating func note(_ fact: ImportNote.Fact, _ field: String?) {
        notes.append(ImportNote(fact, file: file, entry: place, field: field))
    }

    /// The field's value; nil where it is absent or null.
    func value(_ field: String) -> JSON? {
        guard let value = json[field], !value.isNull else { return nil }
        return value
    }

    mutating func text(_ field: String) -> String? {
        guard let value = value(field) else { return nil }
        if let text = value.string { return text }
        note(.wrongType(found: value.kind, taken: "nothing"), field)
        return nil
    }

    /// A text that becomes part of a record, cleaned as the rule asks. Empty where there is none.
    mutating func text(_ field: String, as rule: TextRule) -> String {
        guard let text = text(field) else { return "" }
        return cleaned(text, field, as: rule)
    }

    mutating func cleaned(_ text: String, _ field: String, as rule: TextRule) -> String {
        let cleaned = rule.cleaning(text)
        if cleaned != text { note(.cleaned, field) }
        return cleaned
    }

    /// A field that LaunchDarkly always sends.
    mutating func bool(_ field: String, orElse fallback: Bool, isRequired: Bool = false) -> Bool {
        guard let value = value(field) else {
            if isRequired { note(.missing(taken: "\(fallback)"), field) }
            return fallback
        }
        if let bool = value.bool { return bool }
        note(.wrongType(found: value.kind, taken: "\(fallback)"), field)
        return fallback
    }

    mutating func integer(_ field: String) -> Int64? {
        switch value(field) {
        case nil: return nil
        case .integer(let number): return number
        case .real(let number) where abs(number) < 9e15 && Double(Int64(number)) == number:
            return Int64(number)
        case .string(let text) where Int64(text) != nil:
            note(.numberAsText, field)
            return Int64(text)
        case let other?:
            note(.wrongType(found: other.kind, taken: "nothing"), field)
            return nil
        }
    }

    /// Milliseconds; nil for 0, which means never.
    mutating func moment(_ field: String) -> Timestamp? {
        if json[field]?.isNull == true { note(.null, field) }
        guard let number = integer(field), number != 0 else { return nil }
        let moment = Timestamp(milliseconds: number)
        if Timestamp.accepted.contains(moment) { return moment }
        note(.outOfRange(taken: "none"), field)
        return nil
    }

    /// A date that LaunchDarkly always sends.
    mutating func moment(_ field: String, orElse fallback: Timestamp) -> Timestamp {
        let before = notes.count
        if let moment = moment(field) { return moment }
        if notes.count == before { note(.missing(taken: "the time of the import"), field) }
        return fallback
    }

    mutating func objects(_ field: String) -> [JSON] {
        guard let value = value(field) else { return [] }
        guard let elements = value.elements else {
            note(.wrongType(found: value.kind, taken: "an empty list"), field)
            return []
        }
        return elements
    }

    mutating func texts(_ field: String) -> [String] {
        objects(field).compactMap { element in
            if let text = element.string { return text }
            note(.wrongType(found: element.kind, taken: "nothing"), field)
            return nil
        }
    }

    mutating func roleAttributes() -> RoleAttributes {
        guard let value = value("roleAttributes") else { return [:] }
        if let attributes = RoleAttributes(json: value) {
            guard attributes.fault != nil else { return attributes }
            note(.wrongType(found: "attributes that can't be accepted", taken: "no attributes"), "roleAttributes")
            return [:]
        }
        note(.wrongType(found: value.kind, taken: "no attributes"), "roleAttributes")
        return [:]
    }

    /// A policy that can't be read in full allows nothing: to leave out a statement that denies would
    /// give more than was meant.
    mutating func policy(_ field: String) -> Policy? {
        guard let value = value(field) else { return nil }
        do {
            let policy = try Policy(json: value, reading: .tolerant)
            for name in Policy.unknownFields(in: value) { note(.unknownField, "\(field).\(name)") }
            return policy
        } catch {
            note(.unreadablePolicy(error), field)
            return nil
        }
    }
}

extension TextRule {
    /// A text of at most so many Unicode scalars that has no rule of its own here.
    static func foreign(_ maximumLength: Int) -> TextRule {
        var rule = TextRule.comment
        rule.maximumLength = maximumLength
        return rule
    }

    /// `text` as the rule allows it: what can't be shown becomes U+FFFD, and what is too long is cut.
    func cleaning(_ text: String) -> String {
        guard fault(in: text) != nil else { return text }
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(maximumLength) {
            cleaned.append(TextRule.isForbidden(scalar) ? "\u{FFFD}" : scalar)
        }
        switch fault(in: String(cleaned)) {
        case nil, .empty: return String(cleaned)
        case .looksLikeASecret: return "a secret stood here"
        default:
            // Too many combining marks, or one without a base.
            return String(String.UnicodeScalarView(cleaned.map { $0.isASCII ? $0 : "\u{FFFD}" }))
        }
    }
}
