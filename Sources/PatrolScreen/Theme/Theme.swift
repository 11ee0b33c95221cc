/// How a terminal can show colour.
package enum ColourDepth: Int, Hashable, Sendable, Comparable {
    case none, sixteen, twoHundredFiftySix

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A colour as a terminal counts them.
package enum Colour: Hashable, Sendable {
    /// The terminal's own.
    case standard
    /// 0 to 255: the first 16 are the terminal's, the others fixed.
    case indexed(UInt8)
}

package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
    package static let italic = Attributes(rawValue: 16)
}

package struct Style: Hashable, Sendable {
    package var foreground: Colour
    package var background: Colour
    package var attributes: Attributes

    package init(
        foreground: Colour = .standard, background: Colour = .standard, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

/// A style for each meaning, and what characters may be used.
package struct Theme: Hashable, Sendable {
    package let name: String
    private let styles: [Meaning: Style]

    package init(name: String, styles: [Meaning: Style]) {
        self.name = name
        self.styles = styles
    }

    /// How a run looks on a terminal of this depth. Without colour, what only colours told apart
    /// differs by bold, dim, underline or reverse.
    package func style(of meaning: Meaning, highlight: Run.Highlight, depth: ColourDepth) -> Style {
        styles[meaning] ?? Style()
    }

    package static let standard = Theme(name: "dark", styles: [:])
}
