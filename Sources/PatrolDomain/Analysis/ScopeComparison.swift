/// What two scopes have to do with each other.
package struct ScopeComparison: Hashable, Sendable {
    package enum Relation: String, CaseIterable, Hashable, Sendable {
        case equal
        /// One of them is within the other: `aWithinB` and `bWithinA` say which.
        case contained
        /// Some of what one allows the other allows, too, and each goes beyond the other.
        case overlapping
        /// Nothing is allowed by both.
        case disjoint
        case undecided
    }

    package let relation: Relation
    package let aInB: Containment
    package let bInA: Containment

    /// Nil: undecided.
    package var aWithinB: Bool? { aInB.isContained }
    package var bWithinA: Bool? { bInA.isContained }

    init(_ a: TokenAuthority, _ b: TokenAuthority, with analysis: inout ScopeAnalysis, steps: Int) {
        aInB = analysis.containment(of: a, in: b, steps: steps)
        bInA = analysis.containment(of: b, in: a, steps: steps)
        switch (aInB.isContained, bInA.isContained) {
        case (true, true): relation = .equal
        case (true, false), (false, true): relation = .contained
        case (false, false):
            relation =
                switch analysis.overlap(of: a, with: b, steps: steps) {
                case .disjoint: .disjoint
                case .overlapping: .overlapping
                case .undecided: .undecided
                }
        default: relation = .undecided
        }
    }
}

extension Containment {
    /// Nil: undecided.
    package var isContained: Bool? {
        switch self {
        case .contained: true
        case .beyond: false
        case .undecided: nil
        }
    }

    /// What goes beyond; nil where nothing does, and where it is undecided.
    package var witness: Witness? {
        if case .beyond(let witness) = self { witness } else { nil }
    }
}

extension ScopeAnalysis {
    /// Compares both ways.
    ///
    /// - Parameter steps: What each of up to three questions may take.
    package mutating func comparison(
        of a: TokenAuthority, with b: TokenAuthority, steps: Int = maximumSteps
    ) -> ScopeComparison {
        ScopeComparison(a, b, with: &self, steps: steps)
    }
}

extension TokenAuthority {
    /// The scope of one who acts in person: nobody else has to allow it.
    package init(_ authority: Authority) { self.init(scope: authority, behind: authority) }

    /// Whether `other` allows all that this allows: exactly, with the person behind each of them. One that is not in
    /// force allows nothing. To compare many, ask one `ScopeAnalysis`.
    package func containment(
        in other: TokenAuthority, catalogue: Catalogue = .launchDarkly, steps: Int = ScopeAnalysis.maximumSteps
    ) -> Containment {
        var analysis = ScopeAnalysis(catalogue: catalogue)
        return analysis.containment(of: self, in: other, steps: steps)
    }
}

extension Authority {
    /// As `TokenAuthority.containment`.
    package func containment(
        in other: Authority, catalogue: Catalogue = .launchDarkly, steps: Int = ScopeAnalysis.maximumSteps
    ) -> Containment {
        TokenAuthority(self).containment(in: TokenAuthority(other), catalogue: catalogue, steps: steps)
    }
}
