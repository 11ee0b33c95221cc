/// What a list is narrowed to: all of its terms hold. The same on the screen, on the command line and in the review.
package struct Filter: Hashable, Sendable {
    package var terms: [Term]

    package init(terms: [Term] = []) { self.terms = terms }

    package var isEmpty: Bool { terms.isEmpty }

    package struct Term: Hashable, Sendable {
        /// Written `!term`: what does not match is wanted.
        package var isExcluded: Bool
        package var condition: Condition

        package init(_ condition: Condition, isExcluded: Bool = false) {
            self.condition = condition
            self.isExcluded = isExcluded
        }
    }

    package enum Condition: Hashable, Sendable {
        /// A part of a name, purpose, e-mail address, key, action or resource; ASCII letters in any case.
        case text(String)
        /// `owner:kim`: a part of the owner's name or e-mail address.
        case owner(String)
        /// `role:admin`: a base role by name or a custom role by key.
        case role(String)
        case kind(AccessToken.Kind)
        /// `finding:wildcard`, `finding:admin,wildcard`: at least one of these, in force.
        case finding([HygieneRule])
        /// `flagged`
        case flagged
        /// `quarantined`: refused for a while.
        case quarantined
        /// `planned`: a narrower scope is to come.
        case planned
        /// `unused>90d`: not used for so long; `unused<…`: used since.
        case unused(Comparison, TimeSpan)
        /// `never`: no use is known.
        case neverUsed
        /// `expires<14d`, `expires>…`
        case expires(Comparison, TimeSpan)
        /// `expires:never`
        case neverExpires
        /// `created>90d`: created longer ago than that.
        case created(Comparison, TimeSpan)
        /// `pending`: members who have not accepted.
        case pending
        case removed
        /// `seen>30d`: members not seen for so long.
        case seen(Comparison, TimeSpan)
        /// `by:ada`, `action:delete`, `on:token`, `refused`: audit entries.
        case actor(String)
        case action(String)
        case targetKind(AuditTarget.Kind)
        case refused
        case imported
    }

    package enum Comparison: String, Hashable, Sendable { case moreThan = ">", lessThan = "<" }

    /// The lists that can be filtered; each knows some of the conditions.
    package enum List: String, CaseIterable, Hashable, Sendable { case members, roles, tokens, audit }
}
