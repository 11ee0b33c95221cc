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
                DialogKey("Enter", "keep", "keep the filter"),
                DialogKey("Esc", "drop", "drop it"),
                DialogKey("Ctrl-U", "clear", "clear the line"),
            ]
        case .form:
            [
                DialogKey("Tab", "next", "next field (Shift-Tab: the one before)"),
                DialogKey("Enter", "go on", "next field, and at the end go on"),
                DialogKey("Ctrl-S", "save", "go on from anywhere"),
                DialogKey("Space", "choose", "mark in a list of choices"),
                DialogKey("Esc", "back", "one step back; asks if something would be lost"),
            ]
        case .confirmation:
            [
                DialogKey("Tab", "choose", "the other button"),
                DialogKey("Enter", "press", "press the button"),
                DialogKey("↑ ↓", "read", "read on, where there is more"),
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
                DialogKey("c", "copy", "copy the secret (OSC 52: works over SSH)"),
                DialogKey("w", "write", "write it to a new file that only you can read"),
                DialogKey("Esc", "done", "leave, and the secret is gone; asks if it was not copied or written"),
            ]
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
        case .creation(let creation): keys(of: creation.page)
        case .results: [DialogKey("↑ ↓", "read", "read on"), DialogKey("Enter", "close", "close it")]
        case .confirmation(let question) where question.focus == .why || question.focus == .field:
            [DialogKey("Tab", "next", "next field or button")] + dialogKeys(.confirmation).dropFirst()
        default: dialogKeys(dialog.place)
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
        case .resource, .date: return dialogKeys(.form).filter { ["Enter", "Esc"].contains($0.keys) }
        case .summary: return dialogKeys(.form).filter { $0.keys != "Space" }
        case .actions, .roles:
            var keys = dialogKeys(.menu)
            keys.insert(marking, at: 1)
            return keys
        default: return dialogKeys(.menu)
        }
    }

    private static let marking = DialogKey("Space", "mark", "mark it")

    /// The whole table in Markdown: `docs/keys.md`.
    package static func markdown() -> String {
        var text = "# Keys\n\nMade from the key table in `Sources/PatrolScreen/Keys`; do not edit.\n"
        let groups: [(String, [Place])] = [
            ("Everywhere", []), ("Members", [.members]), ("Roles", [.roles]), ("Tokens", [.tokens]),
            ("Audit", [.audit]), ("Detail", [.detail]),
        ]
        for (title, places) in groups {
            let rows = standard.bindings.filter { binding in
                let isGeneral = binding.places.isSuperset(of: Place.lists)
                return places.isEmpty ? isGeneral : !isGeneral && !binding.places.isDisjoint(with: places)
            }
            guard !rows.isEmpty else { continue }
            text += "\n## \(title)\n\n| key | command | what it does | in keys.json |\n| --- | --- | --- | --- |\n"
            for row in rows {
                let keys = row.keys.map { "`\($0.words.text)`" }.joined(separator: " ")
                text += "| \(keys.isEmpty ? "–" : keys) | \(row.commandText.text) | \(row.words.text) | `\(row.intent.rawValue)` |\n"
            }
        }
        let dialogs: [(String, Place)] = [
            ("Filter", .filter), ("Forms", .form), ("Questions", .confirmation), ("Menus", .menu),
            ("The secret", .secret),
        ]
        for (title, place) in dialogs {
            text += "\n## \(title)\n\n| key | what it does |\n| --- | --- |\n"
            for row in dialogKeys(place) { text += "| `\(row.keys.text)` | \(row.words.text) |\n" }
        }
        return text + fileManual
    }

    private static let fileManual = """

        ## Other keys

        `$XDG_CONFIG_HOME/patrol/keys.json` (usually `~/.config/patrol/keys.json`) gives commands other keys:

        ```json
        {"flagToken": ["f", "F8"], "undo": ["u", "Ctrl-T"], "reverse": []}
        ```

        A command that stands there has exactly the keys of its list, at most \(keysOfCommand); the others keep theirs. Its name
        is in the last column above. Keys are single letters (`f`, `F`), `Ctrl-A` to `Ctrl-Z`, `F1` to `F12`, `Space`,
        `Enter`, `Esc`, `Tab`, `Shift-Tab`, `Up`, `Down`, `Left`, `Right`, `PgUp`, `PgDn`, `Home`, `End`, `Shift-Up`,
        `Shift-Down`, `Backspace` and `Del`. `Ctrl-C`, `Ctrl-L` and `Ctrl-Z` always stay what they are, and so do the keys of
        forms, questions and menus.

        A file that can't be read, that names an unknown command or key, or that gives one key two meanings in one place
        is told by line, and the usual keys stay.

        """
}

/// The key table as Markdown.
package func keysMarkdown() -> String { KeyTable.markdown() }
