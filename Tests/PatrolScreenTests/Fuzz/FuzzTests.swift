import Glibc
import Testing

/// Keys, pastes, sizes, times, changes by others and answers that fail, come late, twice, in any order or never.
///
/// 6,000 messages in an ordinary run; `PATROL_FUZZ=1000000` tells that many, from the seed `PATROL_FUZZ_SEED` on.
@Suite struct `Whatever comes, in any order` {
    private static let length = 2_000
    static let seeds: [UInt64] = {
        let wanted = getenv("PATROL_FUZZ").flatMap { Int(String(cString: $0)) } ?? 6_000
        let first = getenv("PATROL_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
        return (0..<UInt64(max(1, wanted / length))).map { first + $0 }
    }()

    @Test(arguments: seeds)
    func `the screen is whole, nothing is done that was not confirmed, and no secret is shown or lost`(seed: UInt64) {
        var story = FuzzStory(seed: seed)
        let fault = story.tell(Self.length)
        #expect(fault == nil, "\(fault ?? "")")
    }

    /// With another token in hand than the one under the cursor, a form of its findings opened without any: the program ended.
    @Test(arguments: [20_080] as [UInt64]) func `what went wrong once does not again`(seed: UInt64) {
        var story = FuzzStory(seed: seed)
        let fault = story.tell(Self.length)
        #expect(fault == nil, "\(fault ?? "")")
    }

    @Test func `stories get as far as commands, and a new secret comes to the screen often enough to be looked at`() {
        // Of 500 stories one was seen in which nothing was confirmed: what counts is that most are about something.
        let told = [UInt64(1), 2, 3].map { seed in
            var story = FuzzStory(seed: seed)
            _ = story.tell(Self.length)
            return story
        }
        #expect(told.reduce(0) { $0 + $1.performedCount } >= 3)
        #expect(told.reduce(0) { $0 + $1.secretCount } >= 1)
    }
}
