import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func treatList(_ intent: Intent) -> [Effect] {
        switch intent {
        case .filter: openFilter()
        case .mark, .markDown: mark(by: 1)
        case .markUp: mark(by: -1)
        case .markRange: turnRange()
        case .markAll: return markEverything()
        case .unmarkAll:
            marking = nil
            front == .members ? members.unmarkAll() : tokens.unmarkAll()
        case .sort: openSort()
        case .reverse: return reverseOrder()
        case .copyID: return idsInHand.isEmpty ? [] : [.copy(idsInHand.joined(separator: "\n"))]
        case .showID: dialogs.append(.plain(PlainText(lines: idsInHand)))
        default:
            status = Status("loaded again")
            return noteChange()
        }
        return []
    }

    /// The ids of what is marked, else of what is under the cursor.
    private var idsInHand: [String] {
        switch subject {
        case .token(let id)?: isDetailFocused || tokens.marked.isEmpty ? [id.text] : tokens.marked.map(\.rowID)
        case .member(let id)?: isDetailFocused || members.marked.isEmpty ? [id.text] : members.marked.map(\.rowID)
        case .role(.base(let role))?: [role.rawValue]
        case .role(.custom(let id))?: [id.text]
        case .entry(let row)?: [row.rowID]
        case nil: []
        }
    }

    // MARK: The filter

    func filterText(of pane: Pane) -> String {
        switch pane {
        case .members: members.filterText
        case .roles: roles.filterText
        case .tokens: tokens.filterText
        case .audit: audit.filterText
        }
    }

    /// Ends the search in a list. False when none is under way.
    mutating func stopSearch(in pane: Pane) -> Bool {
        switch pane {
        case .members: members.stopSearch()
        case .roles: roles.stopSearch()
        case .tokens: tokens.stopSearch()
        case .audit: audit.stopSearch()
        }
    }

    func isStopped(_ pane: Pane) -> Bool {
        switch pane {
        case .members: members.isStopped
        case .roles: roles.isStopped
        case .tokens: tokens.isStopped
        case .audit: audit.isStopped
        }
    }

    mutating func setFilter(_ text: String, of pane: Pane) -> [Effect] {
        guard text != filterText(of: pane), let filter = try? Filter(parsing: text, for: pane.filterList) else {
            return []
        }
        switch pane {
        case .members: set(\.members, filter, text)
        case .roles: set(\.roles, filter, text)
        case .tokens: set(\.tokens, filter, text)
        case .audit:
            set(\.audit, filter, text)
            feed.isFollowing = true
        }
        return restart(pane)
    }

    private mutating func set<Row>(
        _ list: WritableKeyPath<Model, ListState<Row>>, _ filter: Filter, _ text: String
    ) {
        self[keyPath: list].filter = filter
        self[keyPath: list].filterText = text
    }

    // MARK: Colours

    mutating func openThemes() -> [Effect] {
        let items = themes.map { Chooser.Item($0, SafeText($0)) }
        dialogs.append(
            .menu(
                Menu(
                    title: "Colours", purpose: .theme(before: theme), chooser: Chooser(items, selected: theme))))
        return [.listThemes]
    }
}

extension Pane {
    var filterList: Filter.List {
        switch self {
        case .members: .members
        case .roles: .roles
        case .tokens: .tokens
        case .audit: .audit
        }
    }

    var title: SafeText {
        switch self {
        case .members: "Members"
        case .roles: "Roles"
        case .tokens: "Tokens"
        case .audit: "Audit"
        }
    }
}
