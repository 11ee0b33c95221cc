internal import PatrolDomain
internal import Synchronization

/// How often somebody may come in a window of ten seconds. Each is counted by itself, and a new window begins with nothing.
final class RateLimiter: Sendable {
    static let window = TimeSpan(milliseconds: 10_000)

    /// How it stands with one of them after a call.
    struct Standing: Sendable {
        let limit: Int
        let remaining: Int
        /// When the window ends.
        let resetsAt: Timestamp

        var isWithin: Bool { remaining >= 0 }
    }

    private struct State {
        var start = Timestamp(milliseconds: .min)
        var counts: [[UInt8]: Int] = [:]
    }

    /// Names that are counted at once. In a window with more, those that come later are not limited: what limits memory must not
    /// let one keep out all others.
    private static let maximumNames = 100_000

    /// 0: there is none.
    let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// Counts a call of whoever has this name. Nil where there is no limit.
    func count(_ name: some Sequence<UInt8>, at now: Timestamp) -> Standing? {
        guard limit > 0 else { return nil }
        let start = Timestamp(milliseconds: now.milliseconds - now.milliseconds % Self.window.milliseconds)
        let key = Array(name)
        let count = state.withLock { state in
            if state.start != start {
                state.start = start
                state.counts.removeAll(keepingCapacity: true)
            }
            guard let known = state.counts[key] ?? (state.counts.count < Self.maximumNames ? 0 : nil) else { return 0 }
            state.counts[key] = known + 1
            return known + 1
        }
        return Standing(limit: limit, remaining: limit - count, resetsAt: start + Self.window)
    }

    /// Whether the limit is reached already, without counting.
    func isReached(_ name: some Sequence<UInt8>, at now: Timestamp) -> Bool {
        guard limit > 0 else { return false }
        let start = Timestamp(milliseconds: now.milliseconds - now.milliseconds % Self.window.milliseconds)
        let key = Array(name)
        return state.withLock { $0.start == start && $0.counts[key, default: 0] >= limit }
    }
}
