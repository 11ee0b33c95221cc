internal import PatrolDomain
internal import PatrolStorage

/// All of an account, compiled, as it is at one moment.
struct WholeAccount {
    private(set) var account: CompiledAccount
    private(set) var secrets = SecretTable()
    let sequence: Int64
    let newest: Timestamp

    private static let slice = 1_000
    private static let maximumTeams = 100_000

    /// Tokens and secrets are read in slices and never held all at once in the form that they are read in.
    init(_ transaction: ReadTransaction) throws(StorageError) {
        let teams = try transaction.allTeams(limit: Self.maximumTeams)
        let roles = try Self.all { last throws(StorageError) in
            try transaction.roles(after: last?.id, limit: Self.slice)
        }
        let members = try Self.all { last throws(StorageError) in
            try transaction.members(after: last?.id, limit: Self.slice)
        }
        account = CompiledAccount(roles: roles, members: members, teams: teams, tokens: [])
        sequence = try transaction.lastSequence()
        newest = try transaction.lastEventTime() ?? Timestamp(milliseconds: 0)
        try takeTokens(transaction)
        try takeSecrets(transaction)
    }

    private mutating func takeTokens(_ transaction: ReadTransaction) throws(StorageError) {
        var last: TokenID?
        while true {
            let tokens = try transaction.tokens(after: last, limit: Self.slice)
            if tokens.isEmpty { return }
            account.take(tokens)
            last = tokens.last?.id
        }
    }

    private mutating func takeSecrets(_ transaction: ReadTransaction) throws(StorageError) {
        var last = ""
        while true {
            let stored = try transaction.secrets(after: last, limit: Self.slice)
            guard let end = stored.last else { return }
            for secret in stored {
                if let token = account.number(of: secret.token) { secrets.take(secret, of: token) }
            }
            last = end.id
        }
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
