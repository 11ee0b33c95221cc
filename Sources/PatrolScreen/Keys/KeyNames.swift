extension Key {
    /// Reads a key as a file of keys writes it: `f`, `F8`, `Ctrl-R`, `Space`, `Shift-Up`. Names in any case,
    /// single letters in theirs. Nil where there is no such key.
    init?(named text: String) {
        let scalars = Array(text.unicodeScalars)
        if scalars.count == 1, let scalar = scalars.first {
            guard scalar.value > 0x20, scalar.value != 0x7F else { return nil }
            self = .character(scalar)
            return
        }
        let name = text.lowercased()
        if name.hasPrefix("ctrl-") {
            guard name.utf8.count == 6, let letter = name.last, ("a"..."z").contains(letter) else { return nil }
            self = Self.sameByte[letter] ?? .control(letter)
        } else if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...12).contains(number), name == "f\(number)" {
            self = .function(number)
        } else if let key = Self.names[name] {
            self = key
        } else {
            return nil
        }
    }

    private static let names: [String: Key] = [
        "space": " ", "enter": .enter, "esc": .escape, "tab": .tab, "shift-tab": .backTab, "up": .up, "down": .down,
        "left": .left, "right": .right, "pgup": .pageUp, "pgdn": .pageDown, "home": .home, "end": .end,
        "shift-up": .shiftUp, "shift-down": .shiftDown, "backspace": .backspace, "del": .delete,
    ]

    /// Control and these letters send what other keys send.
    private static let sameByte: [Character: Key] = ["i": .tab, "m": .enter]
}
