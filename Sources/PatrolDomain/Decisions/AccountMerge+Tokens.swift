extension AccountMerge {
    mutating func add(tokens: [AccessToken]) {
        var count = Count()
        var leftAlone = 0
        for read in tokens {
            let known = facts.existing.tokens[read.id]
            // A token that was made, or deleted, here is this account's own affair.
            if let known, known.origin != .imported || known.deletedAt != nil {
                leftAlone += 1
                continue
            }
            let owner = read.owner.map { ownerHere($0) }
            let scope = mapped(read.scope)
            guard var after = known else {
                count.added += 1
                changes.append(.insertToken(copy(of: read, owner: owner, scope: scope)))
                continue
            }
            after.name = read.name
            after.purpose = read.purpose
            if after.kind == .personal { after.scope = scope }
            after.expiresAt = read.expiresAt
            after.ending = read.ending
            note(
                &count, .token, read.name, before: known, after: after,
                [
                    ("name", known?.name, after.name),
                    ("purpose", known?.purpose, after.purpose),
                    ("scope", known.map { text($0.scope) }, text(after.scope)),
                    ("expires", known?.expiresAt?.iso8601, after.expiresAt?.iso8601),
                ])
            after.lastUsedAt = later(known?.lastUsedAt, read.lastUsedAt)
            after.useKnownUntil = later(known?.useKnownUntil, read.useKnownUntil)
            guard after != known else { continue }
            after.modifiedAt = read.modifiedAt
            after.version += 1
            changes.append(.updateToken(after))
        }
        report("tokens", count)
        if leftAlone > 0 {
            counts.append(
                FieldChange("tokens left alone", before: nil, after: "\(leftAlone), made or deleted here"))
        }
    }

    /// The owner as he is known here. One who is not among the members read has left, and stays on
    /// record as removed.
    mutating func ownerHere(_ id: MemberID) -> MemberID {
        if let known = memberIDs[id] { return known }
        if facts.existing.membersByID[id] == nil {
            changes.append(
                .insertMember(
                    Member(
                        id: id, email: Member.unknownAddress(id), baseRole: .noAccess, isPending: false,
                        createdAt: facts.now, removedAt: facts.now)))
        }
        memberIDs[id] = id
        return id
    }

    /// The role as it is known here. One that is not among those read is put on record as deleted: who
    /// holds it gets nothing by it, and does not fall back on his base role.
    mutating func roleHere(_ id: RoleID) -> RoleID {
        if let known = roleIDs[id] { return known }
        roleIDs[id] = id
        if facts.existing.rolesByID[id] == nil, let key = Key("unknown-\(id.text)") {
            changes.append(
                .insertRole(Role(id: id, key: key, name: "unknown role \(id.text)", createdAt: facts.now, deletedAt: facts.now)))
        }
        return id
    }

    mutating func mapped(_ scope: Scope) -> Scope {
        guard case .customRoles(let roles) = scope else { return scope }
        return .customRoles(roles.map { roleHere($0) })
    }

    func copy(of token: AccessToken, owner: MemberID?, scope: Scope) -> AccessToken {
        AccessToken(
            id: token.id, kind: token.kind, origin: .imported, name: token.name, purpose: token.purpose,
            owner: owner, scope: scope, creatorSnapshot: token.creatorSnapshot, createdAt: token.createdAt,
            modifiedAt: token.modifiedAt, expiresAt: token.expiresAt, lastUsedAt: token.lastUsedAt,
            useKnownUntil: token.useKnownUntil, ending: token.ending, apiVersion: token.apiVersion)
    }

    /// What this log itself once exported is no past of another system: it stays what it is.
    mutating func add(pastEntries read: [PastEntry]) {
        guard !read.isEmpty else { return }
        let foreign = read.filter { !facts.existing.ownEntries.contains($0.id) }
        changes += foreign.map(Change.upsertPastEntry)
        let own = read.count - foreign.count
        let words = "\(foreign.count) read" + (own > 0 ? ", \(own) already in this log" : "")
        counts.append(FieldChange("past audit entries", before: nil, after: words))
    }
}

extension PastEntry {
    /// The operation of the audit entry that this would be, had this log exported it: 16 bytes, written as
    /// 32 hexadecimal digits. Nil for an id of another form.
    package var ownOperation: [UInt8]? {
        let digits = Array(id.utf8)
        guard digits.count == 32 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[place...place + 1], as: UTF8.self)
            guard digits[place].isASCIIAlphanumeric, let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
