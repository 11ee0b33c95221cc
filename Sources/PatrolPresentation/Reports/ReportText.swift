/// Foreign text in files that other programs open.
package enum ReportText {
    /// One field of a line of comma-separated values (RFC 4180), always in quotes.
    ///
    /// What a spreadsheet would take for a formula gets a `'` before it: a first `=`, `+`, `-` or `@`, in its wide form
    /// too, also behind blanks; and a first tab, carriage return or line feed. Unseen characters are shown as escapes.
    package static func csv(_ text: String) -> String {
        let isFormula = startsFormula(text)
        let clean = SafeText.lines(of: text).map(\.text).joined(separator: "; ").replacing("\"", with: "\"\"")
        return "\"\(isFormula ? "'" : "")\(clean)\""
    }

    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        if first == "\t" || first == "\r" || first == "\n" { return true }
        let meant = text.unicodeScalars.first { !$0.properties.isWhitespace }
        return meant.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    }

    /// Text within a line or a cell of Markdown, with nothing in it that means something there or in HTML, and no link.
    package static func markdown(_ text: String) -> String {
        let clean = SafeText.lines(of: text).map(\.text).joined(separator: "; ")
        var escaped = String.UnicodeScalarView()
        for scalar in clean.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "@", "$":
                escaped.append("\\")
                escaped.append(scalar)
            default: escaped.append(scalar)
            }
        }
        // Bare addresses become links in some dialects.
        return String(escaped).replacing("://", with: "\\://").replacing("www.", with: "www\\.")
    }
}
