/// Finds the smallest scope that covers what a token was used for: by rules that can be told, not by guesses.
///
/// What was used in the last 90 days (400 where its calls come with long pauses), the views that this implies, and what
/// most tokens of the same purpose used, is what it needs. The smallest role that gives all of that, and nothing that the
/// token may not do now, is proposed where it gives no more than as much again; else an inline policy that gives just that.
package struct RightSizing: Sendable {
    /// A live token of the same purpose, and what it was used for.
    package struct Sibling: Hashable, Sendable {
        package var used: Set<Request>

        package init(used: Set<Request>) { self.used = used }
    }

    /// Fewer say nothing.
    package static let fewestSiblings = 3
    /// So many hundredths of the siblings make a hint.
    package static let siblingShare = 60
    /// More kinds of calls, each an action on a resource, are not looked at.
    package static let maximumKinds = 2_000

    package var token: AccessToken
    /// The owner, as he is now; nil where he is not on record.
    package var owner: Member?
    /// His teams.
    package var teams: [Team]
    /// Every role of the account that may be proposed, and those of the token, the owner and his teams.
    package var roles: [RoleID: Role]
    package var use: KnownUse
    package var siblings: [Sibling]

    package init(
        token: AccessToken, owner: Member?, teams: [Team], roles: [RoleID: Role], use: KnownUse,
        siblings: [Sibling] = []
    ) {
        self.token = token
        self.owner = owner
        self.teams = teams
        self.roles = roles
        self.use = use
        self.siblings = siblings
    }

    package func answer(at now: Timestamp, catalogue: Catalogue = .launchDarkly) -> RightSizingAnswer {
        do throws(Withheld) {
            let authority = authority(of: token.scope, at: now)
            if let standing = authority.standing { throw .notInForce(standing) }
            let grade = try Grade.of(use, since: grantedSince(authority, at: now, catalogue), at: now)
            var search = ScopeSearch(self, now: authority.forComparison, catalogue: catalogue)
            return try search.answer(grade, at: now)
        } catch {
            return .withheld(error)
        }
    }

    /// From when on the token has what it has now: less than before is nothing new.
    private func grantedSince(_ authority: TokenAuthority, at now: Timestamp, _ catalogue: Catalogue) -> Timestamp {
        guard let former = token.formerScope, former.changedAt > token.createdAt else { return token.createdAt }
        let before = self.authority(of: former.scope, at: now)
        let isLess = authority.containment(in: before, catalogue: catalogue) == .contained
        return isLess ? token.createdAt : former.changedAt
    }

    func authority(of scope: Scope, at now: Timestamp) -> TokenAuthority {
        var changed = token
        changed.scope = scope
        return TokenAuthority(of: changed, owner: owner, roles: roles, teams: teams, at: now)
    }
}

extension TokenAuthority {
    /// An account-wide token as one that was given an admin's role by an admin; others as they are.
    var forComparison: TokenAuthority {
        guard scope == nil else { return self }
        return TokenAuthority(scope: Self.accountWide, behind: Self.accountWide, standing: standing)
    }
}

extension RightSizing {
    /// What the token needs, of that which it may do now.
    func needs(_ now: TokenAuthority, catalogue: Catalogue) throws(Withheld) -> [NeededRequest] {
        var needs = try used()
        needs = needs.filter { now.decide($0.request).isAllowed }
        var known = Set(needs.map(\.request))
        for (request, count) in hints().sorted(by: { $0.key.description < $1.key.description })
        where now.decide(request).isAllowed && known.insert(request).inserted {
            needs.append(NeededRequest(request: request, reason: .siblings(count, of: siblings.count)))
        }
        let closure = ReadClosure(catalogue)
        for need in needs {
            for request in closure.implied(by: need.request)
            where now.decide(request).isAllowed && known.insert(request).inserted {
                needs.append(NeededRequest(request: request, reason: .implied(by: need.request.action)))
            }
        }
        return needs
    }

    private func used() throws(Withheld) -> [NeededRequest] {
        if use.isCut { throw .tooMuchUse }
        var places: [Request: Int] = [:]
        var needs: [NeededRequest] = []
        for group in use.calls {
            guard let resource = try? Resource(parsing: group.resource) else {
                throw .resourceNotKnown(group.action, calls: group.calls)
            }
            let request = Request(group.action, on: resource)
            guard let place = places[request] else {
                places[request] = needs.count
                needs.append(NeededRequest(request: request, reason: .used(calls: group.calls, lastAt: group.lastAt)))
                continue
            }
            guard case .used(let calls, let lastAt) = needs[place].reason else { continue }
            needs[place].reason = .used(calls: calls + group.calls, lastAt: max(lastAt, group.lastAt))
        }
        if needs.count > Self.maximumKinds { throw .tooManyKinds(limit: Self.maximumKinds) }
        return needs
    }

    /// What most of the siblings used, and how many.
    private func hints() -> [Request: Int] {
        guard siblings.count >= Self.fewestSiblings else { return [:] }
        var counts: [Request: Int] = [:]
        for sibling in siblings { for request in sibling.used { counts[request, default: 0] += 1 } }
        return counts.filter { $0.value * 100 >= siblings.count * Self.siblingShare }
    }
}

extension Request {
    fileprivate var description: String { "\(action.name) \(resource.description)" }
}
