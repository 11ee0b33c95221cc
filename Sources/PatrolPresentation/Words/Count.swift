/// Numbers with their things.
package enum Count {
    /// `1 token`, `2 tokens`, `1,204 tokens`.
    package static func of(_ count: Int, _ singular: String, _ plural: String? = nil) -> SafeText {
        "\(number(count).text) \(count == 1 ? singular : plural ?? singular + "s")"
    }

    /// With commas: `1,204`.
    package static func number(_ number: Int) -> SafeText {
        var digits = Array(String(number.magnitude).utf8)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(UInt8(ascii: ","), at: place)
            place -= 3
        }
        return "\(number < 0 ? "-" : "")\(String(decoding: digits, as: UTF8.self))"
    }

    /// For narrow columns: `950`, `1.2k`, `34k`, `5.6M`.
    package static func short(_ number: Int) -> SafeText {
        switch number {
        case ..<1_000: "\(number)"
        case ..<10_000: "\(number / 1_000).\(number % 1_000 / 100)k"
        case ..<1_000_000: "\(number / 1_000)k"
        case ..<10_000_000: "\(number / 1_000_000).\(number % 1_000_000 / 100_000)M"
        default: "\(number / 1_000_000)M"
        }
    }
}
