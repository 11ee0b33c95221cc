import PatrolDomain

/// The custom roles that others may name, by id or by key.
struct RoleDirectory {
    private(set) var byID: [RoleID: Role] = [:]
    private var idsByKey: [Key: RoleID] = [:]

    init(known: [Role]) {
        for role in known { add(role) }
    }

    /// What the files say goes before what is known already.
    mutating func add(_ role: Role) {
        byID[role.id] = role
        idsByKey[role.key] = role.id
    }

    enum Name { case id, key }

    /// The roles that a list names, each once; ids and keys may stand in it side by side.
    func ids(of names: [String], namedBy expected: Name, _ field: String, in entry: inout Entry) -> [RoleID] {
        var ids: [RoleID] = []
        for name in names {
            let found: (id: RoleID, by: Name)?
            if let id = RoleID(name), byID[id] != nil {
                found = (id, .id)
            } else if let key = Key(name), let id = idsByKey[key] {
                found = (id, .key)
            } else {
                found = nil
            }
            guard let found else {
                entry.note(.unknownReference(name), field)
                continue
            }
            switch (expected, found.by) {
            case (.id, .key): entry.note(.keyForID(name), field)
            case (.key, .id): entry.note(.idForKey(name), field)
            default: break
            }
            if !ids.contains(found.id) { ids.append(found.id) }
        }
        return ids
    }
}
