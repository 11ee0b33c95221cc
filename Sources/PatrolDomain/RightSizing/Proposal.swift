/// Something that a token needs, and why it is thought to.
package struct NeededRequest: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// It was used.
        case used(calls: Int, lastAt: Timestamp)
        /// Who does this has to see it.
        case implied(by: Action)
        /// So many of so many tokens with the same purpose used it.
        case siblings(Int, of: Int)
    }

    package var request: Request
    package var reason: Reason
}

/// A smaller scope that covers what a token was used for.
package struct Proposal: Hashable, Sendable {
    package struct Option: Hashable, Sendable {
        package var scope: Scope
        /// The keys of its roles, in the order of the scope.
        package var roleKeys: [String]
        /// What the token could do with it.
        package var authority: TokenAuthority
        package var difference: ScopeDifference
        /// Of what it gives, so many hundredths are not needed, by weight; at the catalogue's word.
        package var excess: Int
    }

    /// What is proposed.
    package var option: Option
    /// The other way, where there is one: the inline policy beside a role, or the role beside the policy.
    package var alternative: Option?
    package var grade: Grade
    package var needs: [NeededRequest]
    package var use: Evidence
    /// Of what it may do now, so many hundredths are not needed, by weight; at the catalogue's word.
    package var excess: Int
    /// Why the token itself can't be given it; nil where it can.
    package var obstacle: Obstacle?

    /// What the proposal rests on.
    package struct Evidence: Hashable, Sendable {
        package var calls: Int
        package var coverage: UseCoverage
        package var hasBeat: Bool

        init(_ use: KnownUse) {
            calls = use.count
            coverage = use.coverage
            hasBeat = use.hasBeat
        }
    }

    package enum Obstacle: Hashable, Sendable {
        /// What a service token was given can't change: a narrower one takes its place.
        case isService
        case isAccountWide
    }
}

/// What is proposed for a token, or why nothing is.
package enum RightSizingAnswer: Hashable, Sendable {
    case proposed(Proposal)
    /// It has the smallest scope that was found to cover its use.
    case fits(Grade, Proposal.Evidence, excess: Int)
    case withheld(Withheld)
}

/// What a scope gives less than the one before.
package struct ScopeDifference: Hashable, Sendable {
    /// May be done nowhere any more.
    package var lost: [TypeAction]
    /// May still be done, on less.
    package var narrowed: [TypeAction]
    /// May still be done, wherever it could be done before.
    package var kept: [TypeAction]
    /// A request that is lost; nil where nothing is.
    package var example: Request?
}

/// A proposal for a token, and what would have failed under it.
package struct SizedToken: Hashable, Sendable {
    package var token: AccessToken
    package var answer: RightSizingAnswer
    /// The token's calls under what is proposed; nil where nothing is.
    package var replay: Replay?
    /// The roles that grant what its scope grants.
    package var likeness: [ScopeLikeness]

    package init(
        token: AccessToken, answer: RightSizingAnswer, replay: Replay?, likeness: [ScopeLikeness] = []
    ) {
        self.token = token
        self.answer = answer
        self.replay = replay
        self.likeness = likeness
    }

    package var proposal: Proposal? {
        if case .proposed(let proposal) = answer { proposal } else { nil }
    }
}
