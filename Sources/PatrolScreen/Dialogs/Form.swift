import PatrolDomain
import PatrolPresentation

/// Some fields to fill in, and a button.
struct Form: Equatable, Sendable {
    enum Purpose: Hashable, Sendable {
        case invite
        case changeRoles([MemberRow])
        case createRole
        case editRole(RoleRow)
        case editToken(TokenRow)
        case expire([TokenRow])
        case flag([TokenRow])
        case quarantine([TokenRow])
        case planScope(TokenRow)
        case suppress(TokenRow)
        case liftSuppression(TokenRow)
        /// Nil: a new one.
        case saveTemplate(TemplateRow?)
        case startReview
        /// The first page of a creation.
        case createToken
    }

    var purpose: Purpose
    var title: SafeText
    /// Above the fields.
    var notes: [SafeText] = []
    var fields: [Field]
    /// A place in the visible fields; one more: the button.
    var focus = 0
    var button: SafeText
    /// As it was opened, to tell whether anything was written.
    private let original: [Field]
    /// Leaving was asked about, and nothing was done since.
    var wasAskedToLeave = false
    /// Why it can't go on, if it is about the whole.
    var fault: SafeText?

    init(_ purpose: Purpose, _ title: SafeText, notes: [SafeText] = [], fields: [Field], button: SafeText) {
        self.purpose = purpose
        self.title = title
        self.notes = notes
        self.fields = fields
        self.button = button
        self.original = fields
    }

    var isChanged: Bool { fields.map(\.input.content) != original.map(\.input.content) }

    /// Whether a person has put something else into this field.
    func isChanged(_ id: Field.ID) -> Bool {
        field(id)?.input.content != original.first { $0.id == id }?.input.content
    }

    /// Places of the fields that matter with what is chosen in others.
    var visible: [Int] { fields.indices.filter { isVisible(fields[$0].id) } }

    private func isVisible(_ id: Field.ID) -> Bool {
        guard let way = field(.scopeWay)?.choice else { return true }
        switch id {
        case .baseRole: return way == "base"
        case .customRoles: return way == "roles"
        case .policy: return way == "inline"
        default: return true
        }
    }

    var isOnButton: Bool { focus >= visible.count }

    /// The place in `fields` of the one with the focus.
    var focused: Int? { isOnButton ? nil : visible[focus] }

    func field(_ id: Field.ID) -> Field? { fields.first { $0.id == id } }

    func text(_ id: Field.ID) -> String { field(id)?.text ?? "" }

    func choice(_ id: Field.ID) -> String? { field(id)?.choice }

    func marks(_ id: Field.ID) -> [String] { field(id)?.marks ?? [] }

    mutating func setFault(_ id: Field.ID, _ fault: SafeText?) {
        guard let place = fields.firstIndex(where: { $0.id == id }) else { return }
        fields[place].fault = fault
    }

    /// The cursor to the first field that has a fault, if one has.
    mutating func focusFirstFault() {
        if let place = visible.firstIndex(where: { fields[$0].fault != nil }) { focus = place }
    }
}

struct Field: Hashable, Sendable {
    enum ID: String, Hashable, Sendable {
        case email, firstName, lastName, baseRole, customRoles
        case key, name, description, basePermissions, policy
        case purpose, kind, scopeWay, expiry, reason, due, days, deletesAt, appliesAt, rule, until
        case filter, noAnswer
    }

    enum Input: Hashable, Sendable {
        case text(TextField)
        /// One of a few, turned through with the arrows.
        case choice(options: [Chooser.Item], selected: Int)
        /// Some of many.
        case list(Chooser)
        case editor(TextEditor)

        /// What a person has put in: the place of a cursor is no content.
        var content: [String] {
            switch self {
            case .text(let field): [field.text]
            case .choice(let options, let selected): [options[selected].id]
            case .list(let chooser): chooser.marked
            case .editor(let editor): [editor.text]
            }
        }
    }

    var id: ID
    var label: SafeText
    /// Beside the field, while it has the focus.
    var hint: SafeText
    var input: Input
    var fault: SafeText?

    init(_ id: ID, _ label: SafeText, hint: SafeText = "", _ input: Input) {
        self.id = id
        self.label = label
        self.hint = hint
        self.input = input
    }

    static func text(
        _ id: ID, _ label: SafeText, _ text: String = "", limit: Int, isSuggestion: Bool = false, hint: SafeText = ""
    ) -> Field {
        Field(id, label, hint: hint, .text(TextField(text, limit: limit, isSuggestion: isSuggestion)))
    }

    /// What is selected now can always be kept, though it may not be among what can be newly chosen.
    static func choice(
        _ id: ID, _ label: SafeText, _ options: [Chooser.Item], selected: String? = nil, hint: SafeText = ""
    ) -> Field {
        var options = options
        if let selected, !options.contains(where: { $0.id == selected }) {
            options.append(Chooser.Item(selected, SafeText(selected), note: "as it is now"))
        }
        let place = options.firstIndex { $0.id == selected } ?? 0
        return Field(id, label, hint: hint, .choice(options: options, selected: place))
    }

    var text: String? {
        switch input {
        case .text(let field): field.text
        case .editor(let editor): editor.text
        default: nil
        }
    }

    var choice: String? {
        guard case .choice(let options, let selected) = input else { return nil }
        return options[selected].id
    }

    var marks: [String]? {
        guard case .list(let chooser) = input else { return nil }
        return chooser.marked
    }
}
