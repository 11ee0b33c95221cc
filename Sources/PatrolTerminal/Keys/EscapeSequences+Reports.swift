import PatrolScreen

/// What terminals send that is no key: where the mouse is, and answers.
///
/// Sources: "XTerm Control Sequences" (Dickey) for SGR mouse reports, OSC 11 and DECRPM; "Synchronized Output"
/// (Contour's vt-extensions) for mode 2026, "Dark and Light Mode detection" (there, too) for mode 2031.
extension EscapeSequences {
    static func report(_ parameters: ArraySlice<UInt8>, _ final: UInt8) -> Typed? {
        // Longer numbers are none of a terminal's.
        guard parameters.split(separator: 0x3B).allSatisfy({ $0.count <= 5 }) else { return nil }
        return switch (parameters.first, final) {
        case (UInt8(ascii: "<")?, UInt8(ascii: "M")): mouse(numbers(parameters.dropFirst())).map { .mouse($0) }
        case (UInt8(ascii: "?")?, UInt8(ascii: "y")) where parameters.last == UInt8(ascii: "$"):
            mode(numbers(parameters.dropFirst().dropLast())).map { .answer($0) }
        case (UInt8(ascii: "?")?, UInt8(ascii: "n")): scheme(numbers(parameters.dropFirst())).map { .answer($0) }
        default: nil
        }
    }

    /// The colours became dark (1) or light (2).
    private static func scheme(_ numbers: [Int]) -> TerminalAnswer? {
        guard numbers.count == 2, numbers[0] == 997, [1, 2].contains(numbers[1]) else { return nil }
        return .background(isLight: numbers[1] == 2)
    }

    /// The first button and the wheel. The bits 4, 8 and 16 are Shift, Alt and Control, 32 is a movement.
    private static func mouse(_ numbers: [Int]) -> MouseEvent? {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let kind: MouseEvent.Kind? =
            switch numbers[0] & ~0b11100 {
            case 0: .click
            case 64: .wheelUp
            case 65: .wheelDown
            default: nil
            }
        return kind.map { MouseEvent($0, at: Position(row: numbers[2] - 1, column: numbers[1] - 1)) }
    }

    /// 1 and 2: on and off, to be set by us. 0, 3 and 4: unknown, or nothing that we could set.
    private static func mode(_ numbers: [Int]) -> TerminalAnswer? {
        guard numbers.count == 2 else { return nil }
        let isOurs = [1, 2].contains(numbers[1])
        return switch numbers[0] {
        case 2026: .synchronizes(isOurs)
        case 2031: .tellsScheme(isOurs)
        default: nil
        }
    }

    /// The step over a control string that is complete but for its end.
    func stringStep(_ bytes: ArraySlice<UInt8>, length: Int) -> Step {
        let opening = Array("\u{1B}]11;rgb".utf8)
        guard bytes.starts(with: opening), bytes.count <= 64, let isLight = Self.isLight(bytes.dropFirst(opening.count))
        else { return .key(nil, length: length) }
        return .other(.answer(.background(isLight: isLight)), length: length)
    }

    /// `:rrrr/gggg/bbbb` or `a:rrrr/gggg/bbbb/aaaa`, each part of one to four hexadecimal digits. Light is more than half
    /// as bright as white, by the weights of ITU-R BT.601.
    private static func isLight(_ text: ArraySlice<UInt8>) -> Bool? {
        let colon = UInt8(ascii: ":")
        let parts = text.drop { $0 != colon }.dropFirst()
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard text.prefix(while: { $0 != colon }).count <= 1, (3...4).contains(parts.count) else { return nil }
        var thousandths: [Int] = []
        for part in parts.prefix(3) {
            guard (1...4).contains(part.count), part.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
                let value = Int(String(decoding: part, as: UTF8.self), radix: 16)
            else { return nil }
            thousandths.append(value * 1_000 / ((1 << (4 * part.count)) - 1))
        }
        return 299 * thousandths[0] + 587 * thousandths[1] + 114 * thousandths[2] > 500_000
    }
}
