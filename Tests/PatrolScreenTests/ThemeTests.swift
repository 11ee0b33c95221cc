import Glibc
import PatrolScreen
import Testing

@Suite struct `Themes` {
    private static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/themes"
    private static let names = ["dark", "light", "high-contrast", "colour-blind", "sixteen", "mono"]

    private func shipped(_ name: String) -> Theme? {
        let text = read(Self.folder + "/\(name).json")
        return try? Theme(name: name, parsing: Array(text.utf8)) { parent in parent == name ? nil : shipped(parent) }
    }

    private func faults(_ text: String) -> [ThemeFault] {
        do throws(ThemeFaults) {
            _ = try Theme(name: "x", parsing: Array(text.utf8)) { $0 == "dark" ? .standard : nil }
            return []
        } catch {
            return error.faults
        }
    }

    @Test func `the themes in the program are those of the folder`() {
        #expect(shipped("dark") == Theme.standard)
        #expect(shipped("light") == Theme.light)
    }

    @Test(arguments: names) func `each theme of the folder can be read`(name: String) {
        let text = read(Self.folder + "/\(name).json")
        #expect(faults(text) == [])
        #expect(shipped(name)?.name == name)
    }

    @Test(arguments: ["dark", "light", "sixteen", "mono"])
    func `what inherits nothing says how every meaning looks`(name: String) {
        let text = read(Self.folder + "/\(name).json")
        for meaning in Meaning.allCases { #expect(text.contains("\n    \"\(meaning.rawValue)\": "), "\(meaning)") }
    }

    @Test func `everything that is wrong is told at once, by line`() {
        let found = faults(
            """
            {
              "colors": {},
              "inherits": "sunrise",
              "palette": { "sky": "blu" },
              "meanings": {
                "accent": "sky", "foo": "-",
                "bad": "- - blinking",
                "good": 300,
                "text": []
              }
            }
            """)
        #expect(found.map(\.line) == [2, 3, 4, 6, 7, 8, 9])
        #expect(found.map(\.reason.words).contains("there is no colour `blu`"))
        #expect(found.map(\.reason).contains(.unknownAttribute("blinking")))
    }

    @Test(arguments: [
        ("", 1), ("{\n\n", 3), ("{\n \"meanings\": {\n  \"bad\": \"red\",\n  \"bad\": \"red\"\n}}", 4), ("[]", 1),
        ("{} x", 1), ("\u{FEFF}{}", 1),
    ])
    func `what is no JSON is told by line`(text: String, line: Int) {
        #expect(faults(text).map(\.line) == [line])
    }

    @Test func `red, green and blue become the nearest of the fixed colours`() throws {
        let text = ##"{"meanings": {"accent": "#ff5f5f #080808 bold", "bad": "#FFFFFF"}}"##
        let theme = try Theme(name: "x", parsing: Array(text.utf8)) { _ in nil }
        let accent = theme.style(of: .accent, highlight: .none, depth: .twoHundredFiftySix)
        #expect(accent == Style(foreground: .indexed(203), background: .indexed(232), attributes: .bold))
        #expect(theme.style(of: .bad, highlight: .none, depth: .twoHundredFiftySix).foreground == .indexed(231))
    }

    /// The row of the cursor must be seen where a theme has no colour for its background.
    @Test(arguments: ["sixteen", "mono"]) func `the row of the cursor is reversed`(name: String) throws {
        let theme = try #require(shipped(name))
        let style = theme.style(of: .text, highlight: .full, depth: .twoHundredFiftySix)
        #expect(style.attributes.contains(.reverse))
    }

    @Test func `the theme of sixteen colours uses no others, and forces no background`() throws {
        let theme = try #require(shipped("sixteen"))
        for meaning in Meaning.allCases {
            let style = theme.style(of: meaning, highlight: .none, depth: .twoHundredFiftySix)
            #expect(style.background == .standard)
            if case .indexed(let number) = style.foreground { #expect(number < 16) }
        }
    }

    @Test func `the theme without colour has none`() throws {
        let theme = try #require(shipped("mono"))
        for meaning in Meaning.allCases {
            let style = theme.style(of: meaning, highlight: .none, depth: .twoHundredFiftySix)
            #expect(style.foreground == .standard && style.background == .standard)
        }
        let severities = [Meaning.critical, .high, .medium, .low, .clean]
        #expect(Set(severities.map { theme.style(of: $0, highlight: .none, depth: .none) }).count == 5)
    }

    /// WCAG 2.2, 1.4.3 and 1.4.6. Not for borders, which say nothing, nor for what can't be used now (its exceptions).
    @Test(arguments: [
        ("dark", 30.0, 4.5), ("dark", 0, 4.5), ("light", 255, 4.5), ("high-contrast", 0, 7), ("colour-blind", 30, 4.5),
        ("colour-blind", 0, 4.5),
    ])
    func `text has enough contrast`(name: String, ground: Double, atLeast: Double) throws {
        let theme = try #require(shipped(name))
        let own = Light(red: ground, green: ground, blue: ground)
        for meaning in Meaning.allCases where ![.disabled, .border].contains(meaning) {
            let style = theme.style(of: meaning, highlight: .none, depth: .twoHundredFiftySix)
            guard let text = Light(style.foreground) else { continue }
            let contrast = text.contrast(with: Light(style.background) ?? own)
            #expect(contrast >= atLeast, "\(name) \(meaning): \(contrast)")
        }
    }

    @Test(arguments: [ColourVision.deuteranopia, .protanopia])
    func `severities stay apart for the colour-blind`(vision: ColourVision) throws {
        let theme = try #require(shipped("colour-blind"))
        let seen = [Meaning.critical, .high, .medium, .low, .clean].compactMap { meaning in
            Light(theme.style(of: meaning, highlight: .none, depth: .twoHundredFiftySix).foreground)?.seen(with: vision)
        }
        try #require(seen.count == 5)
        for (place, one) in seen.enumerated() {
            for other in seen[..<place] { #expect(one.distance(to: other) >= 20) }
        }
    }

    @Test func `without colour what matters still differs`() {
        let theme = Theme.standard
        let plain = theme.style(of: .text, highlight: .none, depth: .none)
        for meaning in [Meaning.critical, .bad, .focusedTitle, .fieldFocused, .buttonFocused, .bar, .escaped, .key] {
            #expect(theme.style(of: meaning, highlight: .none, depth: .none) != plain, "\(meaning)")
        }
        #expect(theme.style(of: .text, highlight: .full, depth: .none).attributes == .reverse)
        #expect(theme.style(of: .text, highlight: .full, depth: .sixteen).attributes == .reverse)
        for meaning in Meaning.allCases {
            let style = theme.style(of: meaning, highlight: .none, depth: .none)
            #expect(style.foreground == .standard && style.background == .standard)
        }
    }

    @Test func `colours of sixteen stay among sixteen`() {
        for theme in [Theme.standard, .light] {
            for meaning in Meaning.allCases {
                for highlight in [Run.Highlight.none, .quiet, .full] {
                    let style = theme.style(of: meaning, highlight: highlight, depth: .sixteen)
                    for case .indexed(let number) in [style.foreground, style.background] { #expect(number < 16) }
                }
            }
        }
    }
}
