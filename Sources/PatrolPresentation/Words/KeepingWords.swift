package import PatrolDomain

extension AccessToken {
    /// `quarantined` or `planned`; nil where it is neither.
    package var keepingWord: SafeText? {
        if quarantine != nil { return "quarantined" }
        return plan == nil ? nil : "planned"
    }
}

extension Quarantine {
    /// `nobody knows it, deleted 2026-12-24`
    package var words: SafeText {
        "\(reason), \(deletesAt.map { "to be deleted on \(TimeText.day($0).text)" } ?? "kept until somebody decides")"
    }
}

extension TokenSignal {
    /// `refused 14 times, last 3 min ago`
    package func attemptWords(now: Timestamp) -> SafeText {
        "refused \(Count.of(count, "time").text), last \(TimeText.relative(lastAt, now: now).text)"
    }
}

extension ScopePlan {
    /// `the base role reader from 2026-12-01 (in 7 d): it only reads`
    /// - Parameter roleKeys: the keys of its custom roles, as far as they are known.
    package func words(roleKeys: [String], now: Timestamp) -> SafeText {
        let when = "\(TimeText.day(appliesAt).text) (\(TimeText.relative(appliesAt, now: now).text))"
        return "\(scope.long(roleKeys: roleKeys).text) from \(when): \(reason)"
    }
}

extension FormerScope {
    /// `the base role writer until 2026-11-24`
    package func words(roleKeys: [String]) -> SafeText {
        "\(scope.long(roleKeys: roleKeys).text) until \(TimeText.day(changedAt).text)"
    }
}
