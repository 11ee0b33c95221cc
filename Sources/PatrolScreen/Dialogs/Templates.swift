import PatrolDomain
import PatrolJSON
import PatrolPresentation

/// The templates of tokens: read by everybody, changed by admins.
struct TemplateMenu: Equatable, Sendable {
    var cursor = 0
}

extension Model {
    mutating func openTemplates() -> [Effect] {
        dialogs.append(.templates(TemplateMenu()))
        return [.load(.templates)]
    }

    /// The one under the cursor.
    func template(in menu: TemplateMenu) -> TemplateRow? {
        guard let templates, templates.indices.contains(menu.cursor) else { return nil }
        return templates[menu.cursor]
    }

    mutating func take(_ key: Key, in menu: TemplateMenu) -> [Effect] {
        var menu = menu
        let last = max(0, (templates?.count ?? 0) - 1)
        switch key {
        case .escape, "q":
            dialogs.removeLast()
            return []
        case .down, "j": menu.cursor = min(menu.cursor + 1, last)
        case .up, "k": menu.cursor = max(menu.cursor - 1, 0)
        case .pageDown: menu.cursor = min(menu.cursor + 8, last)
        case .pageUp: menu.cursor = max(menu.cursor - 8, 0)
        case .home, "g": menu.cursor = 0
        case .end, "G": menu.cursor = last
        case "a", "e", "d", .enter:
            guard templates != nil else { return [] }
            if let why = templateObstacle {
                status = Status(why, .warning)
                return []
            }
            return change(key, template(in: menu))
        default: return []
        }
        replaceTop(.templates(menu))
        return []
    }

    private mutating func change(_ key: Key, _ row: TemplateRow?) -> [Effect] {
        if key == "a" {
            dialogs.append(.form(Self.templateForm(nil)))
            return []
        }
        guard let row else { return [] }
        if key != "d" {
            dialogs.append(.form(Self.templateForm(row)))
            return []
        }
        guard !row.isHidden else {
            status = Status("it is hidden already; saving it shows it again", .warning)
            return []
        }
        return open(Self.deletion(of: row))
    }

    private static func deletion(of row: TemplateRow) -> Confirmation {
        let template = row.template
        let isOwn = row.origin == .own
        let step = Step(
            label: SafeText(template.name), rowID: "", command: .deleteTemplate(template.key, version: template.version))
        return Confirmation(
            isOwn ? "Delete the template \(template.name)?" : "Hide the template \(template.name)?",
            lines: [
                Line("Tokens that were made from it stay as they are."),
                Line(isOwn ? "This can't be undone." : "It comes with Patrol: saving it shows it again.", .muted),
            ], button: isOwn ? "delete" : "hide", verb: isOwn ? "deleted the template" : "hid the template", steps: [step],
            asksWhy: true)
    }

    private static let examplePolicy = """
        [
          {
            "effect": "allow",
            "actions": ["updateOn"],
            "resources": ["proj/${roleAttribute/project}:env/*:flag/*"]
          }
        ]
        """

    private static func templateForm(_ row: TemplateRow?) -> Form {
        let template = row?.template
        let key = Field.text(
            .key, "Key", limit: PatrolDomain.Key.maximumLength, hint: "letters, digits, . - _; never changes")
        let fields: [Field] = [
            .text(.name, "Name", template?.name ?? "", limit: TextRule.name.maximumLength),
            .text(.description, "Description", template?.description ?? "", limit: TextRule.purpose.maximumLength),
            .text(
                .days, "Expires after", row == nil ? "30" : template?.expiryDays.map(String.init) ?? "never", limit: 5,
                hint: "days, or never"),
            Field(
                .policy, "Policy", hint: "${roleAttribute/project} is a blank",
                .editor(TextEditor(template?.policy.json.text(pretty: true) ?? Self.examplePolicy))),
        ]
        return Form(
            .saveTemplate(row), row.map { "Template \($0.template.key.text)" } ?? "New template",
            fields: row == nil ? [key] + fields : fields, button: "Save")
    }
}

extension Form {
    /// What is to be saved, of a form without faults.
    func template(in place: TemplateRow?) -> Step? {
        guard let key = place?.template.key ?? PatrolDomain.Key(text(.key)), let policy else { return nil }
        let save = SaveTemplate(
            key: key, name: text(.name), description: text(.description), policy: policy, expiryDays: Int(text(.days)),
            version: place?.template.version ?? 0)
        return Step(label: SafeText(save.name), rowID: "", command: .saveTemplate(save))
    }

    static func daysFault(_ text: String) -> SafeText? {
        if text == "never" || Int(text).map(Template.acceptedExpiry.contains) == true { return nil }
        return "1 to \(Template.acceptedExpiry.upperBound) days, or never"
    }
}
