internal import PatrolDomain
internal import PatrolHTTP
internal import Synchronization

/// Names for requests, by which a line of the access log is found again: unique in this process and most likely among all.
final class RequestNames: Sendable {
    private let prefix: String
    private let count = Atomic<UInt64>(0)

    init() {
        var generator = SystemRandomNumberGenerator()
        prefix = String(generator.next() as UInt32 | 1 << 31, radix: 16) + "-"
    }

    /// The name that a proxy gave the request, where it is a decent one; else a new one.
    func name(_ exchange: borrowing HTTPExchange) -> String {
        if case .one(let given) = exchange.oneValue(of: "X-Request-Id"), (1...64).contains(given.count),
            given.allSatisfy({ $0.isNamePart })
        {
            return given.text
        }
        return prefix + String(count.add(1, ordering: .relaxed).newValue, radix: 16)
    }
}

extension UInt8 {
    fileprivate var isNamePart: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }
}
