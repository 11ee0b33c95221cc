import PatrolDomain

/// What the plain evaluation answers to the workload: what every other answer has to be.
struct DecisionAnswers {
    private(set) var decisions: [Decision] = []
    /// The two sides of each token.
    private(set) var authorities: [TokenAuthority] = []

    /// How often what makes a workload worth something occurred, in words.
    private(set) var occurrences = ""

    var allowed: [Bool] { decisions.map(\.isAllowed) }

    init(_ made: DecisionAccount, at now: Timestamp) throws {
        let roles = Dictionary(made.workload.roles.map { ($0.id, $0) }) { $1 }
        let members = Dictionary(made.workload.members.map { ($0.id, $0) }) { $1 }
        for token in made.tokens {
            let owner = token.owner.flatMap { members[$0] }
            let teams = made.workload.teams.filter { team in owner.map { team.members.contains($0.id) } ?? false }
            authorities.append(TokenAuthority(of: token, owner: owner, roles: roles, teams: teams, at: now))
        }
        var counts = Counts()
        for ask in made.workload.asks {
            let request = Request(Action(ask.action), on: try Resource(parsing: ask.resource))
            let decision = authorities[ask.token].decide(request)
            decisions.append(decision)
            counts.note(decision, request, authorities[ask.token], owner: made.tokens[ask.token].owner.flatMap { members[$0] })
        }
        occurrences = counts.text
    }

    func require(_ isAllowed: Bool, at place: Int) throws {
        if decisions[place].isAllowed != isAllowed { throw BenchmarkFault.account("request \(place) was answered otherwise") }
    }

    /// The same with what decided.
    func require(_ decision: Decision, at place: Int) throws {
        if decisions[place] != decision {
            throw BenchmarkFault.account("request \(place): \(decision) instead of \(decisions[place])")
        }
    }

    private struct Counts {
        var denied = 0
        var rescued = 0
        var replaced = 0
        var negated = 0
        var gated = 0
        var withheld = 0

        var text: String {
            "a deny decided \(denied), another role rescued \(rescued), the replaced base role mattered \(replaced), a not-form decided \(negated), the view gate \(gated), the owner's side \(withheld)"
        }

        mutating func note(_ decision: Decision, _ request: Request, _ authority: TokenAuthority, owner: Member?) {
            var reason = decision.reason
            var side = authority.scope
            if case .withheld(let inner) = reason {
                withheld += 1
                (reason, side) = (inner, authority.behind)
            }
            if case .viewGate = reason { gated += 1 }
            if let owner, !owner.customRoles.isEmpty, let behind = authority.behind {
                let base = Authority(grants: [owner.baseRole.grant(holder: owner.id)], holder: owner.id)
                if base.decide(request).isAllowed != behind.decide(request).isAllowed { replaced += 1 }
            }
            guard let side, let name = reason.decidingGrant, let place = reason.decidingStatement,
                let grant = side.grants.first(where: { $0.name == name })
            else { return }
            let statement = grant.policy.statements[place]
            if statement.effect == .deny { denied += 1 }
            if statement.actions.isNegated || statement.resources.isNegated { negated += 1 }
            guard decision.isAllowed, side.grants.count > 1 else { return }
            let alone = side.grants.map { Authority(grants: [$0], holder: side.holder).decide(request) }
            if alone.contains(where: { !$0.isAllowed && $0.decidingStatement != nil }) { rescued += 1 }
        }
    }
}
