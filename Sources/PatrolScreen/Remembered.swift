import PatrolDomain

/// What a person finds again at the next start: which list, how it was sorted and filtered, and what was typed.
package struct Remembered: Hashable, Sendable {
    package var pane: Pane
    package var isZoomed: Bool
    package var lists: [Pane: ListMemory]
    /// What was typed into the filter of each list, the newest first.
    package var filterHistory: [Pane: [String]]
    /// What was chosen in the palette, the newest first.
    package var commandHistory: [String]
    package var hasMouse: Bool
    /// Moments as dates, not as how long ago.
    package var hasAbsoluteTimes: Bool

    /// A list's filter, as it was typed, and its order.
    package struct ListMemory: Hashable, Sendable {
        package var filter: String
        /// The raw value of the list's sort; nil: the usual one.
        package var sort: String?
        package var isReversed: Bool

        package init(filter: String = "", sort: String? = nil, isReversed: Bool = false) {
            self.filter = filter
            self.sort = sort
            self.isReversed = isReversed
        }
    }

    /// Entries of each history.
    package static let historyLength = 50

    package init(
        pane: Pane = .tokens, isZoomed: Bool = false, lists: [Pane: ListMemory] = [:],
        filterHistory: [Pane: [String]] = [:], commandHistory: [String] = [], hasMouse: Bool = false,
        hasAbsoluteTimes: Bool = false
    ) {
        self.pane = pane
        self.isZoomed = isZoomed
        self.lists = lists
        self.filterHistory = filterHistory
        self.commandHistory = commandHistory
        self.hasMouse = hasMouse
        self.hasAbsoluteTimes = hasAbsoluteTimes
    }
}

extension Model {
    /// What is kept of this for the next time.
    package var remembered: Remembered {
        Remembered(
            pane: front, isZoomed: isZoomed,
            lists: Dictionary(uniqueKeysWithValues: Pane.allCases.map { ($0, memory(of: $0)) }),
            filterHistory: filterHistory.mapValues { $0.filter(Self.isKeepable) },
            commandHistory: commandHistory.filter(Self.isKeepable), hasMouse: hasMouse,
            hasAbsoluteTimes: hasAbsoluteTimes)
    }

    /// A person who looks for a leaked secret pastes it: what may hold one goes into no file.
    private static func isKeepable(_ text: String) -> Bool {
        let prefixes = AccessToken.Kind.allCases.map { SecretFormat.prefix(of: $0) } + ["api-"]
        return !prefixes.contains { prefix in
            let (text, prefix) = (Array(text.utf8), Array(prefix.utf8))
            return text.indices.contains { text[$0...].starts(with: prefix) }
        }
    }

    private static func kept(_ text: String) -> String { isKeepable(text) ? text : "" }

    private func memory(of pane: Pane) -> Remembered.ListMemory {
        switch pane {
        case .members: .init(filter: Self.kept(members.filterText), sort: memberOrder.sort.rawValue, isReversed: memberOrder.isReversed)
        case .roles: .init(filter: Self.kept(roles.filterText), sort: roleOrder.sort.rawValue, isReversed: roleOrder.isReversed)
        case .tokens: .init(filter: Self.kept(tokens.filterText), sort: tokenOrder.sort.rawValue, isReversed: tokenOrder.isReversed)
        case .audit: .init(filter: Self.kept(audit.filterText))
        }
    }

    /// Takes up what was kept; what no longer means anything is passed over.
    package mutating func recall(_ memory: Remembered) {
        front = memory.pane
        isZoomed = memory.isZoomed
        filterHistory = memory.filterHistory.mapValues { Array($0.prefix(Remembered.historyLength)) }
        commandHistory = Array(memory.commandHistory.prefix(Remembered.historyLength))
        hasMouse = memory.hasMouse
        hasAbsoluteTimes = memory.hasAbsoluteTimes
        for (pane, list) in memory.lists { recall(list, of: pane) }
    }

    private mutating func recall(_ list: Remembered.ListMemory, of pane: Pane) {
        let filter = (try? Filter(parsing: list.filter, for: pane.filterList)) ?? Filter()
        let text = filter.isEmpty ? "" : list.filter
        let sort = list.sort ?? ""
        switch pane {
        case .members:
            (members.filter, members.filterText) = (filter, text)
            memberOrder = MemberOrder(sort: MemberSort(rawValue: sort) ?? .name, isReversed: list.isReversed)
        case .roles:
            (roles.filter, roles.filterText) = (filter, text)
            roleOrder = RoleOrder(sort: RoleSort(rawValue: sort) ?? .kind, isReversed: list.isReversed)
        case .tokens:
            (tokens.filter, tokens.filterText) = (filter, text)
            tokenOrder = TokenOrder(sort: TokenSort(rawValue: sort) ?? .risk, isReversed: list.isReversed)
        case .audit: (audit.filter, audit.filterText) = (filter, text)
        }
    }
}
