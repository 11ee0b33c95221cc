extension SafeText {
    package enum Alignment: Hashable, Sendable { case left, right }

    /// At most `cells` cells; what does not fit ends in `…`.
    package func cut(to cells: Int) -> SafeText {
        if width <= cells { return self }
        guard cells > 0 else { return .empty }
        return prefix(cells: cells - 1) + Self.ellipsis
    }

    /// At most `cells` cells, with `…` in the middle: for texts whose end tells them apart.
    package func cutInMiddle(to cells: Int) -> SafeText {
        if width <= cells { return self }
        guard cells > 2 else { return cut(to: cells) }
        let head = cells / 2
        return prefix(cells: head) + Self.ellipsis + suffix(cells: cells - head - 1)
    }

    /// Exactly `cells` cells: cut, or filled with spaces.
    package func fitted(to cells: Int, _ alignment: Alignment = .left) -> SafeText {
        let short = cut(to: cells)
        guard short.width < cells else { return short }
        let rest = SafeText.spaces(cells - short.width)
        return alignment == .left ? short + rest : rest + short
    }

    /// The first `cells` cells, without a sign that something is missing. A wide letter that doesn't fit is left out.
    package func prefix(cells: Int) -> SafeText {
        if width <= cells { return self }
        guard cells > 0 else { return .empty }
        if isASCII { return SafeText(cleaned: String(Substring(text.utf8.prefix(cells))), width: cells, wasEscaped: wasEscaped) }
        var taken = 0
        var end = text.unicodeScalars.startIndex
        let scalars = text.unicodeScalars
        while end < scalars.endIndex {
            let next = TextWidth.of(scalars[end]) ?? 0
            if taken + next > cells { break }
            taken += next
            end = scalars.index(after: end)
        }
        return SafeText(cleaned: String(scalars[..<end]), width: taken, wasEscaped: wasEscaped)
    }

    /// The last `cells` cells, or one less where a wide letter would be split.
    package func suffix(cells: Int) -> SafeText {
        if width <= cells { return self }
        return dropping(cells: width - max(0, cells))
    }

    /// What follows the first `cells` cells. A wide letter that would be split goes as a whole.
    package func dropping(cells: Int) -> SafeText {
        if cells <= 0 { return self }
        guard cells < width else { return .empty }
        if isASCII {
            return SafeText(cleaned: String(Substring(text.utf8.dropFirst(cells))), width: width - cells, wasEscaped: wasEscaped)
        }
        var dropped = 0
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        while start < scalars.endIndex, dropped < cells || TextWidth.of(scalars[start]) == 0 {
            dropped += TextWidth.of(scalars[start]) ?? 0
            start = scalars.index(after: start)
        }
        return SafeText(
            cleaned: String(scalars[start...]), width: width - dropped, wasEscaped: wasEscaped)
    }

    /// Broken into lines of at most `cells` cells, at spaces where there are any. Never empty.
    package func wrapped(to cells: Int) -> [SafeText] {
        guard cells > 0, width > cells else { return [self] }
        var lines: [SafeText] = []
        var rest = self
        while rest.width > cells {
            let head = rest.prefix(cells: cells)
            let taken = rest.breakPlace(within: head)
            guard taken.line.width > 0 else { break }
            lines.append(taken.line)
            rest = rest.dropping(cells: taken.consumed)
        }
        if !rest.isEmpty || lines.isEmpty { lines.append(rest) }
        return lines
    }

    /// The end of the first line: at the last space in `head`, or where `head` ends.
    private func breakPlace(within head: SafeText) -> (line: SafeText, consumed: Int) {
        if dropping(cells: head.width).text.unicodeScalars.first == " " {
            return (head, head.width + 1)
        }
        let scalars = head.text.unicodeScalars
        guard let space = scalars.lastIndex(of: " "), space > scalars.startIndex else {
            return (head, head.width)
        }
        let line = String(scalars[..<space])
        let width = TextWidth.of(line)
        return (SafeText(cleaned: line, width: width, wasEscaped: wasEscaped), width + 1)
    }

    private static let ellipsis: SafeText = "…"

    /// Any other scalar has fewer cells than bytes.
    private var isASCII: Bool { text.utf8.count == width }
}

extension SafeText {
    /// As many cells, in ASCII alone: lines of borders as `-`, `|`, `+`, symbols as their nearest
    /// likeness, any other letter as `?`.
    package var asciiOnly: SafeText {
        if isASCII { return self }
        var ascii = ""
        for scalar in text.unicodeScalars {
            guard !scalar.isASCII else {
                ascii.unicodeScalars.append(scalar)
                continue
            }
            let cells = TextWidth.of(scalar) ?? 0
            ascii += String(repeating: Self.likeness(of: scalar), count: cells)
        }
        return SafeText(cleaned: ascii, width: width, wasEscaped: wasEscaped)
    }

    private static func likeness(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "─", "–", "—": "-"
        case "━": "="
        case "│", "┃": "|"
        case "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "╭", "╮", "╰", "╯": "+"
        case "…": "~"
        case "▸", "▶", "›", "→": ">"
        case "‹", "←": "<"
        case "◆": "!"
        case "▲", "↑": "^"
        case "↓": "v"
        case "●", "✓", "•": "*"
        case "○": "o"
        case "⚑": "F"
        case "·": "."
        case "▁", "▂": "_"
        case "░": "."
        case "▒": ":"
        case "▓": "+"
        case "▼": "v"
        case "▃", "▄", "▅": ":"
        case "▆", "▇", "█": "#"
        default: "?"
        }
    }
}
