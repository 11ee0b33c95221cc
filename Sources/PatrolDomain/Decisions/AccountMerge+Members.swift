extension AccountMerge {
    /// By id first; then those whom no id told apart, by address: one row is never changed twice.
    mutating func add(members: [Member]) {
        var count = Count()
        var unmatched: [Member] = []
        var taken: Set<MemberID> = []
        for read in members {
            guard let known = facts.existing.membersByID[read.id] else {
                if TextRule.emailFault(in: read.email) == nil { unmatched.append(read) } else { leaveOut(read) }
                continue
            }
            memberIDs[read.id] = known.id
            if taken.insert(known.id).inserted { update(known, from: read, &count) }
        }
        for read in unmatched {
            let address = read.email.lowercased()
            guard let holder = addresses[address] else {
                insert(read, &count)
                continue
            }
            memberIDs[read.id] = holder
            if let known = facts.existing.membersByEmail[address], known.id == holder,
                taken.insert(holder).inserted
            {
                update(known, from: read, &count)
            } else {
                leave("member \(read.email)", "another who was read has the same address")
            }
        }
        report("members", count)
    }

    /// Nobody is invited by such an address, and nobody comes in by an import with it either.
    private mutating func leaveOut(_ read: Member) {
        let what = "member \(TextRule.recordable(read.email))"
        fields.append(FieldChange(what, before: nil, after: "left out: its e-mail address can't be accepted"))
    }

    private mutating func insert(_ read: Member, _ count: inout Count) {
        var new = read
        new.roleAttributes = acceptable(read.roleAttributes, of: "member \(read.email)", orElse: [:])
        new.customRoles = read.customRoles.map { roleHere($0) }
        new.baseRole = givable(read, known: nil)
        memberIDs[read.id] = read.id
        addresses[read.email.lowercased()] = read.id
        count.added += 1
        changes.append(.insertMember(new))
    }

    private mutating func update(_ known: Member, from read: Member, _ count: inout Count) {
        var after = known
        after.firstName = read.firstName
        after.lastName = read.lastName
        after.email = address(of: known, read)
        takeRoles(&after, known, read)
        note(
            &count, .member, known.email, before: known, after: after,
            [
                ("e-mail address", known.email, after.email),
                ("name", known.displayName, after.displayName),
                ("base role", known.baseRole.rawValue, after.baseRole.rawValue),
                ("custom roles", keys(known.customRoles), keys(after.customRoles)),
                ("invitation", known.standing.rawValue, after.standing.rawValue),
            ])
        after.lastSeenAt = later(known.lastSeenAt, read.lastSeenAt)
        if after.lastSeenAt != known.lastSeenAt { after.lastSeenToken = read.lastSeenToken }
        guard after != known else { return }
        after.version += 1
        changes.append(.updateMember(after))
    }

    /// The owner and the one who imports keep what they have.
    private mutating func takeRoles(_ after: inout Member, _ known: Member, _ read: Member) {
        if known.baseRole == .owner { return }
        let roles = read.customRoles.map { roleHere($0) }
        if known.id == facts.actor.id {
            let isSame =
                roles == known.customRoles && read.roleAttributes == known.roleAttributes
                && read.baseRole == known.baseRole
            if !isSame { leave("member \(known.email): roles", "nobody imports his own") }
            return
        }
        after.baseRole = givable(read, known: known)
        after.roleAttributes = acceptable(
            read.roleAttributes, of: "member \(known.email)", orElse: known.roleAttributes)
        after.isPending = read.isPending
        // Without custom roles, the base role counts again.
        if roles.isEmpty, !known.customRoles.isEmpty, after.baseRole == .admin, !facts.isActorAdmin {
            leave("member \(known.email): custom roles", "only an admin makes admins")
        } else {
            after.customRoles = roles
        }
    }

    private mutating func givable(_ read: Member, known: Member?) -> BaseRole {
        let what = "member \(read.email): base role"
        var role = read.baseRole
        if role == .owner {
            role = .admin
            leave(what, "there is one owner, so this one is an admin at most")
        }
        if role == .admin, known?.baseRole != .admin, !facts.isActorAdmin {
            role = known?.baseRole ?? .reader
            leave(what, "\(role.rawValue), because only an admin makes admins")
        }
        return role
    }

    /// A changed address is taken over where nobody else has it.
    private mutating func address(of known: Member, _ read: Member) -> String {
        if read.email == known.email || known.standing == .removed { return known.email }
        if TextRule.emailFault(in: read.email) != nil {
            leave("member \(known.email): e-mail address", "the one that was read can't be accepted")
            return known.email
        }
        let wanted = read.email.lowercased()
        if let holder = addresses[wanted], holder != known.id {
            leave("member \(known.email): e-mail address", "another has `\(read.email)`")
            return known.email
        }
        let old = known.email.lowercased()
        if addresses[old] == known.id { addresses[old] = nil }
        addresses[wanted] = known.id
        return read.email
    }
}
