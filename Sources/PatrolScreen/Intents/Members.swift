import PatrolDomain
import PatrolPresentation

extension Model {
    /// The largest number of custom roles to choose from.
    static let roleChoices = 500

    mutating func treatMembers(_ intent: Intent) -> [Effect] {
        switch intent {
        case .invite:
            dialogs.append(.form(inviteForm()))
            return [.load(.roleChoices(limit: Self.roleChoices))]
        case .changeRoles:
            let rows = membersInHand
            guard let first = rows.first else { return [] }
            dialogs.append(.form(rows.count == 1 ? roleForm(first) : roleForm(rows)))
            return [.load(.roleChoices(limit: Self.roleChoices))]
        case .removeMember: return askRemoval()
        case .acceptInvitation:
            let me = account?.member
            let step = Step(label: SafeText(me?.email ?? ""), rowID: "", command: .acceptInvitation)
            return perform([step], verb: "accepted the invitation of")
        default: return askHandover()
        }
    }

    private func inviteForm() -> Form {
        Form(
            .invite, "Invite a member",
            fields: [
                .text(.email, "E-mail", limit: TextRule.email.maximumLength),
                .text(.firstName, "First name", limit: TextRule.personName.maximumLength),
                .text(.lastName, "Last name", limit: TextRule.personName.maximumLength),
                Self.baseRoleField(.reader),
                Field(
                    .customRoles, "Custom roles", hint: "if any is marked, the base role does not count",
                    .list(Chooser([], isMultiple: true))),
            ], button: "Invite")
    }

    private func roleForm(_ row: MemberRow) -> Form {
        let member = row.member
        var notes: [SafeText] = []
        if !row.teamRoleKeys.isEmpty {
            notes.append("By teams: \(row.teamRoleKeys.joined(separator: ", ")) (not changed here)")
        }
        return Form(
            .changeRoles([row]), "Roles of \(member.displayName)", notes: notes,
            fields: [
                Self.baseRoleField(member.baseRole),
                Field(
                    .customRoles, "Custom roles", hint: "if any is marked, the base role does not count",
                    .list(Chooser([], isMultiple: true, marked: member.customRoles.map(\.text)))),
            ], button: "Look at what changes")
    }

    /// The same roles for several members, whatever they have now.
    private func roleForm(_ rows: [MemberRow]) -> Form {
        Form(
            .changeRoles(rows), "Roles of \(Count.of(rows.count, "member").text)",
            notes: ["Each of them gets exactly these roles, whatever they have now."],
            fields: [
                Self.baseRoleField(.reader),
                Field(
                    .customRoles, "Custom roles", hint: "if any is marked, the base role does not count",
                    .list(Chooser([], isMultiple: true))),
            ], button: "Look at what changes")
    }

    static func baseRoleField(_ role: BaseRole) -> Field {
        .choice(
            .baseRole, "Base role",
            [BaseRole.noAccess, .reader, .writer, .admin].map {
                Chooser.Item($0.rawValue, "\($0.rawValue)", note: $0.explanation)
            }, selected: role.rawValue, hint: "← → turn")
    }

    private mutating func askRemoval() -> [Effect] {
        let rows = membersInHand
        let bulk = bulk(rows, .removeMember) { row in
            Step(
                label: SafeText(row.member.displayName), rowID: row.rowID,
                command: .removeMember(row.member.id, version: row.member.version))
        }
        let only = rows.count == 1 ? rows.first?.member : nil
        return ask(bulk) { bulk in
            Confirmation(
                only.map { "Remove \($0.displayName)?" } ?? "Remove \(Count.of(bulk.steps.count, "member").text)?",
                lines: bulk.summary + Bulk.limitLines(bulk.steps.count) + [
                    .blank, Line("Personal tokens stop at once. Service tokens go on. This can't be undone."),
                ], roster: bulk.roster,
                button: "remove", verb: "removed", steps: bulk.steps,
                asksImpact: bulk.steps.count <= Bulk.impactLimit, asksWhy: true,
                word: only.map { Self.word(for: $0.email) } ?? "remove \(bulk.steps.count)")
        }
    }

    private mutating func askHandover() -> [Effect] {
        guard let row = memberInHand else { return [] }
        let step = Step(
            label: SafeText(row.member.displayName), rowID: row.rowID,
            command: .transferOwnership(to: row.member.id, version: row.member.version))
        return open(
            Confirmation(
                "Make \(row.member.displayName) the owner?",
                lines: [
                    Line("There is exactly one owner. Whoever owns the account now becomes an admin."),
                    Line("Only the new owner can give it back.", .warning),
                ], button: "hand over", verb: "handed the account over to", steps: [step],
                asksImpact: true, word: Self.word(for: row.member.email)))
    }

    /// Shows a question, and asks whom it would touch.
    mutating func open(_ confirmation: Confirmation) -> [Effect] {
        // A secret that came meanwhile stays on top until it is left.
        let place = if case .secret? = dialogs.last { dialogs.count - 1 } else { dialogs.count }
        dialogs.insert(.confirmation(confirmation), at: place)
        return confirmation.question
    }

    /// What is to be written to confirm that this thing is meant: its name, if a keyboard can write it.
    static func word(for name: String) -> String {
        let isWritable = name.utf8.allSatisfy { (0x21...0x7E).contains($0) || $0 == 0x20 }
        return isWritable && name.utf8.count <= 60 && !name.isEmpty ? name : "yes, delete it"
    }
}
