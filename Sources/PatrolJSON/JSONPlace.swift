/// Where in a JSON text a value begins; from 1, columns count Unicode scalars.
package struct JSONPlace: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// One step down into a value.
    package enum Step: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    /// The place of the value at the end of `path`. Nil when there is none, when a name on the way is
    /// written with escapes, or when `bytes` are not JSON. Meant for faults: it reads from the start.
    package init?(of path: [Step], in bytes: [UInt8]) {
        var scanner = Scanner(bytes: bytes)
        for step in path {
            guard scanner.enter(step) else { return nil }
        }
        scanner.skipSpace()
        guard scanner.place < bytes.count else { return nil }
        let before = bytes[..<scanner.place]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        self.init(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1)
    }
}

/// Walks a text that is known to be JSON.
private struct Scanner {
    let bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
    }

    /// Moves to the wanted element or member of the container that begins here.
    mutating func enter(_ step: JSONPlace.Step) -> Bool {
        skipSpace()
        guard take(step.opening) else { return false }
        var index = 0
        while true {
            skipSpace()
            guard let byte = current, byte != UInt8(ascii: "]"), byte != UInt8(ascii: "}") else {
                return false
            }
            switch step {
            case .index(let wanted):
                if index == wanted { return true }
            case .name(let wanted):
                let start = place
                skipValue()
                let name = bytes[start..<place]
                skipSpace()
                guard take(UInt8(ascii: ":")) else { return false }
                if name.dropFirst().dropLast().elementsEqual(wanted.utf8) { return true }
            }
            skipValue()
            skipSpace()
            guard take(UInt8(ascii: ",")) else { return false }
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipValue() {
        skipSpace()
        var depth = 0
        repeat {
            guard let byte = current else { return }
            switch byte {
            case UInt8(ascii: "\""): skipText()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                place += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                place += 1
            case _ where depth == 0: skipWord()
            default: place += 1
            }
        } while depth > 0
    }

    private mutating func skipText() {
        place += 1
        while let byte = current, byte != UInt8(ascii: "\"") {
            place += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        place = min(place + 1, bytes.count)
    }

    private mutating func skipWord() {
        while let byte = current, byte > 0x20, !",]}:".utf8.contains(byte) { place += 1 }
    }
}

extension JSONPlace.Step {
    fileprivate var opening: UInt8 {
        switch self {
        case .name: UInt8(ascii: "{")
        case .index: UInt8(ascii: "[")
        }
    }
}
