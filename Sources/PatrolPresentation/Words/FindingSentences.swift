package import PatrolDomain

extension HygieneRule {
    /// The finding in two or three words.
    package var title: SafeText { words.title }

    /// What to do about it where the token can be edited.
    package var advice: SafeText { words.advice }

    /// What to do about it, with a token of this kind: the scope of a service token is fixed, and one
    /// whose creator left may still be in use.
    package func advice(for kind: AccessToken.Kind) -> SafeText {
        if remedy(for: kind) == .flag && remedy == .editScope {
            return "create a narrower one in its place, and flag this one"
        }
        if remedy(for: kind) == .flag && self == .ownerRemoved { return "find out who uses it, and flag it" }
        return advice
    }
}

extension Finding {
    /// The fact it rests on, in one sentence without a full stop.
    /// - Parameter isSpoken: with spans in whole words, for reading aloud.
    package func evidence(now: Timestamp, isSpoken: Bool = false) -> SafeText {
        switch evidence {
        case .plain: rule.words.plain
        case .scopeIncludes(let role): "its scope is the base role \(role.rawValue)"
        case .statement(let place, let grant):
            "statement \(place + 1) of \(grant.words.text) reaches that far"
        case .createdAt(let moment):
            "no use is known since it was created \(moment.relativeAndDay(now, isSpoken))"
        case .lastUsedAt(let moment): "last used \(moment.relativeAndDay(now, isSpoken))"
        case .expiresAt(let moment):
            "\(moment <= now ? "expired" : "expires") \(moment.relativeAndDay(now, isSpoken))"
        case .removedAt(let moment): "its owner was removed \(moment.relativeAndDay(now, isSpoken))"
        case .withheld(let request):
            "it was given `\(request.action.name)` on `\(request.resource.description)`, which its owner may not do now"
        case .name(let name): "`\(name)` does not say what it is for"
        case .lifetime(let span, let limit):
            "it lives for \(Count.of(span.wholeDays, "day").text), at most \(limit.wholeDays) are wanted"
        case .secretSince(let moment): "its secret was made \(moment.relativeAndDay(now, isSpoken))"
        case .escalates(let request):
            "it may `\(request.action.name)` on `\(request.resource.description)`"
        case .apiVersion(let version, let behind, let end): Self.version(version, behind, end, now, isSpoken)
        case .reviewed(let moment):
            moment.map { "the last review decided \($0.relativeAndDay(now, isSpoken))" } ?? "no review has decided about it yet"
        case .suppressedSince(let moment, let rule):
            "\(rule.title.text) was suppressed \(moment.relativeAndDay(now, isSpoken))"
        case .twin(let id): "the token `\(id.text)` has the same owner, scope, networks and clients"
        case .hoard(let count): "its owner has \(Count.of(count, "token").text)"
        default: useEvidence(now, isSpoken)
        }
    }

    private static func version(
        _ version: Int, _ behind: Int, _ end: Timestamp?, _ now: Timestamp, _ isSpoken: Bool
    ) -> SafeText {
        let newer = behind == 1 ? "1 version is newer" : "\(behind) versions are newer"
        let ending = end.map { "; it \($0 <= now ? "ended" : "ends") \($0.relativeAndDay(now, isSpoken))" } ?? ""
        return "it is pinned to \(version), \(newer)\(ending)"
    }

    /// Evidence from traffic.
    private func useEvidence(_ now: Timestamp, _ isSpoken: Bool) -> SafeText {
        func when(_ moment: Timestamp) -> String { moment.relativeAndDay(now, isSpoken) }
        return switch evidence {
        case .excess(let percent, let unused, let granted, let example):
            "\(percent) % of its rights by weight were not used: \(unused) of \(granted) actions, such as `\(example.name)`"
        case .places(let touched, let reached): "it called \(touched) of \(reached) places in which it may do the same"
        case .revived(let from, let at): "used \(when(at)), after \(TimeText.short(at - from).text) of silence"
        case .shared(let networks, let clients):
            "called from \(Count.of(networks, "network").text) by \(Count.of(clients, "client").text)"
        case .twoNetworks(let one, let other, let at): "called from `\(one)` and `\(other)` within a minute, \(when(at))"
        case .network(let network, let since): "first called from `\(network)` \(when(since))"
        case .client(let client, let since): "first called by `\(client)` \(when(since))"
        case .denials(let calls, let actions, let at):
            "\(Count.of(calls, "call").text) of \(Count.of(actions, "action").text) refused, \(when(at))"
        case .signal(let kind, let count, let at):
            "\(kind.words.text) was seen \(Count.of(count, "time").text), last \(when(at))"
        case .oldSecret(let at, let until): "its old secret, which ends \(when(until)), was used \(when(at))"
        case .endedSecret(let at, let end): "its old secret, which ended \(when(end)), was tried \(when(at))"
        case .networks(let networks): networks.fromWhere
        case .environments(let one, let other): "used in `\(one)` and in `\(other)`"
        case .interactive(let client): "called by `\(client)`, behind which a person sits"
        default: rule.words.plain
        }
    }
}

extension [String] {
    /// Networks in a sentence; the first three of many.
    fileprivate var fromWhere: SafeText {
        guard !isEmpty else { return "it can be used from anywhere" }
        let named = prefix(3).map { "`\($0)`" }.joined(separator: ", ")
        let more = count > 3 ? " and \(Count.of(count - 3, "other network").text)" : ""
        return "it can be used from anywhere; in 30 days it was used from \(named)\(more)"
    }
}

extension UseBasis {
    /// `90 days, 1,204 calls, grade A`
    package var words: SafeText {
        "\(Count.of(days, "day").text), \(Count.of(calls, "call").text), grade \(grade.rawValue)"
    }
}

extension WithheldRule {
    /// `unused: nothing was recorded from 2026-05-01 12:00 to 2026-05-02 08:00`
    package var words: SafeText {
        "\(rule.title.text): no use was recorded from \(TimeText.absolute(gap.start).text) to \(TimeText.absolute(gap.end).text)"
    }
}

extension Suppression {
    /// `accepted until the move, until 2027-03-31`
    package var words: SafeText { "\(reason), until \(TimeText.day(endsAt).text)" }
}

extension Timestamp {
    /// `4 mo ago (2026-07-20)`, or `4 months ago, 2026-07-20`
    fileprivate func relativeAndDay(_ now: Timestamp, _ isSpoken: Bool) -> String {
        isSpoken
            ? "\(TimeText.spoken(self, now: now).text), \(TimeText.day(self).text)"
            : "\(TimeText.relative(self, now: now).text) (\(TimeText.day(self).text))"
    }
}

extension Severity {
    package var word: SafeText {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    /// Tells severities apart without colour. One cell.
    package var symbol: SafeText {
        switch self {
        case .low: "○"
        case .medium: "●"
        case .high: "▲"
        case .critical: "◆"
        }
    }
}

extension TokenRisk {
    /// The rules that found something; what is usually worse comes first.
    package var findingRules: [HygieneRule] { Self.usualOrder.filter { holds($0) } }

    private static let usualOrder: [HygieneRule] = [
        .leaked, .retiredSecret, .accountWide, .ownerRemoved, .adminScope, .wildcardPolicy, .expired, .selfEscalating,
        .denialBurst, .revived, .unsafePresentation, .neverUsed, .unused, .overPrivileged, .sleepingPrivilege, .noExpiry,
        .orphanService, .ownerPending, .shared, .newNetwork, .expiringSoon, .rotationOverdue, .rotationUnfinished,
        .longLifetime, .overreach, .crossedLines, .unpinned, .newClient, .reviewOverdue, .oldVersion, .duplicate,
        .missingPurpose, .unclearName,
    ]
}
