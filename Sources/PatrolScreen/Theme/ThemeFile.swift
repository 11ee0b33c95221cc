package import PatrolJSON

/// What is wrong in a theme's text, and where.
package struct ThemeFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case json(JSONFault.Reason)
        /// Another kind of value is expected here.
        case expected(String)
        case unknownField(String)
        case unknownParent(String)
        case unknownMeaning(String)
        case unknownColour(String)
        case unknownAttribute(String)
    }

    /// From 1.
    package let line: Int
    package let reason: Reason
}

extension ThemeFault.Reason {
    /// In words, without a full stop.
    package var words: String {
        switch self {
        case .json(let reason): reason.words
        case .expected(let kind): "\(kind) is expected here"
        case .unknownField(let word): "a theme has no field `\(word)`: it has `inherits`, `palette` and `meanings`"
        case .unknownParent(let word): "there is no theme `\(word)` to inherit from"
        case .unknownMeaning(let word): "there is no meaning `\(word)`"
        case .unknownColour(let word): "there is no colour `\(word)`"
        case .unknownAttribute(let word): "there is no attribute `\(word)`"
        }
    }
}

/// Everything that is wrong in a theme's text, in the order of its lines.
package struct ThemeFaults: Error, Hashable, Sendable {
    package let faults: [ThemeFault]
}

extension Theme {
    /// In bytes.
    package static let maximumLength = 65_536

    private static let limits = JSONLimits(bytes: maximumLength, depth: 4, values: 1_000)

    /// Reads a theme's text; says everything that is wrong in it at once.
    /// - Parameter parent: the theme of that name, for `inherits`.
    package init(
        name: String, parsing bytes: [UInt8], parent: (String) -> Theme?
    ) throws(ThemeFaults) {
        let json: JSON
        do throws(JSONFault) {
            json = try JSON(parsing: bytes, limits: Self.limits)
        } catch {
            throw ThemeFaults(faults: [ThemeFault(line: error.line, reason: .json(error.reason))])
        }
        var reader = ThemeReader(bytes: bytes)
        reader.read(json, parent: parent)
        guard reader.faults.isEmpty else {
            throw ThemeFaults(faults: reader.faults.sorted { $0.line < $1.line })
        }
        self.init(name: name, looks: reader.looks)
    }
}

private struct ThemeReader {
    let bytes: [UInt8]
    var looks: [Meaning: Theme.Look] = [:]
    var faults: [ThemeFault] = []
    private var palette: [String: Theme.Shade] = [:]

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read(_ json: JSON, parent: (String) -> Theme?) {
        guard let members = json.members else { return note(.expected("an object"), at: []) }
        for member in members where !["inherits", "palette", "meanings"].contains(member.name) {
            note(.unknownField(member.name), at: [.name(member.name)])
        }
        if let inherited = json["inherits"] { inherit(inherited, parent) }
        for (name, text) in texts(of: json, "palette") { readPalette(name, text) }
        for (name, text) in texts(of: json, "meanings") { readMeaning(name, text) }
    }

    private mutating func inherit(_ json: JSON, _ parent: (String) -> Theme?) {
        guard let name = json.string else { return note(.expected("a name"), at: [.name("inherits")]) }
        guard let theme = parent(name) else { return note(.unknownParent(name), at: [.name("inherits")]) }
        looks = theme.looks
    }

    /// The texts in one of the two lists; a number may stand for itself.
    private mutating func texts(of json: JSON, _ field: String) -> [(String, String)] {
        guard let value = json[field] else { return [] }
        guard let members = value.members else {
            note(.expected("an object"), at: [.name(field)])
            return []
        }
        return members.compactMap { member in
            if let text = member.value.string { return (member.name, text) }
            if let number = member.value.integer { return (member.name, String(number)) }
            note(.expected("a text"), at: [.name(field), .name(member.name)])
            return nil
        }
    }

    private mutating func readPalette(_ name: String, _ text: String) {
        let words = Self.words(text)
        do throws(ThemeFaultReason) {
            guard (1...2).contains(words.count) else { throw ThemeFaultReason(.expected("a colour, or two")) }
            var shade = try shade(words[0])
            if words.count == 2 { shade.basic = try self.shade(words[1]).basic }
            palette[name] = shade
        } catch {
            note(error.reason, at: [.name("palette"), .name(name)])
            // What uses it is not wrong as well.
            palette[name] = .standard
        }
    }

    private mutating func readMeaning(_ name: String, _ text: String) {
        do throws(ThemeFaultReason) {
            guard let meaning = Meaning(rawValue: name) else { throw ThemeFaultReason(.unknownMeaning(name)) }
            looks[meaning] = try look(Self.words(text))
        } catch {
            note(error.reason, at: [.name("meanings"), .name(name)])
        }
    }

    /// A colour, perhaps another for the background, and attributes.
    private func look(_ words: [String]) throws(ThemeFaultReason) -> Theme.Look {
        guard let first = words.first else { throw ThemeFaultReason(.expected("a colour")) }
        var look = Theme.Look(foreground: try shade(first), background: .standard, attributes: [])
        for (place, word) in words.enumerated().dropFirst() {
            if let attribute = Self.attributes[word] {
                look.attributes.insert(attribute)
            } else if place == 1 {
                look.background = try shade(word)
            } else {
                throw ThemeFaultReason(.unknownAttribute(word))
            }
        }
        return look
    }

    private func shade(_ word: String) throws(ThemeFaultReason) -> Theme.Shade {
        if word == "-" { return .standard }
        if let shade = palette[word] { return shade }
        if let number = UInt8(word) ?? UInt8(hexadecimal: word) {
            return Theme.Shade(full: .indexed(number), basic: .indexed(number.basic))
        }
        let isBright = word.hasPrefix("bright-")
        let name = isBright ? String(word.dropFirst("bright-".count)) : word
        guard let place = Self.colours.firstIndex(of: name) else { throw ThemeFaultReason(.unknownColour(word)) }
        let number = UInt8(place + (isBright ? 8 : 0))
        return Theme.Shade(full: .indexed(number), basic: .indexed(number))
    }

    private mutating func note(_ reason: ThemeFault.Reason, at path: [JSONPlace.Step]) {
        // A name that is written with escapes is looked for in vain: then the list that it is in.
        let place = JSONPlace(of: path, in: bytes) ?? JSONPlace(of: Array(path.prefix(1)), in: bytes)
        faults.append(ThemeFault(line: place?.line ?? 1, reason: reason))
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\t" }.map(String.init)
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

    /// The nearest of the 240 fixed colours to `#rrggbb`: the cube and the greys of xterm's 256.
    fileprivate init?(hexadecimal text: String) {
        guard text.utf8.count == 7, text.hasPrefix("#"), let value = UInt32(text.dropFirst(), radix: 16) else {
            return nil
        }
        let wanted = [Int(value >> 16 & 255), Int(value >> 8 & 255), Int(value & 255)]
        func distance(_ number: Int) -> Int {
            zip(wanted, Self.parts(of: number)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        self = UInt8((16...255).min { distance($0) < distance($1) } ?? 16)
    }

    /// Red, green and blue of one of the fixed colours, as xterm's 256colres.pl has them.
    private static func parts(of number: Int) -> [Int] {
        if number >= 232 { return [Int](repeating: 8 + 10 * (number - 232), count: 3) }
        let cube = number - 16
        return [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
    }
}
