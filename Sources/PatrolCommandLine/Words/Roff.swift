/// A page in the notation of man(7). Text comes in as it is to be read; what means something to roff is escaped here.
struct Roff {
    private(set) var source = ""

    mutating func begin(_ name: String, version: String) {
        source += ".\\\" Made by `patrol manual`; do not edit.\n"
        source += ".TH \(name) 1 \"\" \"\(Self.escaped(version))\" \"User Commands\"\n"
        // Lines are not hyphenated: a command that is torn can't be copied.
        source += ".nh\n.ad l\n"
    }

    mutating func section(_ title: String) { source += ".SH \(title)\n" }

    mutating func subsection(_ title: String) { source += ".SS \(Self.escaped(title))\n" }

    /// A paragraph.
    mutating func text(_ text: String) { source += ".PP\n\(Self.line(text))\n" }

    /// A word, and what is said of it below and indented.
    mutating func entry(_ name: String, _ text: String) {
        source += ".TP\n\\fB\(Self.escaped(name))\\fR\n\(Self.line(text))\n"
    }

    /// A line to be typed, as it is.
    mutating func example(_ text: String) { source += ".PP\n.RS 4\n.nf\n\(Self.line(text))\n.fi\n.RE\n" }

    /// Whether a note of the help is a line to be typed.
    static func isExample(_ note: String) -> Bool {
        ["patrol ", "source ", "[{"].contains(where: note.hasPrefix) && !note.hasPrefix("patrol alone")
    }

    /// A line of text: one that began with a point or a quote would be a request.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\e"
            // Signs that roff would turn into typographic ones, which no shell reads.
            case "-": escaped += "\\-"
            case "'": escaped += "\\(aq"
            case "`": escaped += "\\(ga"
            case "^": escaped += "\\(ha"
            case "~": escaped += "\\(ti"
            case "\n": escaped += " "
            case _ where scalar.isASCII: escaped.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)]"
            }
        }
        return escaped
    }
}
