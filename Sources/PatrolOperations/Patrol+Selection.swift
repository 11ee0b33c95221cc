package import PatrolDomain
internal import PatrolStorage

extension Patrol {
    /// How many custom roles a ranking looks at.
    package static var maximumRankedRoles: Int { 10_000 }

    /// Every way to let a token of whoever is signed in do what `need` allows, the smallest first.
    package func ranking(of need: Policy, as session: Session) throws(PatrolError) -> RoleRanking {
        let (member, teams, authority, roles) = try read { transaction throws(StorageError) in
            guard let member = try transaction.member(session.actor.member) else {
                throw .damaged(detail: "the member who is signed in is not on record")
            }
            return (
                member, try transaction.teams(of: member.id), try transaction.authority(of: member),
                try transaction.allRoles(limit: Self.maximumRankedRoles)
            )
        }
        let byID = Dictionary(roles.map { ($0.id, $0) }) { first, _ in first }
        return RoleRanking(need: need, roles: roles, creator: authority, catalogue: catalogue) { scope in
            Authority(of: scope, roles: byID, owner: member, teams: teams)
        }
    }

    /// The templates to choose from: those that come with Patrol, as the account changed them, and its own.
    package func templates() throws(PatrolError) -> [TemplateRow] {
        TemplateRow.all(stored: try read { transaction throws(StorageError) in try transaction.templates() })
    }
}
