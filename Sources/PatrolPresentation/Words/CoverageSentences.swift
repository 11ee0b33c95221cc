package import PatrolDomain

extension UseCoverage {
    /// `87 of 90 days; gap of 3 d from 14 Oct`, `all of the last 90 days`, `nothing of the last 90 days`.
    package func words(now: Timestamp) -> SafeText {
        let day = TimeSpan.days(1).milliseconds
        let days = max(1, Int((span.milliseconds + day / 2) / day))
        let gaps = notableGaps
        let span: SafeText = days == 1 ? "the last day" : "the last \(days) days"
        if gaps.isEmpty { return "all of \(span.text)" }
        if known.milliseconds < TimeSpan.hours(1).milliseconds { return "nothing of \(span.text)" }
        let knownDays = min(days, Int((known.milliseconds + day / 2) / day))
        let longest = gaps.sorted { $0.length > $1.length }.prefix(2).sorted { $0.start < $1.start }
        var words = "\(knownDays) of \(days) days"
        words += longest.map { "; gap of \($0.words(now: now).text)" }.joined()
        if gaps.count > longest.count { words += "; \(Count.of(gaps.count - longest.count, "shorter gap").text)" }
        return SafeText(words)
    }
}

extension UseCoverage.Gap {
    /// `3 d from 14 Oct`
    package func words(now: Timestamp) -> SafeText {
        "\(TimeText.short(length).text) from \(TimeText.date(start, now: now).text)"
    }
}

extension TokenSignal.Kind {
    package var words: SafeText {
        switch self {
        case .retiredSecret: "a secret that is retired"
        case .leaked: "a report that its secret leaked"
        case .inQuery: "its secret in an address"
        case .inClear: "its secret over an open connection"
        case .quarantined: "an attempt in quarantine"
        }
    }
}
