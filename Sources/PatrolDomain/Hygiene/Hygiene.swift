/// The rules of token hygiene: pure, from what is known of a token and of the person behind it.
package enum Hygiene {
    /// A token that was never used is young until then.
    package static let neverUsedAfter = TimeSpan.days(14)
    package static let unusedAfter = TimeSpan.days(90)
    /// Use that is known only until longer ago than this says nothing about today.
    package static let useKnownFor = TimeSpan.days(30)
    /// From how long before its end a token expires soon, and how bad that is.
    ///
    /// - Parameter lifetime: From its creation to its end. Thirty days before it, only of one that was made for
    ///   long: a token that was made for a month is not unclean from its birth.
    package static func expiringSoon(lifetime: TimeSpan) -> [(within: TimeSpan, severity: Severity)] {
        let near: [(within: TimeSpan, severity: Severity)] = [(.days(7), .high), (.days(14), .medium)]
        return lifetime > .days(90) ? near + [(.days(30), .low)] : near
    }

    /// Judges one token. To judge many, let a `Round` do it: it remembers what tokens have in common.
    ///
    /// - Parameters:
    ///   - owner: The owner or creator, as he is now; nil where he is not on record.
    ///   - scope: What the token was given; nil for an account-wide one.
    ///   - behind: What the person behind it may do (see `TokenAuthority.behind`); nil where nothing is known.
    package static func judge(
        _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?, at now: Timestamp,
        catalogue: Catalogue = .launchDarkly
    ) -> Judgement {
        judge(token, owner: owner, scope: scope, at: now) {
            guard let scope, let behind else { return nil }
            return scope.containment(in: behind, catalogue: catalogue, steps: ScopeAnalysis.stepsAmongMany).witness?.request
        }
    }

    /// `witness` answers with a request that the scope allows and the person behind may not make; nil where there is
    /// none, and where that can't be decided: a finding needs something to show.
    static func judge(
        _ token: AccessToken, owner: Member?, scope: Authority?, at now: Timestamp, witness: () -> Request?
    ) -> Judgement {
        if token.deletedAt != nil { return .clean }
        if let end = token.expiresAt, end <= now {
            // It can do nothing any more, whatever else is wrong with it.
            let finding = Finding(.expired, severity: .low, evidence: .expiresAt(end))
            return Judgement(findings: [finding], dueAt: nil)
        }
        let reach = Reach(token, scope: scope)
        let use = UseRecord(token, reach: reach, at: now)
        let expiry = Expiry(token, reach: reach, at: now)
        var findings = reach.findings + owning(token, owner) + labels(token)
        if let finding = use.finding { findings.append(finding) }
        if let finding = expiry.finding { findings.append(finding) }
        if isSomebodyBehind(token, owner), let request = witness() {
            findings.append(Finding(.sleepingPrivilege, severity: .medium, evidence: .withheld(request)))
        }
        return Judgement(findings: findings, dueAt: [use.dueAt, expiry.dueAt].compactMap(\.self).min())
    }

    private static func isSomebodyBehind(_ token: AccessToken, _ owner: Member?) -> Bool {
        switch token.kind {
        case .accountWide: false
        case .service: true
        case .personal: owner?.standing == .active
        }
    }

    private static func owning(_ token: AccessToken, _ owner: Member?) -> [Finding] {
        guard token.kind != .accountWide else { return [] }
        switch owner?.standing {
        case .active: return []
        case .pending: return [Finding(.ownerPending, severity: .high, evidence: .plain)]
        case .removed, nil:
            // Of one who is on record only because the token names him, no removal is known.
            let removedAt = owner.flatMap { $0.isUnknown ? nil : $0.removedAt }
            let evidence = removedAt.map(Finding.Evidence.removedAt) ?? .plain
            return [Finding(.ownerRemoved, severity: .critical, evidence: evidence)]
        }
    }

    private static func labels(_ token: AccessToken) -> [Finding] {
        var findings: [Finding] = []
        if isUnclear(token.name) {
            findings.append(Finding(.unclearName, severity: .low, evidence: .name(token.name)))
        }
        if token.purpose.allSatisfy(\.isWhitespace) {
            findings.append(Finding(.missingPurpose, severity: .low, evidence: .plain))
        }
        return findings
    }

    private static let unclearNames: Set<String> = [
        "test", "testing", "tmp", "temp", "token", "new", "foo", "bar", "default", "untitled", "qwerty", "",
    ]

    /// Fewer than four letters (bytes, because other scripts say more in fewer), or a word that says
    /// nothing, whatever number stands behind it.
    static func isUnclear(_ name: String) -> Bool {
        let bytes = name.utf8
        if bytes.count < 4 { return true }
        var end = bytes.endIndex
        while end > bytes.startIndex, isFiller(bytes[bytes.index(before: end)]) { end = bytes.index(before: end) }
        let word = bytes[..<end]
        // Long names are clear; most are long, and need no copy.
        if word.count > 16 { return false }
        let lowercase = String(decoding: word.map(Glob.lowercased), as: UTF8.self)
        return unclearNames.contains(lowercase) || lowercase.hasPrefix("asdf")
    }

    private static func isFiller(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
