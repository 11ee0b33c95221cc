extension Filter: CustomStringConvertible {
    /// As a person would type it: `init(parsing:for:)` reads it back.
    package var description: String { terms.map(\.description).joined(separator: " ") }
}

extension Filter.Term: CustomStringConvertible {
    package var description: String { isExcluded ? "!\(condition)" : "\(condition)" }
}

extension Filter.Condition: CustomStringConvertible {
    package var description: String {
        switch self {
        case .text(let text): Self.isPlain(text) ? text : Self.quoted(text)
        case .owner(let name): Self.field(.owner, name)
        case .role(let name): Self.field(.role, name)
        case .kind(let kind): Self.field(.kind, kind.rawValue)
        case .finding(let rules): Self.field(.finding, rules.map(\.word).joined(separator: ","))
        case .actor(let name): Self.field(.by, name)
        case .action(let name): Self.field(.action, name)
        case .targetKind(let kind): Self.field(.on, kind.rawValue)
        case .neverExpires: Self.field(.expires, "never")
        case .unused(let comparison, let span): Self.field(.unused, comparison, span)
        case .expires(let comparison, let span): Self.field(.expires, comparison, span)
        case .created(let comparison, let span): Self.field(.created, comparison, span)
        case .seen(let comparison, let span): Self.field(.seen, comparison, span)
        case .flagged: FilterField.flagged.rawValue
        case .quarantined: FilterField.quarantined.rawValue
        case .planned: FilterField.planned.rawValue
        case .neverUsed: FilterField.never.rawValue
        case .pending: FilterField.pending.rawValue
        case .removed: FilterField.removed.rawValue
        case .refused: FilterField.refused.rawValue
        case .imported: FilterField.imported.rawValue
        }
    }

    private static func field(_ field: FilterField, _ value: String) -> String {
        "\(field.rawValue):\(isOneWord(value) ? value : quoted(value))"
    }

    private static func field(_ field: FilterField, _ comparison: Filter.Comparison, _ span: TimeSpan) -> String {
        "\(field.rawValue)\(comparison.rawValue)\(FilterSpan.text(span))"
    }

    private static func isOneWord(_ text: String) -> Bool {
        !text.isEmpty && !(text.unicodeScalars.first.map { "\":<>=!".unicodeScalars.contains($0) } ?? true)
            && !text.unicodeScalars.contains { $0.properties.isWhitespace }
    }

    /// Whether it is read as a text without quotes.
    private static func isPlain(_ text: String) -> Bool {
        isOneWord(text) && text.unicodeScalars.first != "!" && FilterField(rawValue: text) == nil
            && !FilterField.joining.contains(text)
            && !text.unicodeScalars.contains { $0 == ":" || $0 == ">" || $0 == "<" || $0 == "=" || $0 == "!" }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}
