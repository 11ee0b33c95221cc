import PatrolDomain
import PatrolPresentation

/// The menu of the saved views, and naming one: lists with a filter and an order, to come back to.
struct ViewMenu: Hashable, Sendable {
    enum Mode: Hashable, Sendable {
        case choosing
        /// The list as it is now gets this name.
        case naming(TextField)
        /// A view of this name is there already.
        case replacing(String)
        case deleting(String)
    }

    var items: [Item]
    var cursor = 0
    var mode = Mode.choosing
    var fault: SafeText?

    struct Item: Hashable, Sendable {
        /// Nil: saves the list as it is now.
        var view: SavedView?
        /// Comes with the program, so it can't be deleted.
        var isSuggested = false
    }

    var current: Item? { items.indices.contains(cursor) ? items[cursor] : nil }
}

extension SavedView {
    var pane: Pane {
        switch list {
        case .members: .members
        case .roles: .roles
        case .tokens: .tokens
        case .audit: .audit
        }
    }
}

extension Model {
    mutating func openViews() { dialogs.append(.views(ViewMenu(items: viewItems))) }

    /// The views were kept, and are these now.
    mutating func takeViews(_ kept: [SavedView]) {
        views = kept
        guard case .views(var menu)? = dialogs.last, menu.mode == .choosing else { return }
        menu.items = viewItems
        menu.cursor = min(menu.cursor, menu.items.count - 1)
        replaceTop(.views(menu))
    }

    private var viewItems: [ViewMenu.Item] {
        [ViewMenu.Item(view: nil)] + views.map { ViewMenu.Item(view: $0) }
            + suggestedViews.map { ViewMenu.Item(view: $0, isSuggested: true) }
    }

    /// The person's own, then those that come with the program and whose name is not taken.
    var knownViews: [SavedView] { views + suggestedViews }

    private var suggestedViews: [SavedView] {
        let names = Set(views.map(\.name))
        return SavedView.suggested.filter { !names.contains($0.name) && Self.isUnderstood($0) }
    }

    private static func isUnderstood(_ view: SavedView) -> Bool {
        (try? Filter(parsing: view.filter, for: view.list)) != nil
    }

    mutating func take(_ key: Key, in menu: ViewMenu) -> [Effect] {
        var menu = menu
        switch menu.mode {
        case .choosing: return choose(key, in: menu)
        case .naming(var field):
            switch key {
            case .escape: (menu.mode, menu.fault) = (.choosing, nil)
            case .enter: return save(under: field.text, in: menu)
            default:
                note(field.take(key))
                (menu.mode, menu.fault) = (.naming(field), nil)
            }
        case .replacing(let name):
            guard key != "y" else { return keep(name) }
            if key == "n" || key == .escape { menu.mode = .naming(TextField(name, limit: SavedView.maximumNameLength)) }
        case .deleting(let name):
            if key == "y" {
                views.removeAll { $0.name == name }
                status = Status("deleted the view `\(name)`", .good)
                replaceTop(.views(ViewMenu(items: viewItems, cursor: min(menu.cursor, viewItems.count - 1))))
                return [.saveViews(views)]
            }
            if key == "n" || key == .escape { menu.mode = .choosing }
        }
        replaceTop(.views(menu))
        return []
    }

    private mutating func choose(_ key: Key, in menu: ViewMenu) -> [Effect] {
        var menu = menu
        menu.fault = nil
        switch key {
        case .escape, "q", "V":
            dialogs.removeLast()
            return []
        case .down, "j": menu.cursor = min(menu.cursor + 1, menu.items.count - 1)
        case .up, "k": menu.cursor = max(menu.cursor - 1, 0)
        case .home, "g": menu.cursor = 0
        case .end, "G": menu.cursor = menu.items.count - 1
        case "a": startNaming(&menu)
        case .enter:
            guard let view = menu.current?.view else {
                startNaming(&menu)
                break
            }
            return apply(view)
        case "d":
            if let item = menu.current, let view = item.view {
                if item.isSuggested { menu.fault = "`\(view.name)` comes with Patrol and stays" } else { menu.mode = .deleting(view.name) }
            }
        default: return []
        }
        replaceTop(.views(menu))
        return []
    }

    private func startNaming(_ menu: inout ViewMenu) {
        if views.count >= SavedView.maximumCount {
            menu.fault = "there are \(SavedView.maximumCount) views: delete one first"
        } else {
            menu.mode = .naming(TextField(limit: SavedView.maximumNameLength))
        }
    }

    private mutating func save(under name: String, in menu: ViewMenu) -> [Effect] {
        var menu = menu
        let name = String(name.split(separator: " ").joined(separator: " "))
        if name.isEmpty {
            menu.fault = "a name is missing"
        } else if views.contains(where: { $0.name == name }) {
            menu.mode = .replacing(name)
        } else {
            return keep(name)
        }
        replaceTop(.views(menu))
        return []
    }

    /// Keeps the list in front under this name, in the place of another one of the name.
    private mutating func keep(_ name: String) -> [Effect] {
        let list = remembered.lists[front] ?? .init()
        let view = SavedView(
            name: name, list: front.filterList, filter: list.filter, sort: list.sort, isReversed: list.isReversed)
        if let place = views.firstIndex(where: { $0.name == name }) { views[place] = view } else { views.append(view) }
        dialogs.removeLast()
        status = Status("kept as the view `\(name)`; \(keyWords(.viewMenu, usually: "V")) brings it back", .good)
        return [.saveViews(views)]
    }

    /// Brings the view's list to the front, filtered and sorted so.
    mutating func apply(_ view: SavedView) -> [Effect] {
        let pane = view.pane
        if !Self.isUnderstood(view) {
            status = Status("the filter of the view `\(view.name)` is not understood: `\(view.filter)`", .bad)
            return []
        }
        dialogs = []
        show(pane)
        setSort(view.sort, isReversed: view.isReversed, of: pane)
        let effects = setFilter(view.filter, of: pane)
        return effects.isEmpty ? restart(pane) : effects
    }
}
