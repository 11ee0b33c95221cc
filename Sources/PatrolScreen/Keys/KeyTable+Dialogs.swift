import PatrolPresentation

/// A key of a dialog: dialogs answer for their own keys, and these lines say which.
struct DialogKey: Hashable, Sendable {
    let keys: SafeText
    /// For the bottom line.
    let hint: SafeText
    let words: SafeText

    init(_ keys: SafeText, _ hint: SafeText, _ words: SafeText) {
        self.keys = keys
        self.hint = hint
        self.words = words
    }
}

extension KeyTable {
    /// The keys of what lies on top of the lists.
    static func dialogKeys(_ place: Place) -> [DialogKey] {
        switch place {
        case .filter:
            [
                DialogKey("Enter", "keep", "keep the filter, here and in its history"),
                DialogKey("Tab", "complete", "take the word that is offered, again: the next one (→ at the end does it too)"),
                DialogKey("↑ ↓", "history", "with an empty line: filters that were kept before"),
                DialogKey("PgUp PgDn", "scroll", "move in the list meanwhile"),
                DialogKey("Ctrl-U", "clear", "clear the line"),
                DialogKey("Esc", "drop", "back to the filter that was there before"),
            ]
        case .form:
            [
                DialogKey("Tab", "next", "next field (Shift-Tab: the one before)"),
                DialogKey("Enter", "go on", "next field, and at the end go on"),
                DialogKey("Ctrl-S", "done", "go on from anywhere"),
                DialogKey("Space", "choose", "mark in a list of choices"),
                DialogKey("Esc", "back", "one step back; asks if something would be lost"),
            ]
        case .confirmation:
            [
                DialogKey("Tab", "choose", "the other button"),
                DialogKey("Enter", "press", "press the button; in a field: go on to the next one, or to the button"),
                DialogKey("↑ ↓", "read", "read on, where there is more (PgUp, PgDn, Home and End too)"),
                DialogKey("Esc", "cancel", "do nothing"),
            ]
        case .menu:
            [
                DialogKey("↑ ↓", "choose", "choose"),
                DialogKey("Enter", "take", "take it"),
                DialogKey("a–z", "narrow", "narrow the list by writing"),
                DialogKey("Esc", "back", "back"),
            ]
        case .secret:
            [
                DialogKey("c", "copy", "copy the secret to the clipboard, over SSH too"),
                DialogKey("x", "clear", "empty the clipboard again, after it was copied"),
                DialogKey("w", "write", "write it to a new file that only you can read"),
                DialogKey("Esc", "done", "leave, and the secret is gone; asks if it was not copied or written"),
            ]
        case .plain:
            [DialogKey("↑ ↓", "read", "read on, where there is more"), DialogKey("Esc", "back", "back")]
        case .review: reviewKeys
        case .members, .roles, .tokens, .audit, .detail: []
        }
    }

    /// The keys of this very dialog: only those that do something in it.
    static func dialogKeys(_ dialog: Dialog) -> [DialogKey] {
        guard case .menu(let menu) = dialog else { return dialogKeys(withoutMenu: dialog) }
        if menu.purpose == .discard {
            return [
                DialogKey("y", "discard", "throw away what was written"),
                DialogKey("n", "go on editing", "go back to it"), DialogKey("Enter", "take", "take it"),
                DialogKey("Esc", "go on editing", "go back to it"),
            ]
        }
        return dialogKeys(.menu).filter { menu.isNarrowable || $0.hint != "narrow" }
    }

    private static func dialogKeys(withoutMenu dialog: Dialog) -> [DialogKey] {
        switch dialog {
        case .form(let form): keys(of: form)
        case .commands(let list) where list.kind == .palette:
            [DialogKey("Tab", "complete", "complete the command"), DialogKey("↑", "recall", "on an empty line: a former command")]
                + dialogKeys(.menu).filter { $0.hint != "choose" }
        case .commands(let list): keys(ofHelp: list)
        case .creation(let creation): keys(of: creation.page)
        case .views(let menu): keys(of: menu)
        case .templates:
            [
                DialogKey("Enter", "edit", "change it"), DialogKey("a", "new", "make a new one"),
                DialogKey("d", "delete", "delete it; one that comes with Patrol is hidden"), DialogKey("Esc", "back", "back"),
            ]
        case .review(let screen): keys(of: screen)
        case .results: [DialogKey("↑ ↓", "read", "read on"), DialogKey("Enter", "close", "close it")]
        case .confirmation(let question): keys(of: question)
        default: dialogKeys(dialog.place)
        }
    }

    private static func keys(ofHelp list: CommandList) -> [DialogKey] {
        let isSearching = !list.chooser.query.isEmpty
        return dialogKeys(.menu).map { key in
            switch key.keys {
            case "Esc" where isSearching: DialogKey("Esc", "end the search", "back to all of them")
            case "a–z": DialogKey("/", isSearching ? "search anew" : "search", "search by writing; a slash begins anew")
            default: key
            }
        }
    }

    /// Enter says what it does where the focus is.
    private static func keys(of question: Confirmation) -> [DialogKey] {
        let isField = question.focus == .why || question.focus == .field
        let enter: SafeText =
            switch question.focus {
            case .why: "next field"
            case .field: question.isWordWritten ? "to the button" : "needs the word"
            case .cancel: "cancel"
            case .go: question.button
            }
        return dialogKeys(.confirmation).map { key in
            switch key.keys {
            case "Enter": DialogKey(key.keys, enter, key.words)
            case "Tab" where isField: DialogKey(key.keys, "next", "next field or button")
            default: key
            }
        }
    }

    private static func keys(of menu: ViewMenu) -> [DialogKey] {
        switch menu.mode {
        case .choosing:
            [
                DialogKey("Enter", "show", "show its list so"), DialogKey("a", "keep", "keep the list as it is now"),
                DialogKey("d", "delete", "delete it"), DialogKey("Esc", "back", "back"),
            ]
        case .naming: [DialogKey("Enter", "keep", "keep it under this name"), DialogKey("Esc", "back", "back")]
        case .replacing: [DialogKey("y", "replace", "replace it"), DialogKey("n", "another name", "another name")]
        case .deleting: [DialogKey("y", "delete", "delete it"), DialogKey("n", "keep", "keep it")]
        }
    }

    private static func keys(of form: Form) -> [DialogKey] {
        let input = form.focused.map { form.fields[$0].input }
        return dialogKeys(.form).compactMap { key in
            guard key.keys == "Space" else { return key }
            return switch input {
            case .choice?: key
            case .list?: marking
            default: nil
            }
        }
    }

    private static func keys(of page: Creation.Page) -> [DialogKey] {
        switch page {
        case .purpose(let form): return keys(of: form)
        case .blank, .resource, .date: return dialogKeys(.form).filter { ["Enter", "Esc"].contains($0.keys) }
        case .summary: return dialogKeys(.form).filter { $0.keys != "Space" }
        case .actions, .roles:
            var keys = dialogKeys(.menu)
            keys.insert(marking, at: 1)
            return keys
        default: return dialogKeys(.menu)
        }
    }

    private static let marking = DialogKey("Space", "mark", "mark it")
}
