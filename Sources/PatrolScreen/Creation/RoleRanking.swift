import PatrolDomain

/// Ways to let a token do what it must, those that give the least beyond it first.
struct RoleRanking: Hashable, Sendable {
    struct Candidate: Hashable, Sendable {
        enum Way: Hashable, Sendable {
            case inline
            case base(BaseRole)
            case custom(Role)
        }

        var way: Way
        /// Actions of the catalogue that it would allow beyond what is needed.
        var surplus: Int
    }

    /// Smallest surplus first; an inline policy gives nothing more, and so is the first.
    let candidates: [Candidate]
    /// How many roles were looked at that do not cover the need.
    let notCovering: Int

    /// - Parameter account: With the one whose attributes stand in the policies of roles.
    init(needs: [Need], roles: [Role], account: AccountView?, catalogue: Catalogue) {
        let requests = needs.flatMap(\.requests)
        var found: [Candidate] = [Candidate(way: .inline, surplus: 0)]
        var notCovering = 0
        let scopes: [(Candidate.Way, Scope)] =
            [BaseRole.reader, .writer, .admin].map { (.base($0), .base($0)) }
            + roles.filter { $0.deletedAt == nil }.map { (.custom($0), .customRoles([$0.id])) }
        let byID = Dictionary(roles.map { ($0.id, $0) }) { first, _ in first }
        let sizes = Reach.Sizes(catalogue: catalogue)
        for (way, scope) in scopes {
            let authority = account.scope(scope, roles: byID)
            guard !requests.isEmpty, requests.allSatisfy({ authority.decide($0).isAllowed }) else {
                notCovering += 1
                continue
            }
            found.append(
                Candidate(way: way, surplus: max(0, sizes.size(of: authority) - Set(requests).count)))
        }
        candidates = found.enumerated()
            .sorted { ($0.element.surplus, $0.offset) < ($1.element.surplus, $1.offset) }.map(\.element)
        self.notCovering = notCovering
    }
}
