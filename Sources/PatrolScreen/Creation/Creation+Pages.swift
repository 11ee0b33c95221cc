import PatrolDomain
import PatrolPresentation

extension Creation {
    /// Where to begin.
    static func startPage(hasNeeds: Bool) -> Page {
        var items = [
            Chooser.Item("needs", "choose what it must do", note: "actions and resources; then the smallest role for it"),
            Chooser.Item("template", "a template", note: "what tokens of common uses must do"),
            Chooser.Item("base", "a base role", note: "reader, writer or admin as it is"),
            Chooser.Item("roles", "custom roles", note: "one or several as they are"),
            Chooser.Item("copy", "like another token", note: "the same scope"),
        ]
        if hasNeeds {
            items[0].label = "choose something more"
            items.insert(Chooser.Item("ways", "that is all", note: "see which roles cover it"), at: 0)
        }
        return .start(Chooser(items))
    }

    func typePage() -> Page {
        .type(
            Chooser(
                catalogue.types.map { type in
                    Chooser.Item(
                        type.chain, SafeText(type.name.isEmpty ? type.chain : type.name),
                        note: "\(type.chain) · \(Count.of(type.actions.count, "action").text)",
                        keywords: type.actions.map(\.name).joined(separator: " "))
                }))
    }

    static func resourcePage(chain: String) -> Page {
        .resource(TextField(chain, limit: ResourcePattern.maximumLength), chain: chain, fault: nil)
    }

    func actionsPage(_ pattern: ResourcePattern, authority: Authority?) -> Page {
        let actions = catalogue.actions(for: pattern.chain ?? "")
        let items = actions.map { action in
            Chooser.Item(action.name, SafeText(action.name), note: Self.withheldNote(action, on: pattern, authority))
        }
        return .actions(Chooser(items, isMultiple: true), pattern: pattern)
    }

    /// Actions that the creator may not do can be given, but are withheld.
    private static func withheldNote(
        _ action: Action, on pattern: ResourcePattern, _ authority: Authority?
    ) -> SafeText {
        guard let authority, let example = pattern.example else { return "" }
        return authority.decide(Request(action, on: example)).isAllowed ? "" : "you may not do this yourself"
    }

    static func baseRolePage(selected: BaseRole = .reader) -> Page {
        .baseRole(
            Chooser(
                [BaseRole.reader, .writer, .admin].map {
                    Chooser.Item($0.rawValue, "\($0.rawValue)", note: $0.explanation)
                }, selected: selected.rawValue))
    }

    func rolesPage() -> Page { .roles(Self.roleChooser(roles ?? [])) }

    static func roleChooser(_ roles: [Role], marked: [String] = []) -> Chooser {
        Chooser(
            roles.filter { $0.deletedAt == nil }.map {
                Chooser.Item($0.id.text, SafeText($0.key.text), note: SafeText($0.name))
            }, isMultiple: true, marked: marked)
    }

    static func copyPage(_ tokens: [TokenRow]) -> Page {
        .copy(
            Chooser(
                tokens.filter { $0.token.kind != .accountWide }.map { row in
                    Chooser.Item(
                        row.token.id.text, row.token.label,
                        note: "\(row.token.scope.short(roleKeys: row.scopeRoleKeys).text) · \(row.ownerName ?? "nobody")")
                }))
    }

    /// - Parameter proposed: In days, what stands out.
    static func expiryPage(now: Timestamp, proposed: Int? = nil) -> Page {
        var choices = [(7, "a week"), (30, "a month"), (90, "three months"), (365, "a year")]
        if let proposed, !choices.contains(where: { $0.0 == proposed }) {
            choices.append((proposed, Count.of(proposed, "day").text))
            choices.sort { $0.0 < $1.0 }
        }
        var items = choices.map { days, words in
            Chooser.Item("\(days)", "\(words)", note: "until \(TimeText.day(now + .days(days)).text)")
        }
        items.append(Chooser.Item("date", "another day", note: "write a day or a span"))
        items.append(
            Chooser.Item("never", "never", note: "it works until somebody deletes it: a finding from the first day"))
        return .expiry(Chooser(items, selected: "\(proposed ?? 30)"))
    }
}
