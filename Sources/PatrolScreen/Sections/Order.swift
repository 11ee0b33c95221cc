import PatrolDomain
import PatrolPresentation

/// One of the things a list can be sorted by.
protocol ListSort: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// As the menu and the rule call it.
    var words: SafeText { get }
    /// What comes first, and what does when it is reversed.
    var ends: (first: SafeText, last: SafeText) { get }
    /// Whether the largest comes first while it is not reversed.
    var isDescending: Bool { get }
}

/// What a list is sorted by, and whether the other way round.
protocol ListOrder: Hashable, Sendable {
    associatedtype Sort: ListSort
    var sort: Sort { get set }
    var isReversed: Bool { get set }
    init(sort: Sort, isReversed: Bool)
}

extension ListOrder {
    /// `last use, oldest first`
    var words: SafeText { isReversed ? "\(sort.words.text), \(endWords.text)" : sort.words }

    /// `oldest first`
    var endWords: SafeText { "\((isReversed ? sort.ends.last : sort.ends.first).text) first" }

    /// Beside the title of the column: up for the smallest on top.
    var sign: SafeText { sort.isDescending == isReversed ? "▲" : "▼" }
}

extension MemberOrder: ListOrder {}
extension RoleOrder: ListOrder {}
extension TokenOrder: ListOrder {}

extension MemberSort: ListSort {
    var words: SafeText {
        switch self {
        case .name: "name"
        case .email: "e-mail"
        case .role: "role"
        case .tokens: "tokens"
        case .lastSeen: "last seen"
        case .worst: "worst finding"
        }
    }

    var ends: (first: SafeText, last: SafeText) {
        switch self {
        case .name, .email: ("A", "Z")
        case .role: ("owner", "no access")
        case .tokens: ("most", "fewest")
        case .lastSeen: ("latest", "longest ago")
        case .worst: ("worst", "best")
        }
    }

    var isDescending: Bool { self != .name && self != .email }
}

extension RoleSort: ListSort {
    var words: SafeText {
        switch self {
        case .kind: "kind"
        case .key: "key"
        case .name: "name"
        case .members: "members"
        case .teams: "teams"
        case .tokens: "tokens"
        }
    }

    var ends: (first: SafeText, last: SafeText) {
        switch self {
        case .kind: ("base roles", "custom roles")
        case .key, .name: ("A", "Z")
        case .members, .teams, .tokens: ("most", "fewest")
        }
    }

    var isDescending: Bool { self == .members || self == .teams || self == .tokens }
}

extension TokenSort: ListSort {
    var words: SafeText {
        switch self {
        case .risk: "risk"
        case .name: "name"
        case .owner: "owner"
        case .scope: "scope"
        case .ending: "ending"
        case .created: "creation"
        case .lastUsed: "last use"
        case .expires: "expiry"
        case .flag: "flag"
        }
    }

    var ends: (first: SafeText, last: SafeText) {
        switch self {
        case .risk: ("worst", "best")
        case .name, .owner, .ending: ("A", "Z")
        case .scope: ("widest", "narrowest")
        case .created: ("newest", "oldest")
        case .lastUsed: ("latest", "longest ago")
        case .expires: ("soonest", "latest")
        case .flag: ("due soonest", "not flagged")
        }
    }

    var isDescending: Bool { [.risk, .scope, .created, .lastUsed].contains(self) }
}

// MARK: The menu and the keys

extension Model {
    mutating func openSort() {
        switch front {
        case .members: openSort(of: "members", memberOrder, .memberSort)
        case .roles: openSort(of: "roles", roleOrder, .roleSort)
        case .tokens: openSort(of: "tokens", tokenOrder, .tokenSort)
        case .audit: break
        }
    }

    /// The order that is in force stands under the cursor, and choosing it turns it round.
    private mutating func openSort<Order: ListOrder>(of things: String, _ order: Order, _ purpose: Menu.Purpose) {
        let items = Order.Sort.allCases.map { sort in
            let isInForce = sort == order.sort
            let next = Order(sort: sort, isReversed: isInForce && !order.isReversed)
            let now: String = isInForce ? "now \(order.endWords.text); Enter: " : ""
            return Chooser.Item(sort.rawValue, sort.words, note: "\(now)\(next.endWords.text)")
        }
        dialogs.append(
            .menu(
                Menu(
                    title: "Sort \(things) by", purpose: purpose,
                    chooser: Chooser(items, selected: order.sort.rawValue))))
    }

    /// Sorts the list anew, or turns it round where it is sorted so already.
    mutating func sort(by id: String, in pane: Pane) -> [Effect] {
        switch pane {
        case .members: memberOrder.choose(id)
        case .roles: roleOrder.choose(id)
        case .tokens: tokenOrder.choose(id)
        case .audit: return []
        }
        return restart(pane)
    }

    mutating func reverseOrder() -> [Effect] {
        switch front {
        case .members: memberOrder.isReversed.toggle()
        case .roles: roleOrder.isReversed.toggle()
        case .tokens: tokenOrder.isReversed.toggle()
        case .audit: return []
        }
        return restart(front)
    }

    /// What a list is sorted by, in words; empty for the audit log.
    func orderWords(of pane: Pane) -> SafeText {
        switch pane {
        case .members: memberOrder.words
        case .roles: roleOrder.words
        case .tokens: tokenOrder.words
        case .audit: ""
        }
    }
}

extension ListOrder {
    fileprivate mutating func choose(_ id: String) {
        guard let chosen = Sort(rawValue: id) else { return }
        isReversed = chosen == sort && !isReversed
        sort = chosen
    }
}
