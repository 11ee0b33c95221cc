/// Whether one scope grants everything that another does.
package enum Containment: Hashable, Sendable {
    /// Nothing goes beyond: proven, not tried.
    case contained
    case beyond(Witness)
    /// The search took more steps than it may.
    case undecided
}

/// A request that one scope allows and another does not, and what allows it. It can be checked by evaluation.
package struct Witness: Hashable, Sendable {
    package var request: Request
    /// What allows it on the side that goes further.
    package var reason: Decision.Reason

    package init(_ request: Request, reason: Decision.Reason) {
        self.request = request
        self.reason = reason
    }
}

/// Whether there is something that two scopes both allow.
package enum Overlap: Hashable, Sendable {
    /// Nothing is allowed by both: proven, not tried.
    case disjoint
    case overlapping(Request)
    /// The search took more steps than it may.
    case undecided
}
