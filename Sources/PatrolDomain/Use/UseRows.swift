/// What a token did in a span with one action on one resource, and what came of it.
package struct UsedAction: Hashable, Sendable {
    package var action: Action
    package var resource: String
    package var outcome: UseOutcome
    package var calls: Int
    package var firstAt: Timestamp
    package var lastAt: Timestamp

    package init(
        action: Action, resource: String, outcome: UseOutcome, calls: Int, firstAt: Timestamp, lastAt: Timestamp
    ) {
        self.action = action
        self.resource = resource
        self.outcome = outcome
        self.calls = calls
        self.firstAt = firstAt
        self.lastAt = lastAt
    }
}

/// From where, and by which client, a token was used in a span.
package struct UseOrigin: Hashable, Sendable {
    package var network: String
    package var client: String
    package var secret: String
    package var allowed: Int
    package var refused: Int
    package var firstAt: Timestamp
    package var lastAt: Timestamp

    package init(
        network: String, client: String, secret: String, allowed: Int, refused: Int, firstAt: Timestamp,
        lastAt: Timestamp
    ) {
        self.network = network
        self.client = client
        self.secret = secret
        self.allowed = allowed
        self.refused = refused
        self.firstAt = firstAt
        self.lastAt = lastAt
    }
}

/// What a token was used for in a span, as far as rows were looked at.
package struct UseSummary: Hashable, Sendable {
    /// By action, resource and outcome.
    package var actions: [UsedAction]
    /// Those used last come first.
    package var origins: [UseOrigin]
    /// Allowed calls.
    package var allowed: Int
    /// False where there are more rows than the limit: the newest were looked at.
    package var isWhole: Bool

    package init(actions: [UsedAction] = [], origins: [UseOrigin] = [], allowed: Int = 0, isWhole: Bool = true) {
        self.actions = actions
        self.origins = origins
        self.allowed = allowed
        self.isWhole = isWhole
    }
}

/// Something that was seen of a token and is no use of it.
package struct TokenSignal: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A secret that was replaced, or whose token was deleted, was presented.
        case retiredSecret
        case leaked
        /// The secret stood in an address.
        case inQuery
        /// The secret came over a connection that everybody on the way can read.
        case inClear
        /// It was tried while it is in quarantine.
        case quarantined
    }

    package var kind: Kind
    package var firstAt: Timestamp
    package var lastAt: Timestamp
    package var count: Int

    package init(kind: Kind, firstAt: Timestamp, lastAt: Timestamp, count: Int) {
        self.kind = kind
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.count = count
    }
}

extension UseOutcome {
    /// The signal that a call of this outcome is.
    package var signal: TokenSignal.Kind? {
        switch self {
        case .allowed, .denied: nil
        case .quarantined: .quarantined
        case .retired: .retiredSecret
        }
    }
}

/// A place in the hours of a token, for going on after it.
package struct UsePlace: Hashable, Sendable {
    /// The hour, then the numbers that settle the order inside of it: storage's own.
    package let numbers: [Int64]

    package init(numbers: [Int64]) { self.numbers = numbers }

    /// Before all that is known from the hour of `start` on.
    package init(before start: Timestamp) {
        numbers = [start.startOfHour.milliseconds, -1, -1, -1, -1, -1, -1]
    }
}
