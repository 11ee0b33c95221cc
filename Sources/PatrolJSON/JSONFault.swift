/// How large a document may be. All three are checked before a value is built.
package struct JSONLimits: Hashable, Sendable {
    package var bytes: Int
    /// How deep lists and objects may nest.
    package var depth: Int
    package var values: Int

    package init(bytes: Int, depth: Int, values: Int) {
        self.bytes = bytes
        self.depth = depth
        self.values = values
    }

    /// One line of a batch.
    package static let line = JSONLimits(bytes: 65_536, depth: 16, values: 1_000)
    /// What a person types or passes, such as a policy: 1 MiB.
    package static let document = JSONLimits(bytes: 1_048_576, depth: 16, values: 200_000)
    /// A page of another system's answers.
    package static let page = JSONLimits(bytes: 268_435_456, depth: 64, values: 20_000_000)
}

/// Why a text is not the JSON that was asked for, and where.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case syntax
        /// It ends before it is complete; also when it is empty.
        case unfinished
        /// Something follows the value.
        case excess
        case notUTF8
        case nulCharacter
        case duplicateName
        case numberOutOfRange
        case byteOrderMark
        case tooLarge(limit: Int)
        case tooDeep(limit: Int)
        case tooManyValues(limit: Int)
        case outOfMemory
    }

    package let reason: Reason
    /// From 1; the column counts Unicode scalars, up to the end of what is wrong.
    package let line: Int
    package let column: Int

    package init(_ reason: Reason, line: Int = 1, column: Int = 1) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// A sentence part with the place: `line 3, column 7: a comma or an end was expected`.
    package var description: String { "line \(line), column \(column): \(reason.words)" }
}

extension JSONFault.Reason {
    package var words: String {
        switch self {
        case .syntax: "not valid JSON"
        case .unfinished: "the text ends before the value is complete"
        case .excess: "there is more after the value"
        case .notUTF8: "not UTF-8"
        case .nulCharacter: "a text holds the character U+0000"
        case .duplicateName: "a name stands twice in one object"
        case .numberOutOfRange: "a number is out of range"
        case .byteOrderMark: "it begins with a byte order mark"
        case .tooLarge(let limit): "it is larger than \(limit) bytes"
        case .tooDeep(let limit): "lists and objects nest deeper than \(limit)"
        case .tooManyValues(let limit): "it holds more than \(limit) values"
        case .outOfMemory: "there is not enough memory for it"
        }
    }
}
