/// How large a made-up account is to be.
package struct DemoSize: Hashable, Sendable {
    package var members: Int
    package var tokens: Int
    package var entries: Int

    package static let standard = DemoSize(members: 60, tokens: 300, entries: 2_400)

    package static let maximumMembers = 100_000
    package static let maximumTokens = 5_000_000
    package static let maximumEntries = 50_000_000

    /// Sizes outside the limits become the nearest that can be; there are always enough entries to
    /// make the members and tokens.
    package init(members: Int, tokens: Int, entries: Int) {
        self.members = min(max(members, 8), Self.maximumMembers)
        self.tokens = min(max(tokens, 20), Self.maximumTokens)
        let needed = 60 + 3 * self.members + 2 * self.tokens
        self.entries = min(max(entries, needed), Self.maximumEntries)
    }
}

/// A small, repeatable source of numbers (SplitMix64; Steele, Lea and Flood 2014): the same seed
/// makes the same account.
struct DemoRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not including, `bound`.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
