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

    /// In whole words, for reading aloud: `3 minutes ago`, `in 12 days`, `just now`.
    package static func spoken(_ moment: Timestamp, now: Timestamp) -> SafeText {
        let span = now - moment
        if abs(span.milliseconds) < 60_000 { return "just now" }
        let length = spoken(TimeSpan(milliseconds: abs(span.milliseconds)))
        return span.milliseconds > 0 ? "\(length.text) ago" : "in \(length.text)"
    }

    private static func spoken(_ span: TimeSpan) -> SafeText {
        let words = short(span).text.split(separator: " ")
        let units = ["min": "minute", "h": "hour", "d": "day", "mo": "month", "y": "year"]
        guard words.count == 2, let count = Int(words[0]), let unit = units[String(words[1])] else { return short(span) }
        return Count.of(count, unit)
    }

    /// `2026-11-24 05:57`
    package static func absolute(_ moment: Timestamp) -> SafeText { "\(day(moment).text) \(clock(moment).text)" }

    /// `2026-11-24`
    package static func day(_ moment: Timestamp) -> SafeText { SafeText(moment.date) }

    /// `05:57`
    package static func clock(_ moment: Timestamp) -> SafeText { clockWithSeconds(moment).prefix(cells: 5) }

    /// `05:57:12`
    package static func clockWithSeconds(_ moment: Timestamp) -> SafeText {
        SafeText(moment.iso8601).dropping(cells: 11).prefix(cells: 8)
    }

    /// `2026-11-24T05:57:12Z`, for programs.
    package static func machine(_ moment: Timestamp) -> SafeText { SafeText(moment.iso8601) }

    /// For a column of moments, at most 12 cells: the time today (`05:57:12`), day and time this year
    /// (`24 Nov 05:57`), else the date (`2025-11-24`).
    package static func stamp(_ moment: Timestamp, now: Timestamp) -> SafeText {
        let day = moment.date
        if day == now.date { return clockWithSeconds(moment) }
        guard day.prefix(4) == now.date.prefix(4) else { return self.day(moment) }
        return "\(day.suffix(2)) \(month(of: day)) \(clock(moment).text)"
    }

    /// `24 Nov`, or with the year where it is not this one: `24 Nov 2025`.
    package static func date(_ moment: Timestamp, now: Timestamp) -> SafeText {
        let day = moment.date
        let short = "\(Int(day.suffix(2)) ?? 0) \(month(of: day))"
        return day.prefix(4) == now.date.prefix(4) ? "\(short)" : "\(short) \(day.prefix(4))"
    }

    /// `Nov` in `2026-11-24`.
    private static func month(of day: String) -> String {
        let names = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let number = Int(day.dropLast(3).suffix(2)) ?? 1
        return names[min(max(number, 1), 12) - 1]
    }
}
