internal import PatrolDomain
internal import PatrolStorage

/// All of an account, compiled, as it is at one moment.
struct WholeAccount {
    let account: CompiledAccount
    private(set) var secrets = SecretTable()
    let sequence: Int64
    let newest: Timestamp

    private static let slice = 1_000
    private static let maximumTeams = 100_000

    init(_ transaction: ReadTransaction) throws(StorageError) {
        let teams = try transaction.allTeams(limit: Self.maximumTeams)
        let roles = try Self.all { last throws(StorageError) in
            try transaction.roles(after: last?.id, limit: Self.slice)
        }
        let members = try Self.all { last throws(StorageError) in
            try transaction.members(after: last?.id, limit: Self.slice)
        }
        let tokens = try Self.all { last throws(StorageError) in
            try transaction.tokens(after: last?.id, limit: Self.slice)
        }
        let stored = try Self.all { last throws(StorageError) in
            try transaction.secrets(after: last?.id ?? "", limit: Self.slice)
        }
        account = CompiledAccount(roles: roles, members: members, teams: teams, tokens: tokens)
        for secret in stored {
            if let token = account.number(of: secret.token) { secrets.take(secret, of: token) }
        }
        sequence = try transaction.lastSequence()
        newest = try transaction.lastEventTime() ?? Timestamp(milliseconds: 0)
    }

    private static func all<Thing>(
        _ slice: (Thing?) throws(StorageError) -> [Thing]
    ) throws(StorageError) -> [Thing] {
        var all: [Thing] = []
        while true {
            let next = try slice(all.last)
            if next.isEmpty { return all }
            all += next
        }
    }
}
