import PatrolDomain
import PatrolJSON
import PatrolPresentation

extension Model {
    mutating func treatRoles(_ intent: Intent) -> [Effect] {
        switch intent {
        case .createRole: dialogs.append(.form(createRoleForm()))
        case .editRole:
            guard let row = roleInHand, case .custom(let role) = row.listing else { return [] }
            dialogs.append(.form(editRoleForm(row, role)))
        default: return askRoleDeletion()
        }
        return []
    }

    private static let examplePolicy = """
        [
          {
            "effect": "allow",
            "actions": ["viewProject"],
            "resources": ["proj/*"]
          }
        ]
        """

    private func createRoleForm() -> Form {
        Form(
            .createRole, "New role",
            fields: [
                .text(
                    .key, "Key", limit: PatrolDomain.Key.maximumLength,
                    hint: "letters, digits, . - _; never changes"),
                .text(.name, "Name", limit: TextRule.name.maximumLength),
                .text(.description, "Description", limit: TextRule.purpose.maximumLength),
                Self.basePermissionsField(.noAccess),
                Field(.policy, "Policy", hint: "JSON, as LaunchDarkly writes it", .editor(TextEditor(Self.examplePolicy))),
            ], button: "Create")
    }

    private func editRoleForm(_ row: RoleRow, _ role: Role) -> Form {
        let touched =
            "Held by \(Count.of(row.memberCount, "member").text) and \(Count.of(row.teamCount, "team").text); "
            + "\(Count.of(row.tokenCount, "token").text) in scope"
        return Form(
            .editRole(row), "Role \(role.key.text)", notes: ["\(touched)"],
            fields: [
                .text(.name, "Name", role.name, limit: TextRule.name.maximumLength),
                .text(.description, "Description", role.description, limit: TextRule.purpose.maximumLength),
                Self.basePermissionsField(role.basePermissions),
                Field(
                    .policy, "Policy", hint: "JSON, as LaunchDarkly writes it",
                    .editor(TextEditor(role.policy.json.text(pretty: true)))),
            ], button: "Look at what changes")
    }

    private static func basePermissionsField(_ permissions: BasePermissions) -> Field {
        .choice(
            .basePermissions, "Base permissions",
            BasePermissions.allCases.map { Chooser.Item($0.rawValue, "\($0.rawValue)", note: $0.explanation) },
            selected: permissions.rawValue, hint: "← → turn")
    }

    private mutating func askRoleDeletion() -> [Effect] {
        guard let row = roleInHand, case .custom(let role) = row.listing else { return [] }
        let step = Step(
            label: SafeText(role.key.text), rowID: row.rowID, command: .deleteRole(role.id, version: role.version))
        return open(
            Confirmation(
                "Delete the role \(role.key.text)?",
                lines: [
                    Line("\(role.name) · \(Count.of(role.policy.statements.count, "statement").text)"),
                    Line(
                        row.tokenCount == 0
                            ? "No token has it in its scope."
                            : "\(Count.of(row.tokenCount, "token").text) lose what it gives.",
                        row.tokenCount == 0 ? .text : .warning),
                    Line("This can't be undone.", .muted),
                ], button: "delete", verb: "deleted", steps: [step], asksImpact: true, asksWhy: true,
                word: Self.word(for: role.key.text)))
    }
}

extension PolicyFault {
    /// What is wrong and where, in one line.
    var sentence: SafeText {
        let place = path.isEmpty ? "" : "\(path): "
        return switch reason {
        case .json(let fault): "\(fault.description)"
        case .notAList: "a policy is a list of statements: [ … ]"
        case .tooManyStatements(let limit): "at most \(limit) statements"
        case .notAnObject: "\(place)a statement is written { … }"
        case .unknownField: "\(place)there is no such field"
        case .missing: "\(place)missing"
        case .unknownEffect(let effect): "\(place)`\(effect)` is neither allow nor deny"
        case .excludes(let other): "\(place)excludes \(other): write one of them"
        case .bothEmpty(let other): "\(place)this or \(other) must name something"
        case .notAText: "\(place)must be a text in quotes"
        case .tooManyPatterns(let limit): "\(place)at most \(limit) entries"
        case .pattern(let text, let fault): "\(place)`\(text)`: \(fault.reason.words.text) (at \(fault.place + 1))"
        }
    }

    /// The line of the text (from 1) where it is, as far as it is known.
    func line(in text: String) -> Int? {
        if case .json(let fault) = reason { return fault.line }
        guard let statement else { return nil }
        var path: [JSONPlace.Step] = [.index(statement)]
        if let field { path.append(.name(field)) }
        if let element { path.append(.index(element)) }
        let bytes = Array(text.utf8)
        return (JSONPlace(of: path, in: bytes) ?? JSONPlace(of: [.index(statement)], in: bytes))?.line
    }
}
