import PatrolPresentation

/// One line of the key table: which keys do what, where, and how that is said.
struct Binding: Hashable, Sendable {
    let intent: Intent
    var keys: [Key]
    let places: Set<Place>
    /// What the palette calls it.
    let name: SafeText
    /// For the bottom line.
    let hint: SafeText
    /// For the help and the manual.
    let words: SafeText
    /// Its place in the bottom line; nil: not there.
    let rank: Int?
    /// What can follow its name in the palette.
    let argument: CommandArgument?
    /// Under which heading the help has it.
    var topic = Topic.screen

    init(
        _ intent: Intent, _ keys: [Key], _ places: Set<Place>, _ name: SafeText, hint: SafeText? = nil,
        _ words: SafeText, rank: Int? = nil,
        argument: CommandArgument? = nil
    ) {
        self.intent = intent
        self.keys = keys
        self.places = places
        self.name = name
        self.hint = hint ?? name
        self.words = words
        self.rank = rank
        self.argument = argument
    }
}

/// What the help has together.
enum Topic: String, CaseIterable, Hashable, Sendable {
    case tokens = "Tokens"
    case members = "Members"
    case roles = "Roles"
    case detail = "Detail"
    case lists = "Lists and marks"
    case moving = "Moving about"
    case screen = "Screen"
}

/// What follows the name of a command in the palette.
enum CommandArgument: Hashable, Sendable {
    case filter, column, theme, list, view, token, member, role

    /// For people: `sort COLUMN`.
    var placeholder: SafeText {
        switch self {
        case .filter: "TEXT"
        case .column: "COLUMN"
        case .theme, .view: "NAME"
        case .list: "LIST"
        case .token: "ID"
        case .member: "EMAIL"
        case .role: "KEY"
        }
    }

    /// Whether the command means something without it.
    var isOptional: Bool { self == .filter || self == .column || self == .theme }
}

extension Binding {
    /// As it is written in the palette: `sort COLUMN`.
    var commandText: SafeText { argument.map { "\(name.text) \($0.placeholder.text)" } ?? name }

    /// In a detail, the keys of its thing's list work too, but not those that are about the list itself.
    func works(in place: Place, of places: [Place]) -> Bool {
        guard places.contains(place), self.places.contains(place) else { return false }
        return !places.contains(.detail) || place == .detail || !Self.aboutLists.contains(intent)
    }

    private static let aboutLists: Set<Intent> = [
        .filter, .mark, .markDown, .markUp, .markRange, .markAll, .unmarkAll, .sort, .reverse, .openDetail, .invite,
        .createRole, .createToken,
    ]
}

/// The one table of keys: it feeds what a key does, the bottom line, the help, the palette and `docs/keys.md`.
/// A person's own file can change its keys.
package struct KeyTable: Hashable, Sendable {
    /// As it is without a file of keys.
    package static let standard = KeyTable(
        bindings: [
            (Topic.tokens, tokens), (.members, members), (.roles, roles), (.screen, audit), (.detail, details),
            (.moving, moving), (.lists, lists), (.screen, screen),
        ].flatMap { topic, bindings in
            bindings.map { binding in
                var binding = binding
                binding.topic = topic
                return binding
            }
        })

    let bindings: [Binding]
    /// The bottom line of each place, the most useful keys first: worked out once.
    let hints: [[Place]: [Hint]]

    init(bindings: [Binding]) {
        self.bindings = bindings
        let lists = Pane.allCases.map { Place($0) }
        let all = lists.map { [$0] } + lists.map { [.detail, $0] } + [[.detail]]
        hints = Dictionary(uniqueKeysWithValues: all.map { ($0, Self.hints(bindings, in: $0)) })
    }

    private static let tokens: [Binding] = [
        Binding(.createToken, ["a"], [.tokens], "new token", hint: "new", "create a token, step by step", rank: 1),
        Binding(
            .flagToken, ["f"], [.tokens], "flag", "flag for deletion with a reason and a day; take the flag off again",
            rank: 2),
        Binding(.unflagToken, ["F"], [.tokens], "unflag", "take the flag off, or those of all that are marked"),
        Binding(.editToken, ["e"], [.tokens], "edit token", hint: "edit", "change name, purpose, scope and expiry", rank: 3),
        Binding(.deleteToken, ["d"], [.tokens], "delete token", hint: "delete", "delete, after a look at its use", rank: 4),
        Binding(.rotateToken, ["r"], [.tokens], "rotate", "make a new secret; the old one stops now or after an overlap", rank: 6),
        Binding(.expireToken, ["x"], [.tokens], "expiry", "say until when it works", rank: 7),
        Binding(.suppressFinding, ["i"], [.tokens], "suppress", "let a finding not count until a day, with a reason"),
        Binding(.liftSuppression, ["I"], [.tokens], "unsuppress", "let a suppressed finding count again"),
        Binding(.cloneToken, ["c"], [.tokens], "clone", "create a token like this one", rank: 8),
        Binding(
            .rightSize, ["w"], [.tokens], "right-size",
            "look at the smallest scope that covers its use; give it that now, or later with notice"),
    ] + keeping

    private static let members: [Binding] = [
        Binding(.invite, ["a"], [.members], "invite", "invite a member", rank: 1),
        Binding(.changeRoles, ["e"], [.members], "change roles", hint: "roles", "give other roles, after a look at what that changes", rank: 2),
        Binding(.removeMember, ["d"], [.members], "remove member", hint: "remove", "remove, after a look at the tokens that stop", rank: 3),
        Binding(.transferOwnership, ["O"], [.members], "hand over ownership", "make this member the owner of the account"),
        Binding(.acceptInvitation, [], Place.everywhere, "accept invitation", "take up one's own place in the account"),
    ]

    private static let roles: [Binding] = [
        Binding(.templates, [], Place.everywhere, "templates", "what tokens of common uses are like; admins change them"),
        Binding(.createRole, ["a"], [.roles], "new role", hint: "new", "create a custom role", rank: 1),
        Binding(.editRole, ["e"], [.roles], "edit role", hint: "edit", "change name, permissions and policy", rank: 2),
        Binding(.deleteRole, ["d"], [.roles], "delete role", hint: "delete", "delete, after a look at who holds it", rank: 3),
    ]

    private static let audit: [Binding] = [
        Binding(
            .goTo, ["o"], Place.everywhere, "go to",
            "entry: its thing; token: its owner; member and role: their tokens", rank: 5)
    ]

    private static let details: [Binding] = [
        Binding(.policyForm, ["p"], [.roles], "policy as JSON", hint: "words/JSON", "show the policy in words or as JSON", rank: 6)
    ]

    private static let moving: [Binding] = [
        Binding(.down, [.down, "j"], Place.everywhere, "down", "one row down"),
        Binding(.up, [.up, "k"], Place.everywhere, "up", "one row up"),
        Binding(.pageDown, [.pageDown, .control("f"), .control("d")], Place.everywhere, "page down", "one page down"),
        Binding(.pageUp, [.pageUp, .control("b"), .control("u")], Place.everywhere, "page up", "one page up"),
        Binding(.first, [.home, "g"], Place.everywhere, "first", "the first row; in the audit log the newest, and follow it"),
        Binding(.last, [.end, "G"], Place.everywhere, "last", "the last row"),
        Binding(.openDetail, [.enter, .right, "l"], Place.lists, "detail", "read the detail", rank: 9),
        Binding(.goTo, [.enter], [.detail], "go to", "follow it, as `o` does"),
        Binding(.back, [.escape, .left, "h"], Place.everywhere, "back", "one step back: drop the filter, the marks, the detail"),
        Binding(.nextPane, [.tab], Place.everywhere, "next pane", "the next list"),
        Binding(.previousPane, [.backTab], Place.everywhere, "previous pane", "the list before"),
        Binding(.showMembers, ["1"], Place.everywhere, "members", "go to the members"),
        Binding(.showRoles, ["2"], Place.everywhere, "roles", "go to the roles"),
        Binding(.showTokens, ["3"], Place.everywhere, "tokens", "go to the tokens"),
        Binding(.showAudit, ["4"], Place.everywhere, "audit", "go to the audit log"),
        Binding(.showList, [], Place.everywhere, "go", "go to a list by its name", argument: .list),
        Binding(.showView, [], Place.everywhere, "view", "show a list as it was saved under a name", argument: .view),
        Binding(.findToken, [], Place.everywhere, "token", "read the token with this id, or find it by words", argument: .token),
        Binding(.findMember, [], Place.everywhere, "member", "find a member by the address", argument: .member),
        Binding(.findRole, [], Place.everywhere, "role", "find a role by its key", argument: .role),
    ]

    private static let lists: [Binding] = [
        Binding(.filter, ["/", .function(4)], Place.lists, "filter", "narrow the list as you type", rank: 5, argument: .filter),
        Binding(.mark, [" "], [.tokens, .members], "mark", "mark and go down: what follows is done to all that are marked", rank: 10),
        Binding(.markDown, [.shiftDown], [.tokens, .members], "mark downwards", "mark and go down"),
        Binding(.markUp, [.shiftUp], [.tokens, .members], "mark upwards", "mark and go up"),
        Binding(.markRange, ["v"], [.tokens, .members], "mark a range", "begin at this row; moving marks everything up to the cursor; again: end"),
        Binding(.markAll, ["A"], [.tokens, .members], "mark all", "mark everything that the filter lets through, however long the list"),
        Binding(.unmarkAll, ["U"], [.tokens, .members], "unmark all", "take off all marks"),
        Binding(
            .sort, ["s"], [.tokens, .members, .roles], "sort", "choose what to sort by; the same again turns it round",
            rank: 11, argument: .column),
        Binding(.reverse, ["S"], [.tokens, .members, .roles], "reverse", "reverse the order"),
        Binding(.undo, ["u"], Place.everywhere, "undo", "choose from what was done here, and turn it back after a look at what that does"),
        Binding(.redo, [.control("r")], Place.everywhere, "redo", "do again what was undone last"),
        Binding(.copyID, ["y"], Place.everywhere, "copy id", "copy the id, or those of all that are marked"),
        Binding(.showID, ["Y"], Place.everywhere, "show id", "show what `y` copies alone on the screen, for selecting by hand"),
        Binding(.reload, ["R", .function(5)], Place.everywhere, "reload", "load everything again"),
    ]

    private static let screen: [Binding] = [
        Binding(.zoom, ["z"], Place.everywhere, "zoom", "give the whole screen to one pane, or take it back", rank: 12),
        Binding(.times, ["t"], Place.everywhere, "times", "tell times as dates, or as how long ago"),
        Binding(.openReviews, [], Place.everywhere, "review", "look at tokens one after another, and decide about each"),
        Binding(.viewMenu, ["V"], Place.everywhere, "views", "lists under names: filter and order, to come back to"),
        Binding(.chooseTheme, ["T"], Place.everywhere, "theme", "choose the colours", argument: .theme),
        Binding(.toggleMouse, ["%"], Place.everywhere, "mouse", "use the mouse here, or leave it to the terminal for selecting text"),
        Binding(.clearClipboard, [], Place.everywhere, "clear clipboard", "empty the clipboard, after a secret was in it"),
        Binding(.palette, [":", .control("p")], Place.everywhere, "commands", "any command by its name", rank: 13),
        Binding(.help, ["?", .function(1)], Place.everywhere, "help", "the keys that work here"),
        Binding(.redraw, [.control("l")], Place.everywhere, "redraw", "draw the screen anew"),
        Binding(.suspend, [.control("z")], Place.everywhere, "suspend", "back to the shell; `fg` returns"),
        Binding(.interrupt, [.control("c")], Place.everywhere, "cancel", "stop a search; twice: quit"),
        Binding(.quit, ["q", .function(10)], Place.everywhere, "quit", "leave; in a detail: back to the list"),
    ]

    /// What the key does here: the first line of the table that knows it.
    func binding(of key: Key, in places: [Place]) -> Binding? {
        for place in places {
            if let found = bindings.first(where: { $0.keys.contains(key) && $0.works(in: place, of: places) }) {
                return found
            }
        }
        return nil
    }

    /// Everything that works in these places, each intent once, in the order of the table.
    func bindings(in places: [Place]) -> [Binding] { Self.bindings(bindings, in: places) }

    private static func bindings(_ bindings: [Binding], in places: [Place]) -> [Binding] {
        var seen: Set<Intent> = []
        return bindings.filter { binding in
            places.contains { binding.works(in: $0, of: places) } && seen.insert(binding.intent).inserted
        }
    }

    /// One of the keys in the bottom line.
    struct Hint: Hashable, Sendable {
        let intent: Intent
        /// As it stands there while it can be done, and while it can't; both take as many cells.
        let possible: Line
        let disabled: Line

        init(intent: Intent, key: SafeText, text: SafeText) {
            self.intent = intent
            possible = Line(key, .key).adding(text, .hint)
            disabled = Line(key, .disabled).adding(text, .disabled)
        }
    }

    private static func hints(_ bindings: [Binding], in places: [Place]) -> [Hint] {
        Self.bindings(bindings, in: places).filter { $0.rank != nil }.sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
            .map { binding in
                Hint(
                    intent: binding.intent, key: keys(bindings, of: binding.intent, in: places).first?.words ?? "",
                    text: " " + binding.hint)
            }
    }

    func binding(of intent: Intent) -> Binding? { bindings.first { $0.intent == intent } }

    /// Every key that leads to this, here.
    func keys(of intent: Intent, in places: [Place]) -> [Key] { Self.keys(bindings, of: intent, in: places) }

    /// Whether a key leads to this here.
    func isBound(_ intent: Intent, in places: [Place]) -> Bool {
        bindings.contains { binding in
            binding.intent == intent && !binding.keys.isEmpty && places.contains { binding.works(in: $0, of: places) }
        }
    }

    private static func keys(_ bindings: [Binding], of intent: Intent, in places: [Place]) -> [Key] {
        var keys: [Key] = []
        for binding in bindings
        where binding.intent == intent && places.contains(where: { binding.works(in: $0, of: places) }) {
            keys += binding.keys.filter { !keys.contains($0) }
        }
        return keys.isEmpty ? (bindings.first { $0.intent == intent }?.keys ?? []) : keys
    }
}

extension Key: ExpressibleByUnicodeScalarLiteral {
    package init(unicodeScalarLiteral scalar: Unicode.Scalar) { self = .character(scalar) }
}

extension Key {
    /// As it stands on the keyboard, for people.
    var words: SafeText {
        switch self {
        case .character(" "): "Space"
        case .character(let scalar): SafeText(String(Character(scalar)))
        case .control(let letter): "Ctrl-\(String(letter).uppercased())"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .home: "Home"
        case .end: "End"
        case .shiftUp: "Shift-↑"
        case .shiftDown: "Shift-↓"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .function(let number): "F\(number)"
        }
    }
}
