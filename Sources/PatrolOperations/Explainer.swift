package import PatrolDomain
internal import PatrolStorage

/// Answers whether somebody may do something, and why, many times over: what a subject may do is
/// looked up and compiled once and kept until the account changes.
package final class Explainer {
    package enum Subject: Hashable, Sendable {
        case token(TokenID)
        /// By e-mail address.
        case member(String)
        /// A base role by name or a custom role by key: what it would give, held alone and without role attributes.
        case role(String)
    }

    /// So many subjects are kept; one more, and all are forgotten.
    private static let maximumKept = 10_000

    private let patrol: Patrol
    private var compiled = CompiledAuthorities()
    private var authorities: [Subject: CompiledTokenAuthority] = [:]
    private var sequence: Int64 = -1
    private var knownSince = Timestamp(milliseconds: 0)

    /// Time ends tokens without a change: what is known is looked up again after this long.
    private static let maximumAge = TimeSpan(milliseconds: 1_000)

    package init(_ patrol: Patrol) { self.patrol = patrol }

    /// Forgets what it knows if the account changed since. Call it before each answer, or each batch of them.
    package func refresh() throws(PatrolError) {
        let newest = try patrol.lastSequence()
        let now = patrol.now
        let isOld = now < knownSince || now - knownSince > Self.maximumAge
        guard newest != sequence || isOld || authorities.count > Self.maximumKept
        else { return }
        authorities.removeAll(keepingCapacity: true)
        compiled.removeAll()
        sequence = newest
        knownSince = now
    }

    /// The decision, as the gate would make it now. Fails with `notFound` for an unknown subject.
    package func decide(_ request: Request, for subject: Subject) throws(PatrolError) -> Decision {
        try authority(of: subject).decide(request)
    }

    /// The number of a request that was interned before, and is remembered.
    package func known(action: String, resource: String) -> InternedRequest? {
        compiled.known(action: action.utf8Span.span, resource: resource.utf8Span.span)
    }

    /// A number for a request, for asking about it at once. The action is not looked at (see `ActionPattern`).
    package func intern(action: String, resource: String) throws(SpecifierFault) -> InternedRequest {
        try compiled.intern(action: action.utf8Span.span, resource: resource.utf8Span.span)
    }

    /// The same decision on a request with a number.
    package func decide(_ request: InternedRequest, for subject: Subject) throws(PatrolError) -> Decision {
        let decision: CompiledDecision
        if let known = authorities[subject] {
            decision = compiled.decide(request, known)
        } else {
            let authority = compiled.add(try authority(of: subject))
            authorities[subject] = authority
            decision = compiled.decide(request, authority)
        }
        return compiled.decision(decision, on: request)
    }

    /// What a subject may do now. Fails with `notFound` for an unknown one.
    package func authority(of subject: Subject) throws(PatrolError) -> TokenAuthority {
        let found = try patrol.look { (transaction, now) throws(StorageError) -> TokenAuthority? in
            switch subject {
            case .token(let id):
                guard let token = try transaction.token(id) else { return nil }
                return try transaction.standing(of: token, at: now).authority
            case .member(let email):
                guard let member = try transaction.member(email: email) else { return nil }
                let authority = try transaction.authority(of: member)
                return TokenAuthority(scope: authority, behind: authority, standing: member.notInForce)
            case .role(let name):
                guard let grant = try transaction.grant(named: name) else { return nil }
                let authority = Authority(grants: [grant], holder: nil)
                return TokenAuthority(scope: authority, behind: authority)
            }
        }
        if let found { return found }
        switch subject {
        case .token(let id): throw .notFound(.token, id.text)
        case .member(let email): throw .notFound(.member, email)
        case .role(let name): throw .notFound(.role, name)
        }
    }
}

extension ReadTransaction {
    fileprivate func grant(named name: String) throws(StorageError) -> Grant? {
        if let base = BaseRole(rawValue: name) { return base.grant(holder: nil) }
        guard let key = Key(name), let role = try role(key: key), role.deletedAt == nil else { return nil }
        return Grant(
            GrantName(role.key.text, source: .customRole), policy: role.policy,
            basePermissions: role.basePermissions)
    }
}
