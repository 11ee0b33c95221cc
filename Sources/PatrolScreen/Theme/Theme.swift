/// How many colours a terminal can show.
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

/// A style for each meaning.
package struct Theme: Hashable, Sendable {
    /// A colour for terminals of 256 colours, and its stand-in among 16.
    struct Shade: Hashable, Sendable {
        var full: Colour
        var basic: Colour

        static let standard = Shade(full: .standard, basic: .standard)
    }

    struct Look: Hashable, Sendable {
        var foreground: Shade
        var background: Shade
        var attributes: Attributes
    }

    package let name: String
    let looks: [Meaning: Look]

    init(name: String, looks: [Meaning: Look]) {
        self.name = name
        self.looks = looks
    }

    /// How a run looks on a terminal of this depth. Without colour, what only colours told apart
    /// differs by bold, dim, underline or reverse.
    package func style(of meaning: Meaning, highlight: Run.Highlight, depth: ColourDepth) -> Style {
        let look = self.look(of: meaning)
        var style: Style
        switch depth {
        case .twoHundredFiftySix:
            style = Style(
                foreground: look.foreground.full, background: look.background.full, attributes: look.attributes)
        case .sixteen:
            style = Style(
                foreground: look.foreground.basic, background: look.background.basic,
                attributes: look.attributes.union(meaning.plainAttributes(hasColour: true)))
        case .none:
            style = Style(attributes: look.attributes.union(meaning.plainAttributes(hasColour: false)))
        }
        return highlighted(style, highlight, depth)
    }

    /// A bar of colour where there are enough of them, else reverse; a quiet row is bold there.
    private func highlighted(_ style: Style, _ highlight: Run.Highlight, _ depth: ColourDepth) -> Style {
        var style = style
        let bar = look(of: highlight == .full ? .selection : .quietSelection).background.full
        switch (highlight, depth) {
        case (.none, _): break
        case (_, .twoHundredFiftySix) where bar != .standard: style.background = bar
        case (.full, _): style = Style(attributes: style.attributes.symmetricDifference(.reverse))
        case (.quiet, _): style.attributes.insert(.bold)
        }
        return style
    }

    private func look(of meaning: Meaning) -> Look {
        looks[meaning] ?? Self.standard.looks[meaning]
            ?? Look(foreground: .standard, background: .standard, attributes: [])
    }
}

extension Meaning {
    /// What tells it apart where colours can't, or where there are too few for backgrounds.
    fileprivate func plainAttributes(hasColour: Bool) -> Attributes {
        switch self {
        case .bar: return .reverse
        case .barStrong, .barAccent: return [.reverse, .bold]
        case .field: return .underline
        case .fieldFocused: return [.underline, .bold]
        case .buttonFocused: return .reverse
        case .buttonDanger: return [.reverse, .bold]
        default: break
        }
        if hasColour { return [] }
        return switch self {
        case .disabled: .dim
        case .strong, .accent, .focusedBorder, .focusedTitle, .key, .critical, .high, .bad, .warning, .flag,
            .secret, .marked:
            .bold
        case .header: .underline
        case .escaped: [.bold, .underline]
        default: []
        }
    }
}
