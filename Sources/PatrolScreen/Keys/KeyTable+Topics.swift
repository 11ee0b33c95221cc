import PatrolPresentation

/// Keys that belong together, for the manuals.
package struct KeyTopic: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// As they stand on the keyboard; none: by name only.
        package let keys: [String]
        /// What the palette calls it; nil in a dialog, where it has no name.
        package let name: String?
        package let words: String
        /// What `keys.json` calls it; nil in a dialog, whose keys stay.
        package let fileName: String?
    }

    package let title: String
    package let rows: [Row]
}

extension KeyTable {
    /// The whole table by topic.
    static var topics: [KeyTopic] {
        let groups: [(String, [Place])] = [
            ("Everywhere", []), ("Members", [.members]), ("Roles", [.roles]), ("Tokens", [.tokens]),
            ("Audit", [.audit]), ("Detail", [.detail]),
        ]
        let dialogs: [(String, Place)] = [
            ("Filter", .filter), ("Forms", .form), ("Questions", .confirmation), ("Menus", .menu), ("Reviews", .review),
            ("The secret", .secret),
        ]
        let lists = groups.map { title, places in
            KeyTopic(
                title: title,
                rows: standard.bindings.filter { isPart($0, of: places) }.map { binding in
                    KeyTopic.Row(
                        keys: binding.keys.map(\.words.text), name: binding.commandText.text,
                        words: binding.words.text, fileName: binding.intent.rawValue)
                })
        }
        let others = dialogs.map { title, place in
            KeyTopic(
                title: title,
                rows: dialogKeys(place).map { KeyTopic.Row(keys: [$0.keys.text], name: nil, words: $0.words.text, fileName: nil) })
        }
        return (lists + others).filter { !$0.rows.isEmpty }
    }

    /// Whether it belongs to these places alone, or without places to every one.
    private static func isPart(_ binding: Binding, of places: [Place]) -> Bool {
        let isGeneral = binding.places.isSuperset(of: Place.lists)
        return places.isEmpty ? isGeneral : !isGeneral && !binding.places.isDisjoint(with: places)
    }

    /// The whole table in Markdown: `docs/keys.md`.
    static func markdown() -> String {
        var text = "# Keys\n\nMade from the key table in `Sources/PatrolScreen/Keys`; do not edit.\n"
        for topic in topics {
            let hasNames = topic.rows.contains { $0.name != nil }
            text += "\n## \(topic.title)\n\n| key |\(hasNames ? " command |" : "") what it does |\(hasNames ? " in keys.json |" : "")\n"
            text += "| --- |\(hasNames ? " --- |" : "") --- |\(hasNames ? " --- |" : "")\n"
            for row in topic.rows {
                let keys = row.keys.isEmpty ? "–" : row.keys.map { "`\($0)`" }.joined(separator: " ")
                text += "| \(keys) |\(row.name.map { " \($0) |" } ?? "") \(row.words) |\(row.fileName.map { " `\($0)` |" } ?? "")\n"
            }
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

/// The key table by topic.
package func keyTopics() -> [KeyTopic] { KeyTable.topics }
