import PatrolDomain
import PatrolPresentation

extension Model {
    /// Rows that a turn of the wheel moves.
    private static let wheelRows = 3

    mutating func take(_ event: MouseEvent) -> [Effect] {
        // While several things are done one after another, only keys count: Esc stops.
        if let batch, batch.steps.count > 1 { return [] }
        let areas = hitAreas
        switch event.kind {
        case .wheelUp, .wheelDown:
            return scroll(areas.scrollable(at: event.position), by: event.kind == .wheelUp ? -Self.wheelRows : Self.wheelRows)
        case .click, .doubleClick:
            isQuitArmed = false
            dropTurning()
            status = nil
            guard let hit = areas.hit(at: event.position) else { return [] }
            var effects: [Effect] = []
            if dialogs.isEmpty, filterEntry != nil { effects += takeInFilter(.enter) }
            return effects + click(hit, isDouble: event.kind == .doubleClick)
        }
    }

    mutating func toggleMouse() {
        hasMouse.toggle()
        status = Status(hasMouse ? "the mouse works here: Shift selects text" : "the mouse is the terminal's")
    }

    /// What is alone on the screen is there to be selected with the terminal's own mouse.
    var capturesMouse: Bool {
        switch dialogs.last {
        case .secret?, .plain?: false
        default: hasMouse
        }
    }

    private mutating func click(_ hit: Hit, isDouble: Bool) -> [Effect] {
        switch hit {
        case .tab(let pane): show(pane)
        case .pane(let pane): if front != pane || isDetailFocused { show(pane) }
        case .row(let pane, let place):
            if front != pane || isDetailFocused { show(pane) }
            select(place, in: pane)
            if isDouble { return run(.openDetail) }
        case .column(let pane, let column): return sort(pane, byColumn: column)
        case .detail: isDetailFocused = subject != nil
        case .hint(let intent): return run(intent)
        case .key(let key): return take(key)
        case .choice(let row, let rows): return choose(row: row, of: rows)
        case .cancelButton: dialogs.removeLast()
        case .goButton: return pressByMouse()
        case .resultsButton: return takeInDialog(.enter)
        case .dialog: break
        }
        return []
    }

    private mutating func select(_ place: Int, in pane: Pane) {
        switch pane {
        case .members: members.select(place)
        case .roles: roles.select(place)
        case .tokens: tokens.select(place)
        case .audit:
            audit.select(place)
            feed.isFollowing = audit.selected == 0 && !audit.hasBefore
        }
    }

    private mutating func sort(_ pane: Pane, byColumn column: Int) -> [Effect] {
        let name: String? =
            switch pane {
            case .members: MemberColumns.sorts[column]?.rawValue
            case .roles: RoleColumns.sorts[column]?.rawValue
            case .tokens: TokenColumns.sorts[column]?.rawValue
            case .audit: nil
            }
        guard let name else { return [] }
        if front != pane || isDetailFocused { show(pane) }
        return sort(by: name, in: pane)
    }

    // MARK: Dialogs

    /// What is clicked in a list is chosen, as by Enter.
    private mutating func choose(row: Int, of rows: Int) -> [Effect] {
        switch dialogs.last {
        case .menu(var menu)?:
            guard menu.chooser.select(row: row, of: rows) else { return [] }
            replaceTop(.menu(menu))
            // Throwing away what was written takes a key.
            return menu.purpose == .discard ? [] : takeInDialog(.enter)
        case .commands(var list)?:
            guard list.chooser.select(row: row, of: rows) else { return [] }
            replaceTop(.commands(list))
            return takeInDialog(.enter)
        default: return []
        }
    }

    /// What is dangerous takes a key: a click only goes there.
    private mutating func pressByMouse() -> [Effect] {
        guard case .confirmation(var question)? = dialogs.last else { return [] }
        question.focus = .go
        replaceTop(.confirmation(question))
        return question.isDangerous ? [] : takeInDialog(.enter)
    }

    // MARK: The wheel

    private mutating func scroll(_ hit: Hit?, by rows: Int) -> [Effect] {
        switch hit {
        case .pane(let pane)? where dialogs.isEmpty: scroll(pane, by: rows)
        case .detail? where dialogs.isEmpty:
            let last = max(0, detailLines(columns: layout.detailColumns).count - layout.detailRows)
            detail.scroll = max(0, min(detail.scroll + rows, last))
        case .dialog?:
            switch dialogs.last {
            case .menu?, .commands?, .confirmation?, .results?: return takeInDialog(rows < 0 ? .up : .down)
            default: break
            }
        default: break
        }
        return []
    }

    private mutating func scroll(_ pane: Pane, by rows: Int) {
        switch pane {
        case .members: members.page(by: rows)
        case .roles: roles.page(by: rows)
        case .tokens: tokens.page(by: rows)
        case .audit:
            audit.page(by: rows)
            feed.isFollowing = audit.selected == 0 && !audit.hasBefore
        }
    }
}
