/// The rules of token hygiene: pure, from what is known of a token and of the person behind it.
package enum Hygiene {
    /// Use that is known only until longer ago than this says nothing about today.
    package static let useKnownFor = TimeSpan.days(30)

    /// Judges one token. To judge many, let a `Round` do it: it remembers what tokens have in common.
    ///
    /// - Parameters:
    ///   - owner: The owner or creator, as he is now; nil where he is not on record.
    ///   - scope: What the token was given; nil for an account-wide one.
    ///   - behind: What the person behind it may do (see `TokenAuthority.behind`); nil where nothing is known.
    ///   - facts: What else is on record. Rules that need more than there is say nothing.
    package static func judge(
        _ token: AccessToken, owner: Member?, scope: Authority?, behind: Authority?,
        facts: HygieneFacts = HygieneFacts(), at now: Timestamp, catalogue: Catalogue = .launchDarkly
    ) -> Judgement {
        var round = Round(catalogue: catalogue)
        return round.judge(token, owner: owner, scope: scope, behind: behind, facts: facts, at: now)
    }

    static func judge(
        _ subject: Subject, pair: PairFacts, granted: () -> ActionsByExample?
    ) -> Judgement {
        let (token, now) = (subject.token, subject.now)
        if token.deletedAt != nil { return .clean }
        var verdict = Verdict()
        if let end = token.expiresAt, end <= now {
            // It can do nothing any more, whatever else is wrong with it.
            verdict.add(.expired, .low, .expiresAt(end))
        } else {
            ReachRules.judge(subject, pair, into: &verdict)
            LifeRules.judge(subject, into: &verdict)
            UseRules.judge(subject, granted: granted, into: &verdict)
            PeopleRules.judge(subject, into: &verdict)
            TrafficRules.judge(subject, into: &verdict)
            LabelRules.judge(subject, into: &verdict)
            verdict.raiseWhatCoincides()
        }
        EventRules.judge(subject, into: &verdict)
        return Judgement(verdict, suppressions: subject.facts.suppressions, at: now)
    }
}
