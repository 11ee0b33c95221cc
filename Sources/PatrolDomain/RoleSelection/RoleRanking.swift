/// Ways to let a token do what it must, those that give the least beyond it first.
///
/// Whether a way covers the need is decided exactly (`ScopeAnalysis`), with the attributes of whoever creates the
/// token. A way that could not be decided is told as undecided, never as covering.
package struct RoleRanking: Hashable, Sendable {
    package enum Way: Hashable, Sendable {
        /// A policy of the token's own, which allows the need and nothing else.
        case inline(Policy)
        case base(BaseRole)
        /// One custom role; or two that do not cover the need alone, and give less together than any single one that
        /// does.
        case custom([Role])

        package var scope: Scope {
            switch self {
            case .inline(let policy): .inline(policy)
            case .base(let role): .base(role)
            case .custom(let roles): .customRoles(roles.map(\.id))
            }
        }
    }

    package struct Candidate: Hashable, Sendable {
        package var way: Way
        /// What it gives beyond the need.
        package var excess: Excess
    }

    /// A role that does not cover the need, and something of the need that it does not allow.
    package struct Miss: Hashable, Sendable {
        package var way: Way
        package var lacking: Request
    }

    /// The need, with the viewing of its projects.
    package let need: Policy
    /// The need allows nothing at all: everything would cover it.
    package let isEmpty: Bool
    /// An inline policy first, then from the smallest excess on. A way that is contained in another one, and gives
    /// less, stands before it.
    package let candidates: [Candidate]
    package let misses: [Miss]
    /// Ways of which it could not be decided whether they cover the need.
    package let undecided: [Way]
    /// What of the need the creator himself may not do: the token is given it, but it is withheld.
    package let withheld: Excess
    /// Pairs of roles that may cover the need, and were too many to look at.
    package let pairsLeftOut: Int

    /// How many comparisons may put into order what counts alike.
    static let maximumComparisons = 1_000

    /// - Parameters:
    ///   - roles: Those to choose from; deleted ones are passed over.
    ///   - creator: What whoever creates the token may do; nil: nobody withholds anything.
    ///   - scope: What a scope gives to a token of his, with his role attributes.
    ///   - steps: What each comparison may take.
    package init(
        need: Policy, roles: [Role], creator: Authority?, catalogue: Catalogue = .launchDarkly,
        steps: Int = ScopeAnalysis.maximumSteps, scope: @escaping (Scope) -> Authority
    ) {
        self.need = need.withViewing
        let inline = Way.inline(self.need)
        let needed = scope(inline.scope)
        var analysis = ScopeAnalysis(catalogue: catalogue)
        let nothing = TokenAuthority(Authority(grants: [], holder: nil))
        isEmpty = analysis.containment(of: TokenAuthority(needed), in: nothing, steps: steps) == .contained
        withheld = creator.map { analysis.excess(of: needed, beyond: $0, steps: steps) } ?? .nothing
        guard !isEmpty else {
            (candidates, misses, undecided, pairsLeftOut) = ([], [], [], 0)
            return
        }
        let roles = roles.filter { $0.deletedAt == nil }
        var search = CoverSearch(needed: needed, analysis: analysis, steps: steps, scope: scope)
        for role in [BaseRole.reader, .writer, .admin] { search.look(at: .base(role)) }
        for role in roles { search.look(at: .custom([role])) }
        pairsLeftOut = search.lookAtPairs()
        candidates = [Candidate(way: inline, excess: .nothing)] + search.ranked()
        (misses, undecided) = (search.misses, search.undecided)
    }
}
