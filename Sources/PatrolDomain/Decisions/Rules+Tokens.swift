extension Rules {
    static func createToken(_ creation: CreateToken, _ facts: Facts) throws(Refusal) -> Consequence {
        if creation.kind == .accountWide { throw .accountWideNotCreatable }
        try checkWords(name: creation.name, purpose: creation.purpose)
        try requireScope(creation.scope, facts)
        try requireReaderScope(creation.scope, facts)
        try requireMemberBehind(creation.kind, facts)
        try requireNoMore(creation.scope, facts)
        try requireExpiry(creation.expiresAt, facts)
        let secret = facts.secret
        let token = AccessToken(
            id: facts.fresh.tokenID, kind: creation.kind, origin: .created, name: creation.name,
            purpose: creation.purpose, owner: facts.creator, scope: creation.scope,
            creatorSnapshot: creation.kind == .service ? facts.creatorAuthority : nil, createdAt: facts.now,
            expiresAt: creation.expiresAt, ending: facts.fresh.ending, apiVersion: creation.apiVersion,
            networks: creation.networks)
        return created(token, secret: secret, facts)
    }

    /// Takes over a secret that is in use elsewhere, for oneself. Of an account-wide one nobody is the owner:
    /// it does what an admin may, so that only an admin may bring it.
    static func adoptToken(_ adoption: AdoptToken, _ facts: Facts) throws(Refusal) -> Consequence {
        try checkWords(name: adoption.name, purpose: adoption.purpose)
        if facts.isSecretInUse { throw .secretInUse }
        try requireExpiry(adoption.expiresAt, facts)
        if adoption.kind == .accountWide {
            if !facts.isActorAdmin { throw .accountWideByAdminOnly }
        } else {
            try requireScope(adoption.scope, facts)
            guard let owner = facts.tokenOwner, owner.standing != .removed else {
                throw .notFound(.member, id: adoption.owner?.text ?? "")
            }
            if owner.id != facts.actor.id { throw .adoptionForAnother }
            try requireReaderScope(adoption.scope, facts)
            try requireMemberBehind(adoption.kind, facts)
            try requireNoMore(adoption.scope, facts)
        }
        let token = AccessToken(
            id: facts.fresh.tokenID, kind: adoption.kind, origin: .adopted, name: adoption.name,
            purpose: adoption.purpose, owner: adoption.kind == .accountWide ? nil : adoption.owner,
            scope: adoption.kind == .accountWide ? .account : adoption.scope,
            creatorSnapshot: adoption.kind == .service ? facts.creatorAuthority : nil,
            createdAt: facts.now, expiresAt: adoption.expiresAt, ending: facts.fresh.ending)
        return created(token, secret: facts.secret, facts)
    }

    static func editToken(_ edit: EditToken, _ facts: Facts) throws(Refusal) -> Consequence {
        let before = try token(version: edit.version, facts)
        try checkWords(name: edit.name, purpose: edit.purpose)
        if edit.scope != before.scope {
            if before.kind != .personal { throw .scopeIsFixed(before.kind) }
            try requireScope(edit.scope, facts)
            if before.owner == facts.actor.id { try requireReaderScope(edit.scope, facts) }
            try requireNoMore(edit.scope, than: before, facts)
        }
        if edit.expiresAt != before.expiresAt {
            if before.isExpired(at: facts.now) { throw .tokenExpired }
            try requireExpiry(edit.expiresAt, facts)
        }
        var after = before
        after.name = edit.name
        after.purpose = edit.purpose
        after.give(edit.scope, at: facts.now)
        after.expiresAt = edit.expiresAt
        let fields = fields(before: before, after: after, facts)
        if fields.isEmpty { throw .nothingToChange }
        return updated(after, fields: fields, facts)
    }

    /// `oldSecretUntil` in the past, or nil, stops the old secret at once.
    static func rotateToken(_ rotation: RotateToken, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: rotation.version, facts)
        if token.origin == .imported { throw .secretNotHere }
        if token.isExpired(at: facts.now) { throw .tokenExpired }
        // A personal token acts as its owner: its secret is for nobody else's eyes.
        if token.kind == .personal {
            if !facts.isOwn(token) { throw .secretOfAnother }
            if token.id != facts.actingToken?.token.id { try requireNoMore(token.scope, facts) }
        } else {
            try requireOwnRights(token, facts)
        }
        if let until = rotation.oldSecretUntil, !Timestamp.accepted.contains(until) { throw .expiryOutOfRange }
        let end = max(rotation.oldSecretUntil ?? facts.now, facts.now)
        let oldEnding = token.ending
        token.ending = facts.fresh.ending
        return updated(
            token,
            fields: [
                FieldChange("secret ending", before: oldEnding, after: token.ending),
                FieldChange("old secret until", before: nil, after: end.iso8601),
            ],
            changes: [.endSecrets(of: token.id, at: end), .insertSecret(facts.secret)], facts)
    }

    /// What the token may do now, or after a change of its scope's roles, the actor has to be allowed himself: its new
    /// secret is for his eyes.
    private static func requireOwnRights(_ token: AccessToken, _ facts: Facts) throws(Refusal) {
        var reached = TokenAuthority(of: token, owner: nil, roles: [:], teams: [], at: facts.now)
        // What is in quarantine can be let out again.
        reached.standing = nil
        if token.id == facts.actingToken?.token.id { return }
        if case .customRoles = token.scope {
            // A role can be given more to do; what the creator could do then is where it ends.
            guard let creator = token.creatorSnapshot else { return }
            reached = TokenAuthority(creator)
        }
        switch reached.containment(in: facts.actingToken?.authority ?? TokenAuthority(facts.actorAuthority)) {
        case .contained: return
        case .beyond(let witness): throw .secretBeyondOwnRights(witness.request)
        case .undecided: throw .secretUndecided
        }
    }

    static func flagToken(
        reason: String, dueAt: Timestamp?, version: Int, _ facts: Facts
    ) throws(Refusal) -> Consequence {
        var token = try token(version: version, facts)
        try check(reason, .reason, field: "reason")
        if let dueAt, !Timestamp.accepted.contains(dueAt) { throw .expiryOutOfRange }
        let before = token.flag
        // Today is in time, wherever on Earth it is today.
        if let dueAt, dueAt != before?.dueAt, dueAt + .days(1) <= facts.now { throw .dayInThePast }
        if let before, before.reason == reason, before.dueAt == dueAt { throw .alreadyFlagged }
        token.flag = DeletionFlag(reason: reason, dueAt: dueAt, flaggedBy: facts.actor.id, flaggedAt: facts.now)
        return updated(
            token,
            fields: [
                FieldChange("deletion flag", before: before?.reason, after: reason),
                FieldChange("to be deleted by", before: before?.dueAt?.date, after: dueAt?.date),
            ].filter { $0.before != $0.after }, facts)
    }

    static func unflagToken(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: version, facts)
        guard let flag = token.flag else { throw .notFlagged }
        token.flag = nil
        return updated(token, fields: [FieldChange("deletion flag", before: flag.reason, after: nil)], facts)
    }

    static func deleteToken(version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        var token = try token(version: version, facts)
        token.deletedAt = facts.now
        return updated(
            token, fields: [FieldChange("standing", before: "in force", after: "deleted")],
            changes: [.endSecrets(of: token.id, at: facts.now)] + staleSiblings(of: token), facts)
    }

    /// How many tokens somebody has is a finding of each of them.
    private static func staleSiblings(of token: AccessToken) -> [Change] {
        token.owner.map { [.staleRisk(.tokensOfMember($0))] } ?? []
    }

    private static func created(_ token: AccessToken, secret: StoredSecret, _ facts: Facts) -> Consequence {
        Consequence(
            target: target(token), versionAfter: 1,
            fields: [FieldChange("kind", before: nil, after: token.kind.rawValue)]
                + fields(before: nil, after: token, facts),
            changes: [.insertToken(token), .insertSecret(secret), .staleRisk(.token(token.id))]
                + staleSiblings(of: token))
    }

    static func updated(
        _ token: AccessToken, fields: [FieldChange], changes: [Change] = [], _ facts: Facts
    ) -> Consequence {
        var token = token
        token.version += 1
        token.modifiedAt = facts.now
        return Consequence(
            target: target(token), versionAfter: token.version, fields: fields,
            changes: [.updateToken(token)] + changes + [.staleRisk(.token(token.id))])
    }

    private static func target(_ token: AccessToken) -> AuditTarget {
        AuditTarget(.token, id: token.id.text, name: token.name)
    }

    static func token(version: Int, _ facts: Facts) throws(Refusal) -> AccessToken {
        guard let token = facts.token, token.deletedAt == nil else {
            throw .notFound(.token, id: facts.token?.id.text ?? "")
        }
        try requireUnchanged(target(token), shown: version, now: token.version)
        return token
    }

    private static func checkWords(name: String, purpose: String) throws(Refusal) {
        try check(name, .name, field: "name")
        try check(purpose, .purpose, field: "purpose")
    }

    static func requireScope(_ scope: Scope, _ facts: Facts) throws(Refusal) {
        switch scope {
        case .base(.noAccess): throw .emptyScope
        case .base: break
        case .customRoles(let roles):
            if roles.isEmpty { throw .emptyScope }
            try requireKnown(roles, facts)
        case .inline(let policy):
            if policy.statements.isEmpty { throw .emptyScope }
            try requireLength(policy)
        case .account: throw .accountWideNotCreatable
        }
    }

    /// "Readers create reader tokens only": the base role, or less of it.
    static func requireReaderScope(_ scope: Scope, _ facts: Facts) throws(Refusal) {
        if let kind = facts.actingToken?.token.kind, kind != .personal { return }
        guard facts.actor.customRoles.isEmpty, facts.actor.baseRole == .reader else { return }
        switch scope {
        case .base(.reader): return
        case .inline(let policy) where policy.allowsOnlyViewing: return
        default: throw .readerTokensOnly
        }
    }

    private static func requireExpiry(_ expiresAt: Timestamp?, _ facts: Facts) throws(Refusal) {
        guard let expiresAt else { return }
        if !Timestamp.accepted.contains(expiresAt) { throw .expiryOutOfRange }
        if expiresAt <= facts.now { throw .expiryInThePast }
    }

    static func fields(before: AccessToken?, after: AccessToken, _ facts: Facts) -> [FieldChange] {
        let pairs: [(String, String?, String?)] = [
            ("name", before?.name, after.name),
            ("purpose", before?.purpose, after.purpose.isEmpty && before == nil ? nil : after.purpose),
            ("scope", before.map { facts.text(of: $0.scope) }, facts.text(of: after.scope)),
            ("expires", before.map(\.expiryText), after.expiryText),
            ("networks", before?.networks?.text, after.networks?.text),
            ("planned scope", before?.plan.map { facts.text(of: $0.scope) }, after.plan.map { facts.text(of: $0.scope) }),
        ]
        return pairs.compactMap { field, before, after in
            before == after ? nil : FieldChange(field, before: before, after: after)
        }
    }
}

extension Facts {
    /// The secret that the door made or took over for this command.
    fileprivate var secret: StoredSecret {
        guard let secret = fresh.secret else { preconditionFailure("this command comes with a secret") }
        return secret
    }

    func text(of scope: Scope) -> String {
        switch scope {
        case .base(let role): role.rawValue
        case .customRoles(let roles): "roles \(keys(of: roles))"
        case .inline(let policy): policy.summary
        case .account: "the whole account"
        }
    }
}

extension AccessToken {
    fileprivate var expiryText: String { expiresAt?.iso8601 ?? "never" }
}

extension Policy {
    /// Whether every allow names view actions only.
    fileprivate var allowsOnlyViewing: Bool {
        statements.allSatisfy { statement in
            guard statement.effect == .allow else { return true }
            guard case .matching(let patterns) = statement.actions else { return false }
            return patterns.allSatisfy { $0.text.hasPrefix("view") }
        }
    }
}
