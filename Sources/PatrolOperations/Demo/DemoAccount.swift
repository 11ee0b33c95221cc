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
                while try load.write({ transaction throws(StorageError) in
                    try StandingLookup.judge(tokensAtOnce, in: transaction, catalogue: .launchDarkly, at: now)
                        .isMore
                }) {}
            }
        }
        return Patrol(made.store, at: location, key: beginning.key, clock: { Machine.now })
    }

    private static let tokensAtOnce = 20_000

    private static let entriesAtOnce = 5_000
}

/// What the tokens of a made-up account were used for: most of them lately, some long ago, some never.
struct DemoUse {
    var random: DemoRandom
    let now: Timestamp

    mutating func tell(of world: DemoWorld, into transaction: WriteTransaction) throws(StorageError) {
        for (place, token) in world.tokens.enumerated() where token.origin == .created {
            // A plot of three months for the first thousand; for the others their last day.
            try tell(of: token, isPlotted: place < 1_000, into: transaction)
        }
    }

    private mutating func tell(
        of token: AccessToken, isPlotted: Bool, into transaction: WriteTransaction
    ) throws(StorageError) {
        let age = (now - token.createdAt).wholeDays
        let silence: Int
        switch random.below(100) {
        case 0..<16: return
        case 16..<30: silence = 91 + random.below(120)
        case 30..<44: silence = 8 + random.below(60)
        default: silence = 0
        }
        guard silence < age else { return }
        let actions = DemoWords.uses.first { token.name.hasPrefix($0.name) }?.actions ?? ["viewProject"]
        let days = isPlotted ? min(age, 90) : silence + 1
        for day in stride(from: silence, to: max(days, silence + 1), by: isPlotted ? 1 + random.below(3) : 1_000) {
            let time = now - .days(day) - .minutes(random.below(600) + (day == 0 ? 2 : 0))
            guard time > token.createdAt else { continue }
            for action in actions.prefix(isPlotted ? 3 : 1) {
                let calls = 1 + random.below(240)
                try transaction.countUse(
                    TokenUse(
                        token: token.id, action: Action(action), network: random.pick(DemoWords.networks), at: time,
                        allowed: calls, denied: random.chance(3) ? 1 + calls / 20 : 0),
                    by: token.owner)
            }
        }
    }
}
