extension Facts {
    /// The things of the account that an import may meet again, by every name it may use for them.
    package struct Existing: Hashable, Sendable {
        package var membersByID: [MemberID: Member] = [:]
        /// By e-mail address in lower case; nobody who was removed.
        package var membersByEmail: [String: Member] = [:]
        package var rolesByID: [RoleID: Role] = [:]
        package var rolesByKey: [Key: Role] = [:]
        package var teams: [Key: Team] = [:]
        package var tokens: [TokenID: AccessToken] = [:]
        /// The ids of past entries that were exported from this very log (see `PastEntry.ownOperation`).
        package var ownEntries: Set<String> = []

        package init() {}
    }
}

extension Rules {
    /// At most so many single changes are written out in the audit entry; the counts are always there.
    static let maximumListedImportChanges = 200

    /// Adds what is new and updates what is known, by id, or by e-mail address and key where ids differ.
    ///
    /// Members, roles, teams and tokens that are not among those read stay as they are. A team that is read
    /// gets the members and roles that it has there; whom it loses is listed. The owner stays the owner. What
    /// gives the actor his own rights stays as it is: his roles, what they allow, and his teams.
    static func importAccount(_ read: AccountImport, _ facts: Facts) throws(Refusal) -> Consequence {
        let contents = read.bounded
        var merge = AccountMerge(facts)
        merge.add(roles: contents.roles)
        merge.add(members: contents.members)
        merge.add(teams: contents.teams, readMembers: !contents.members.isEmpty)
        merge.add(tokens: contents.tokens)
        merge.add(pastEntries: contents.pastEntries)
        if merge.changesRightsOfActor { throw .ownRightsByImport }
        let hidden = merge.fields.count - maximumListedImportChanges
        var fields = [FieldChange("source", before: nil, after: contents.source)] + merge.counts
        fields += merge.fields.prefix(maximumListedImportChanges)
        if hidden > 0 { fields.append(FieldChange("more changes", before: nil, after: "\(hidden)")) }
        return Consequence(
            target: AuditTarget(.account, id: facts.account.id.text, name: facts.account.name),
            versionAfter: nil, fields: fields, changes: merge.changes + [.staleRisk(.everyToken)])
    }
}
