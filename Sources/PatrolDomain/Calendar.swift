/// Dates and times as text, in UTC.
extension Timestamp {
    /// `2026-11-24T05:57:03Z`.
    package var iso8601: String { "\(date)T\(Self.twoDigits(hour)):\(Self.twoDigits(minute)):\(Self.twoDigits(second))Z" }

    /// `2026-11-24`.
    package var date: String {
        let (year, month, day) = civil
        return "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
    }

    /// Midnight UTC at which the day begins.
    package var startOfDay: Timestamp {
        Timestamp(milliseconds: days * Self.millisecondsPerDay)
    }

    /// Midnight UTC of `2026-11-24`, or the moment of `2026-11-24T05:57[:03][Z]`;
    /// nil for another text, a day that does not exist, or a year outside `accepted`.
    package init?(iso8601 text: String) {
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let days = Self.days(ofDate: halves[0]) else { return nil }
        var milliseconds = days * Self.millisecondsPerDay
        if halves.count == 2 {
            guard let timeOfDay = Self.milliseconds(ofTime: halves[1]) else { return nil }
            milliseconds += timeOfDay
        }
        self.init(milliseconds: milliseconds)
        guard Self.accepted.contains(self) else { return nil }
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    private var days: Int64 {
        let quotient = milliseconds / Self.millisecondsPerDay
        return milliseconds % Self.millisecondsPerDay < 0 ? quotient - 1 : quotient
    }

    private var secondOfDay: Int { Int((milliseconds - days * Self.millisecondsPerDay) / 1_000) }
    private var hour: Int { secondOfDay / 3_600 }
    private var minute: Int { secondOfDay / 60 % 60 }
    private var second: Int { secondOfDay % 60 }

    /// Year, month and day of the Gregorian calendar: the era method, whose year begins in March
    /// so that the leap day is its last (Neri and Schneider, "Euclidean affine functions", 2022).
    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(ofDate text: Substring) -> Int64? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], digits: 4),
            let month = number(parts[1], digits: 2), let day = number(parts[2], digits: 2),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = yearFromMarch / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = Int64(era * 146_097 + dayOfEra - 719_468)
        // A day that does not exist, such as 30 February, comes back as another.
        guard Timestamp(milliseconds: days * millisecondsPerDay).date == text else { return nil }
        return days
    }

    private static func milliseconds(ofTime text: Substring) -> Int64? {
        let clock = text.hasSuffix("Z") ? text.dropLast() : text
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        let numbers = parts.compactMap { number($0, digits: 2) }
        guard numbers.count == parts.count, numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 })
        else { return nil }
        let seconds = numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
        return Int64(seconds) * 1_000
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
