extension BaseRole {
    /// What the role allows, as statements; what they say nothing about is left to `basePermissions`.
    ///
    /// - Parameter holder: The member whose own tokens the role lets him manage; nil for the scope of a token,
    ///   which manages none unless it is an admin's or the owner's.
    package func policy(holder: MemberID?) -> Policy {
        switch self {
        case .noAccess, .reader: Policy(statements: [])
        case .writer:
            holder.map { Policy(statements: Self.writing + [Self.managingTokens(of: $0)]) } ?? Self.writerPolicy
        case .admin: Self.adminPolicy
        case .owner: Self.everything
        }
    }

    package var basePermissions: BasePermissions { self == .noAccess ? .noAccess : .reader }

    package func grant(holder: MemberID?) -> Grant {
        Grant(
            GrantName(rawValue, source: .baseRole), policy: policy(holder: holder),
            basePermissions: basePermissions)
    }
}

extension BaseRole {
    /// What is not the API's data, but says who may do what with it: never a writer's.
    fileprivate static let administration: [[String]] = [
        ["acct"], ["member"], ["member", "token"], ["service-token"], ["role"], ["team"], ["pending-request"],
        ["domain-verification"], ["ip-allowlist"], ["relay-proxy-config"],
    ]

    private static let writing: [Statement] = [
        Statement(
            .allow, actions: .matching([.everything]),
            resources: .notMatching(administration.map(ResourcePattern.init(allOf:))))
    ]

    private static let writerPolicy = Policy(statements: writing)

    private static func managingTokens(of member: MemberID) -> Statement {
        Statement(.allow, actions: .matching([.everything]), resources: .matching([.tokens(of: member)]))
    }

    private static let everything = Policy(statements: [
        Statement(.allow, actions: .matching([.everything]), resources: .matching([.everything]))
    ])

    /// Everything but paying and choosing the owner.
    private static let adminPolicy = Policy(
        statements: everything.statements + [
            Statement(
                .deny, actions: .matching(ofOwnerAlone.map(ActionPattern.init(_:))),
                resources: .matching([ResourcePattern(allOf: ["acct"])]))
        ])

    private static let ofOwnerAlone: [Action] =
        ["updateSubscription", "deleteSubscription", "getPaymentCard", "updatePaymentCard", "updateBillingContact"]
        .map(Action.init) + [.updateAccountOwner]
}

extension ResourceType {
    /// Whether it says who may do what, and is not the API's data.
    var isAdministrative: Bool { BaseRole.administration.contains(pattern.chain.map(\.type)) }
}
