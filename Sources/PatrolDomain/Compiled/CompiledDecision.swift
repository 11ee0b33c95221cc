/// A decision without a text in it: what `CompiledAuthorities.decision(_:on:)` makes a `Decision` of.
package struct CompiledDecision: Hashable, Sendable {
    enum Cause: Hashable, Sendable {
        /// The numbers of the grant's name, and the place of the statement.
        case statement(place: Int32, name: UInt32)
        case basePermissions(name: UInt32)
        case nothingApplies
        case accountWide
        case notInForce(Decision.NotInForce)
    }

    package var isAllowed: Bool
    var cause: Cause
    /// Whether the project's view is what is missing, and `cause` what kept it.
    var isByViewGate = false
    /// Whether it is the person behind the token that may not.
    var isWithheld = false

    /// Whether it is refused because the token was deleted.
    package var isOfDeletedToken: Bool { cause == .notInForce(.tokenDeleted) }

    package static func notInForce(_ why: Decision.NotInForce) -> CompiledDecision {
        CompiledDecision(isAllowed: false, cause: .notInForce(why))
    }
}

/// The number of an `Authority` that was compiled.
package struct AuthorityNumber: Hashable, Sendable { let value: Int }

/// A `TokenAuthority` that was compiled.
package struct CompiledTokenAuthority: Hashable, Sendable {
    /// Nil for an account-wide token.
    let scope: AuthorityNumber?
    let behind: AuthorityNumber?
    let standing: Decision.NotInForce?
}
