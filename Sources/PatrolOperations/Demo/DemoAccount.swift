package import PatrolDomain
internal import PatrolStorage

/// A made-up account to try Patrol on: people, roles, tokens, and a year in which things went wrong.
package enum DemoAccount {
    /// Makes the account at `location`, where there must be none. The same size, seed and time make
    /// the same account, but for its keys.
    ///
    /// - Parameter progress: Told now and then how many audit entries there are of how many.
    package static func make(
        at location: Location, size: DemoSize = .standard, seed: UInt64 = 1, now: Timestamp,
        progress: Progress = { _, _ in }
    ) throws(PatrolError) -> Patrol {
        let founding = FoundAccount(
            name: "Acme Robotics", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        let beginning = try Founding(founding, at: location, time: now - DemoHistory.length)
        let made = try beginning.make { () throws(StorageError) in
            try Store.makeInBulk(at: location.database) { load throws(StorageError) in
                var history = DemoHistory(
                    size: size, seed: seed, now: now, account: beginning.account, owner: beginning.owner)
                try load.write { transaction throws(StorageError) in
                    try beginning.record(in: transaction)
                    try history.begin(transaction)
                }
                var isMore = true
                while isMore {
                    isMore = try load.write { transaction throws(StorageError) in
                        try history.goOn(Self.entriesAtOnce, transaction)
                    }
                    progress(history.told, size.entries)
                }
                try load.write { transaction throws(StorageError) in
                    try history.endBadly(transaction)
                    var use = DemoUse(random: history.random, now: now)
                    try use.tell(of: history.world, into: transaction)
                }
                var memory: StandingLookup.Memory?
                while try load.write({ transaction throws(StorageError) in
                    try StandingLookup.judge(
                        tokensAtOnce, in: transaction, catalogue: .launchDarkly, at: now, memory: &memory
                    ).isMore
                }) {}
            }
        }
        return Patrol(made.store, at: location, key: beginning.key, clock: { Machine.now })
    }

    private static let tokensAtOnce = 20_000

    private static let entriesAtOnce = 5_000
}
