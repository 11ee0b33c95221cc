internal import PatrolDomain
internal import PatrolStorage

/// What changed in an account after an entry of its log.
struct AccountNews {
    enum Content {
        case changes([CompiledAccount.Change], [StoredSecret])
        case whole(WholeAccount)
    }

    let content: Content
    let sequence: Int64
    let newest: Timestamp

    init(_ transaction: ReadTransaction, after known: Int64, limit: Int) throws(StorageError) {
        sequence = try transaction.lastSequence()
        newest = try transaction.lastEventTime() ?? Timestamp(milliseconds: 0)
        let entries = try transaction.audit(after: known, limit: limit)
        let isAll = entries.last?.sequence == sequence
        if isAll, let changes = try Self.changes(entries, transaction) {
            content = changes
        } else {
            content = .whole(try WholeAccount(transaction))
        }
    }

    /// Nil where an entry is about more than the thing that it names.
    private static func changes(
        _ entries: [AuditEntry], _ transaction: ReadTransaction
    ) throws(StorageError) -> Content? {
        var changes: [CompiledAccount.Change] = []
        var secrets: [StoredSecret] = []
        var targets: Set<Target> = []
        for entry in entries where entry.isAllowed {
            switch entry.name {
            case EventName.settingsChanged.rawValue: continue
            case EventName.ownershipTransferred.rawValue:
                // Two members: who had it, and who has it.
                guard let id = MemberID(entry.actorID), let before = try transaction.member(id),
                    let owner = try transaction.owner()
                else {
                    return nil
                }
                changes += [.member(before), .member(owner)]
            default: targets.insert(Target(entry))
            }
        }
        for target in targets {
            guard target.isAlone else { return nil }
            switch target.kind {
            case .member:
                guard let id = MemberID(target.id), let member = try transaction.member(id) else { return nil }
                changes.append(.member(member))
            case .role:
                guard let id = RoleID(target.id), let role = try transaction.role(id) else { return nil }
                changes.append(.role(role))
            case .token:
                guard let id = TokenID(target.id), let token = try transaction.token(id) else { return nil }
                changes.append(.token(token))
                secrets += try transaction.secrets(of: id)
            case .template, .review: continue
            case .team, .account: return nil
            }
        }
        return .changes(changes, secrets)
    }

    private struct Target: Hashable {
        let kind: AuditTarget.Kind
        let id: String
        /// Whether the entry's name says that it is about this thing and no other: `token.edited`.
        let isAlone: Bool

        init(_ entry: AuditEntry) {
            (kind, id) = (entry.target.kind, entry.target.id)
            isAlone = entry.name.hasPrefix(entry.target.kind.rawValue + ".")
        }
    }
}
