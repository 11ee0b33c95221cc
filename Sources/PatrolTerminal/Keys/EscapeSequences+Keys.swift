import PatrolScreen

extension EscapeSequences {
    /// `ESC O`, perhaps a modifier, and a letter: arrows and keypad in application mode, F1 to F4.
    func singleShift(_ bytes: ArraySlice<UInt8>) -> Step {
        let parameters = bytes.dropFirst(2).prefix { 0x30...0x39 ~= $0 || $0 == 0x3B }
        guard let final = bytes.dropFirst(2 + parameters.count).first else { return .incomplete }
        let length = 3 + parameters.count
        // A control or a new sequence in the midst of it: what came before was nothing.
        guard 0x40...0x7E ~= final else { return .key(nil, length: length - 1) }
        let modifier = Self.numbers(parameters).last ?? 1
        if let key = Self.letterKey(final, modifier: modifier) { return .key(key, length: length) }
        return .key(parameters.isEmpty ? Self.keypadKey(final) : nil, length: length)
    }

    /// `ESC [`, parameters, and a letter or `~`.
    func controlSequence(_ bytes: ArraySlice<UInt8>) -> Step {
        let body = bytes.dropFirst(2)
        if body.first == UInt8(ascii: "[") { return linuxFunctionKey(bytes) }
        // The old report of a mouse has three more bytes.
        if body.first == UInt8(ascii: "M") {
            return bytes.count < 6 ? .incomplete : .key(nil, length: 6)
        }
        let parameters = body.prefix { 0x20...0x3F ~= $0 }
        guard let final = body.dropFirst(parameters.count).first else { return .incomplete }
        let length = 3 + parameters.count
        guard 0x40...0x7E ~= final else { return .key(nil, length: length - 1) }
        if let report = Self.report(parameters, final) { return .other(report, length: length) }
        guard parameters.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x3B }) else {
            return .key(nil, length: length)
        }
        let numbers = Self.numbers(parameters)
        if final == UInt8(ascii: "~") {
            if numbers == [200] { return .pasteBegins(length: length) }
            return .key(Self.numberedKey(numbers), length: length)
        }
        let modifier = numbers.count > 1 ? numbers[1] : 1
        return .key(Self.letterKey(final, modifier: modifier), length: length)
    }

    private func linuxFunctionKey(_ bytes: ArraySlice<UInt8>) -> Step {
        guard let final = bytes.dropFirst(3).first else { return .incomplete }
        let isFunction = UInt8(ascii: "A")...UInt8(ascii: "E") ~= final
        return .key(isFunction ? .function(Int(final) - 0x40) : nil, length: 4)
    }

    /// Decimal numbers between semicolons; those too large for anything are 0.
    static func numbers(_ text: ArraySlice<UInt8>) -> [Int] {
        if text.isEmpty { return [] }
        return text.split(separator: 0x3B, omittingEmptySubsequences: false).map { digits in
            digits.count > 4 ? 0 : digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
    }

    /// The modifier is 1 and one for Shift, two for Alt, four for Control: we know none but Shift.
    private static func letterKey(_ final: UInt8, modifier: Int) -> Key? {
        let plain: Key? =
            switch Unicode.Scalar(final) {
            case "A": .up
            case "B": .down
            case "C": .right
            case "D": .left
            case "H": .home
            case "F": .end
            case "P": .function(1)
            case "Q": .function(2)
            case "R": .function(3)
            case "S": .function(4)
            case "Z": .backTab
            case "a": .shiftUp
            case "b": .shiftDown
            default: nil
            }
        return modified(plain, by: modifier)
    }

    private static func modified(_ key: Key?, by modifier: Int) -> Key? {
        switch (key, modifier) {
        case (.up?, 2): .shiftUp
        case (.down?, 2): .shiftDown
        case (_, 0), (_, 1), (_, 2): key
        default: nil
        }
    }

    private static func numberedKey(_ numbers: [Int]) -> Key? {
        guard let number = numbers.first else { return nil }
        let plain: Key? =
            switch number {
            case 1, 7: .home
            case 4, 8: .end
            case 3: .delete
            case 5: .pageUp
            case 6: .pageDown
            case 11...15: .function(number - 10)
            case 17...21: .function(number - 11)
            case 23, 24: .function(number - 12)
            default: nil
            }
        return modified(plain, by: numbers.count > 1 ? numbers[1] : 1)
    }

    private static func keypadKey(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "X"): .character("=")
        // `j` to `y` stand for `*` to `9`.
        case UInt8(ascii: "j")...UInt8(ascii: "y"): .character(Unicode.Scalar(final - 0x40))
        default: nil
        }
    }
}
