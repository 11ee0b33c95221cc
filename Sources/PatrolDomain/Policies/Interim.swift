// Stands in for the policy grammar until it is there.
package struct SpecifierFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable { case empty }
    package let place: Int
    package let reason: Reason
}
extension ActionPattern {
    package init(parsing text: String) throws(SpecifierFault) {
        guard !text.isEmpty else { throw SpecifierFault(place: 0, reason: .empty) }
        self.init(text)
    }
}
extension ResourcePattern {
    package init(parsing text: String) throws(SpecifierFault) {
        guard !text.isEmpty else { throw SpecifierFault(place: 0, reason: .empty) }
        self.init(unparsed: text)
    }
}
extension Policy {
    package static let maximumPatterns = 200
}
extension BaseRole {
    package func policy(holder: MemberID?) -> Policy { Policy(statements: []) }
    package func grant(holder: MemberID?) -> Grant {
        Grant(
            GrantName(rawValue, source: .baseRole), policy: policy(holder: holder),
            basePermissions: self == .noAccess ? .noAccess : .reader)
    }
}
