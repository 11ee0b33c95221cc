/// What is wrong in a theme's text, and where.
package struct ThemeFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// Neither `palette NAME = …` nor `MEANING = …`.
        case notALine
        case unknownMeaning(String)
        case unknownColour(String)
        case unknownAttribute(String)
        /// A meaning needs a foreground and a background.
        case missingColour
        case repeated(String)
        case tooLong
    }

    /// From 1.
    package let line: Int
    package let reason: Reason
}

extension ThemeFault.Reason {
    /// In words, without a full stop.
    package var words: String {
        switch self {
        case .notALine: "a line is `MEANING = FOREGROUND BACKGROUND` or `palette NAME = COLOUR`"
        case .unknownMeaning(let word): "there is no meaning `\(word)`"
        case .unknownColour(let word): "there is no colour `\(word)`"
        case .unknownAttribute(let word): "there is no attribute `\(word)`"
        case .missingColour: "a foreground and a background are needed; `-` is the terminal's own"
        case .repeated(let word): "`\(word)` stands here for the second time"
        case .tooLong: "a theme has at most 16384 bytes"
        }
    }
}

/// Everything that is wrong in a theme's text, in the order of its lines.
package struct ThemeFaults: Error, Hashable, Sendable {
    package let faults: [ThemeFault]
}

extension Theme {
    /// In bytes.
    package static let maximumLength = 16_384

    /// Reads a theme's text; says everything that is wrong in it at once.
    package init(name: String, parsing text: String) throws(ThemeFaults) {
        var reader = ThemeReader()
        if text.utf8.count > Self.maximumLength {
            throw ThemeFaults(faults: [ThemeFault(line: 1, reason: .tooLong)])
        }
        var line = String.UnicodeScalarView()
        var number = 1
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                reader.read(String(line), line: number)
                line.removeAll(keepingCapacity: true)
                number += 1
            } else if scalar != "\r" {
                line.append(scalar)
            }
        }
        reader.read(String(line), line: number)
        guard reader.faults.isEmpty else { throw ThemeFaults(faults: reader.faults) }
        self.init(name: name, looks: reader.looks)
    }
}

private struct ThemeReader {
    var looks: [Meaning: Theme.Look] = [:]
    var faults: [ThemeFault] = []
    private var palette: [String: Theme.Shade] = [:]

    mutating func read(_ text: String, line: Int) {
        let code = text.prefix { $0 != "#" }
        let words = code.split { $0 == " " || $0 == "\t" }.map(String.init)
        guard let first = words.first else { return }
        do throws(ThemeFaultReason) {
            if first == "palette" {
                try readPalette(words)
            } else {
                try readMeaning(words)
            }
        } catch {
            faults.append(ThemeFault(line: line, reason: error.reason))
        }
    }

    private mutating func readPalette(_ words: [String]) throws(ThemeFaultReason) {
        guard (4...5).contains(words.count), words[2] == "=" else { throw ThemeFaultReason(.notALine) }
        if palette[words[1]] != nil { throw ThemeFaultReason(.repeated(words[1])) }
        var shade = try shade(words[3])
        if words.count == 5 { shade.basic = try self.shade(words[4]).basic }
        palette[words[1]] = shade
    }

    private mutating func readMeaning(_ words: [String]) throws(ThemeFaultReason) {
        guard words.count >= 2, words[1] == "=" else { throw ThemeFaultReason(.notALine) }
        guard let meaning = Meaning(rawValue: words[0]) else { throw ThemeFaultReason(.unknownMeaning(words[0])) }
        guard words.count >= 4 else { throw ThemeFaultReason(.missingColour) }
        if looks[meaning] != nil { throw ThemeFaultReason(.repeated(words[0])) }
        var attributes: Attributes = []
        for word in words.dropFirst(4) {
            guard let attribute = Self.attributes[word] else { throw ThemeFaultReason(.unknownAttribute(word)) }
            attributes.insert(attribute)
        }
        looks[meaning] = Theme.Look(
            foreground: try shade(words[2]), background: try shade(words[3]), attributes: attributes)
    }

    private func shade(_ word: String) throws(ThemeFaultReason) -> Theme.Shade {
        if word == "-" { return .standard }
        if let shade = palette[word] { return shade }
        if let number = UInt8(word) { return Theme.Shade(full: .indexed(number), basic: .indexed(number.basic)) }
        let isBright = word.hasPrefix("bright-")
        let name = isBright ? String(word.dropFirst("bright-".count)) : word
        guard let place = Self.colours.firstIndex(of: name) else { throw ThemeFaultReason(.unknownColour(word)) }
        let number = UInt8(place + (isBright ? 8 : 0))
        return Theme.Shade(full: .indexed(number), basic: .indexed(number))
    }

    private static let colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    private static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse, "italic": .italic,
    ]
}

/// A reason on its way to the line it belongs to.
private struct ThemeFaultReason: Error {
    let reason: ThemeFault.Reason

    init(_ reason: ThemeFault.Reason) { self.reason = reason }
}

extension UInt8 {
    /// The nearest of the terminal's 16 colours, which look different everywhere: only the hue is kept.
    fileprivate var basic: UInt8 {
        if self < 16 { return self }
        if self >= 232 { return self < 244 ? 8 : self < 250 ? 7 : 15 }
        let cube = Int(self) - 16
        let parts = [cube / 36, cube / 6 % 6, cube % 6]
        let highest = parts.max() ?? 0
        guard highest > 0 else { return 0 }
        var number: UInt8 = 0
        for (place, part) in parts.enumerated() where part * 2 > highest { number |= 1 << UInt8(place) }
        return number
    }
}
