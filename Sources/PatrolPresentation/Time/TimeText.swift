package import PatrolDomain

/// Moments and spans in words. Always UTC: the people who look at one account sit in many places.
package enum TimeText {
    /// `3 min ago`, `in 12 d`, `just now`.
    package static func relative(_ moment: Timestamp, now: Timestamp) -> SafeText {
        let span = now - moment
        if abs(span.milliseconds) < 60_000 { return "just now" }
        return span.milliseconds > 0
            ? "\(short(span).text) ago" : "in \(short(TimeSpan(milliseconds: -span.milliseconds)).text)"
    }

    /// A length in one unit, rounded down: `45 s`, `3 min`, `5 h`, `12 d`, `7 mo`, `2 y`.
    package static func short(_ span: TimeSpan) -> SafeText {
        let seconds = span.milliseconds / 1_000
        switch seconds {
        case ..<60: return "\(max(0, seconds)) s"
        case ..<3_600: return "\(seconds / 60) min"
        case ..<86_400: return "\(seconds / 3_600) h"
        case ..<(120 * 86_400): return "\(seconds / 86_400) d"
        case ..<(730 * 86_400): return "\(seconds / 86_400 * 12 / 365) mo"
        default: return "\(seconds / 86_400 / 365) y"
        }
    }

    /// `2026-11-24 05:57`
    package static func absolute(_ moment: Timestamp) -> SafeText { "\(day(moment).text) \(clock(moment).text)" }

    /// `2026-11-24`
    package static func day(_ moment: Timestamp) -> SafeText {
        let day = CalendarDay(of: moment)
        return "\(digits(day.year, 4))-\(digits(day.month, 2))-\(digits(day.day, 2))"
    }

    /// `05:57`
    package static func clock(_ moment: Timestamp) -> SafeText {
        let minutes = secondsOfDay(moment) / 60
        return "\(digits(minutes / 60, 2)):\(digits(minutes % 60, 2))"
    }

    /// `05:57:12`
    package static func clockWithSeconds(_ moment: Timestamp) -> SafeText {
        "\(clock(moment).text):\(digits(secondsOfDay(moment) % 60, 2))"
    }

    /// `2026-11-24T05:57:12Z`, for programs.
    package static func machine(_ moment: Timestamp) -> SafeText {
        "\(day(moment).text)T\(clockWithSeconds(moment).text)Z"
    }

    /// For a column of moments, at most 12 cells: the time today (`05:57:12`), day and time this year
    /// (`24 Nov 05:57`), else the date (`2025-11-24`).
    package static func stamp(_ moment: Timestamp, now: Timestamp) -> SafeText {
        let day = CalendarDay(of: moment)
        let today = CalendarDay(of: now)
        if day == today { return clockWithSeconds(moment) }
        guard day.year == today.year else { return self.day(moment) }
        return "\(digits(day.day, 2)) \(monthNames[day.month - 1]) \(clock(moment).text)"
    }

    /// `24 Nov`, or with the year where it is not this one: `24 Nov 2025`.
    package static func date(_ moment: Timestamp, now: Timestamp) -> SafeText {
        let day = CalendarDay(of: moment)
        let short = "\(day.day) \(monthNames[day.month - 1])"
        return day.year == CalendarDay(of: now).year ? "\(short)" : "\(short) \(day.year)"
    }

    static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    private static func secondsOfDay(_ moment: Timestamp) -> Int {
        let days = CalendarDay.floorDivide(moment.milliseconds, 86_400_000)
        return Int((moment.milliseconds - days * 86_400_000) / 1_000)
    }
}
