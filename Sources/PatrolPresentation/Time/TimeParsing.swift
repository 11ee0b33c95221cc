package import PatrolDomain

/// What people write for a moment: a day (`2027-01-31`, until its last second) or a span from now
/// (`12h`, `30d`, `6w`, `1y`).
package enum TimeParsing {
    package enum Fault: Error, Hashable, Sendable {
        case notADate
        case noSuchDay
        /// Outside of 2000 to 2199.
        case outOfRange
    }

    package static func moment(_ text: String, now: Timestamp) throws(Fault) -> Timestamp {
        let moment: Timestamp
        if let span = span(text) {
            moment = now + span
        } else {
            moment = try day(text) + TimeSpan(milliseconds: 86_399_000)
        }
        guard Timestamp.accepted.contains(moment) else { throw .outOfRange }
        return moment
    }

    /// `30d`: a number of at most five digits and one of `h d w y`.
    package static func span(_ text: String) -> TimeSpan? {
        let bytes = Array(text.utf8)
        guard let unit = bytes.last, let count = number(bytes.dropLast()) else { return nil }
        switch unit {
        case UInt8(ascii: "h"): return .hours(count)
        case UInt8(ascii: "d"): return .days(count)
        case UInt8(ascii: "w"): return .days(count * 7)
        case UInt8(ascii: "y"): return .days(count * 365)
        default: return nil
        }
    }

    /// Midnight UTC at which `2027-01-31` begins.
    package static func day(_ text: String) throws(Fault) -> Timestamp {
        let bytes = Array(text.utf8)
        let dash = UInt8(ascii: "-")
        guard bytes.count == 10, bytes[4] == dash, bytes[7] == dash,
            number(bytes[0..<4]) != nil, number(bytes[5..<7]) != nil, number(bytes[8..<10]) != nil
        else { throw .notADate }
        guard let day = Timestamp(iso8601: text) else { throw .noSuchDay }
        return day
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...5).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}

extension TimeParsing.Fault {
    package var sentence: SafeText {
        switch self {
        case .notADate: "write a day like 2027-01-31, or a span like 30d"
        case .noSuchDay: "there is no such day"
        case .outOfRange: "that is not between 2000 and 2199"
        }
    }
}
