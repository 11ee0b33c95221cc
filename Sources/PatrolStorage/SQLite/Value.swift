/// A value as SQLite stores it.
enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

extension Value {
    static func integer(_ number: Int) -> Value { .integer(Int64(number)) }
    static func boolean(_ isTrue: Bool) -> Value { .integer(isTrue ? 1 : 0) }
    static func optional(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }
    static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
}
