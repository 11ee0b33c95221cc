/// A word of the filter language: `owner:kim`, `unused>90d`, `flagged`.
enum FilterField: String, CaseIterable {
    // With a value behind a colon.
    case owner, role, kind, finding, by, action, on
    // With a length of time behind `>` or `<`; `expires` also with `:never`.
    case unused, expires, created, seen
    // Alone.
    case flagged, quarantined, planned, never, pending, removed, refused, imported

    /// Words that join conditions in other languages. In quotes they are texts.
    static let joining: Set<String> = ["OR", "AND", "NOT", "||", "&&"]

    enum Form { case value, comparison, word }

    var form: Form {
        switch self {
        case .owner, .role, .kind, .finding, .by, .action, .on: .value
        case .unused, .expires, .created, .seen: .comparison
        case .flagged, .quarantined, .planned, .never, .pending, .removed, .refused, .imported: .word
        }
    }

    /// Which lists know it.
    static func all(of list: Filter.List) -> [FilterField] {
        switch list {
        case .members: [.role, .seen, .created, .pending, .removed]
        case .roles: [.created]
        case .tokens:
            [
                .owner, .role, .kind, .finding, .unused, .expires, .created, .flagged, .quarantined,
                .planned, .never, .imported,
            ]
        case .audit: [.by, .action, .on, .refused, .imported]
        }
    }
}

extension Filter {
    /// What can be typed to narrow the list, as it is typed: `owner:`, `unused>`, `flagged`.
    package static func vocabulary(of list: List) -> [String] {
        FilterField.all(of: list).map { field in
            switch field.form {
            case .value: "\(field.rawValue):"
            case .comparison: "\(field.rawValue)>"
            case .word: field.rawValue
            }
        }
    }
}
