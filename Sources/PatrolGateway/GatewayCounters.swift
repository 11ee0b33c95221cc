internal import Synchronization

/// What the gateway did since it started.
final class GatewayCounters: Sendable {
    enum Outcome: Int, CaseIterable {
        case allowed, denied, unauthenticated, unavailable, malformed, limited

        var label: String {
            switch self {
            case .allowed: "allowed"
            case .denied: "denied"
            case .unauthenticated: "unauthenticated"
            case .unavailable: "unavailable"
            case .malformed: "malformed"
            case .limited: "limited"
            }
        }
    }

    private let allowed = Atomic<UInt64>(0)
    private let denied = Atomic<UInt64>(0)
    private let unauthenticated = Atomic<UInt64>(0)
    private let unavailable = Atomic<UInt64>(0)
    private let malformed = Atomic<UInt64>(0)
    private let limited = Atomic<UInt64>(0)
    private let refused = Atomic<UInt64>(0)

    func count(_ outcome: Outcome) { withCounter(of: outcome) { _ = $0.add(1, ordering: .relaxed) } }

    func count(of outcome: Outcome) -> UInt64 {
        var value: UInt64 = 0
        withCounter(of: outcome) { value = $0.load(ordering: .relaxed) }
        return value
    }

    /// What never became a request.
    func countRefused() { refused.add(1, ordering: .relaxed) }

    var refusedCount: UInt64 { refused.load(ordering: .relaxed) }

    private func withCounter(of outcome: Outcome, _ body: (borrowing Atomic<UInt64>) -> Void) {
        switch outcome {
        case .allowed: body(allowed)
        case .denied: body(denied)
        case .unauthenticated: body(unauthenticated)
        case .unavailable: body(unavailable)
        case .malformed: body(malformed)
        case .limited: body(limited)
        }
    }
}
