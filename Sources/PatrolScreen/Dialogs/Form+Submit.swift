import PatrolDomain
import PatrolJSON
import PatrolPresentation

/// From what was written to the commands it means.
extension Model {
    mutating func submit(_ form: Form) -> [Effect] {
        var form = form
        form.check(now: now)
        replaceTop(.form(form))
        guard form.fields.indices.allSatisfy({ form.fields[$0].fault == nil || !form.visible.contains($0) })
        else {
            form.focusFirstFault()
            replaceTop(.form(form))
            return []
        }
        switch form.purpose {
        case .invite: return perform([form.invitation], verb: "invited")
        case .createRole: return form.newRole.map { perform([$0], verb: "created the role") } ?? []
        case .changeRoles(let rows): return rows.count == 1 ? ask(roleChange: form, of: rows[0]) : ask(roleChange: form, of: rows)
        case .editRole(let row): return ask(roleEdit: form, of: row)
        case .editToken(let row): return form.edit(of: row, now: now).map { perform([$0], verb: "changed") } ?? []
        case .expire(let rows):
            let now = now
            if rows.count == 1 { return perform([form.expiry(of: rows[0], now: now)], verb: "set the expiry of") }
            return ask(bulk(rows, .expireToken) { form.expiry(of: $0, now: now) }) { bulk in
                Confirmation(
                    "Let \(Count.of(bulk.steps.count, "token").text) expire: \(form.text(.expiry))?",
                    lines: Self.lifeLines(bulk, rows) + bulk.summary, roster: bulk.roster,
                    button: "set", verb: "set the expiry of", steps: bulk.steps, asksWhy: true, isDangerous: false)
            }
        case .flag(let rows):
            let now = now
            if rows.count == 1 { return perform([form.flag(on: rows[0], now: now)], verb: "flagged") }
            return ask(bulk(rows, .flagToken) { form.flag(on: $0, now: now) }) { bulk in
                Confirmation(
                    "Flag \(Count.of(bulk.steps.count, "token").text) for deletion?",
                    lines: [Line("Reason: ", .muted).adding(SafeText(form.text(.reason))), .blank] + bulk.summary, roster: bulk.roster,
                    button: "flag", verb: "flagged", steps: bulk.steps, asksWhy: true, isDangerous: false)
            }
        case .quarantine(let rows): return ask(quarantine: form, of: rows)
        case .planScope(let row): return ask(plan: form, of: row)
        case .suppress(let row): return suppressions(by: form, of: row).map { perform([$0], verb: "suppressed a finding of") } ?? []
        case .liftSuppression(let row): return lift(by: form, of: row).map { perform([$0], verb: "lifted a suppression of") } ?? []
        case .saveTemplate(let row): return form.template(in: row).map { perform([$0], verb: "saved the template") } ?? []
        case .startReview: return form.newReview(now: now).map { perform([$0], verb: "started the review") } ?? []
        case .createToken: return []
        }
    }

    /// The day that is set, and how many would live longer than now.
    private static func lifeLines(_ bulk: Bulk, _ rows: [TokenRow]) -> [Line] {
        let before = Dictionary(rows.map { ($0.rowID, $0.token.expiresAt) }, uniquingKeysWith: { first, _ in first })
        var longer = 0
        var end: Timestamp?
        for step in bulk.steps {
            guard case .editToken(let edit) = step.command, let old = before[step.rowID] ?? nil else { continue }
            end = edit.expiresAt
            if edit.expiresAt.map({ $0 > old }) ?? true { longer += 1 }
        }
        let day = end.map { Line("All of them until ").adding(TimeText.day($0), .strong) } ?? Line("All of them without an end.", .warning)
        guard longer > 0 else { return [day, .blank] }
        return [day, Line("\(Count.of(longer, "token").text) would live longer than now.", .warning), .blank]
    }

    private mutating func ask(roleChange form: Form, of row: MemberRow) -> [Effect] {
        let member = row.member
        let change = form.roleChange(of: member)
        guard let step = form.roleStep(of: row) else {
            var form = form
            form.fault = "these are the roles of \(member.displayName) already: nothing changes"
            replaceTop(.form(form))
            return []
        }
        let lines =
            Self.change("Base role", from: "\(member.baseRole.rawValue)", to: "\(change.baseRole.rawValue)")
            + Self.change(
                "Custom roles", from: form.names(of: member.customRoles), to: form.names(of: change.customRoles))
            + Self.precedence(before: member, after: change)
        return open(
            Confirmation(
                "Other roles for \(member.displayName)?", lines: lines, button: "change",
                verb: "changed the roles of", steps: [step], asksImpact: true, asksWhy: true, isDangerous: false))
    }

    /// The same roles for several members.
    private mutating func ask(roleChange form: Form, of rows: [MemberRow]) -> [Effect] {
        let roles = form.names(of: form.marks(.customRoles).compactMap { RoleID($0) })
        let words: [Line] = [
            Line("Base role: ", .muted).adding(SafeText(form.choice(.baseRole) ?? ""), .added),
            Line("Custom roles: ", .muted).adding(roles, .added), .blank,
        ]
        return ask(bulk(rows, .changeRoles) { form.roleStep(of: $0) }) { bulk in
            Confirmation(
                "Other roles for \(Count.of(bulk.steps.count, "member").text)?", lines: words + bulk.summary + Bulk.limitLines(bulk.steps.count),
                roster: bulk.roster, button: "change", verb: "changed the roles of", steps: bulk.steps,
                asksImpact: bulk.steps.count <= Bulk.impactLimit, asksWhy: true, isDangerous: false)
        }
    }

    private static func change(_ what: SafeText, from before: SafeText, to after: SafeText) -> [Line] {
        let line = Line("\(what.text): ", .muted)
        guard before != after else { return [line.adding("\(before.text), as before")] }
        return [line.adding(before, .removed).adding(" → ", .muted).adding(after, .added)]
    }

    /// Custom roles take the base role's place: said where it begins, goes on or ends.
    private static func precedence(before member: Member, after change: ChangeMemberRoles) -> [Line] {
        let (had, has) = (!member.customRoles.isEmpty, !change.customRoles.isEmpty)
        let role = change.baseRole.rawValue
        guard had || has else { return [] }
        if !has { return [Line("Without a custom role the base role \(role) counts again.", .warning)] }
        if had { return [Line("Custom roles take its place: the base role \(role) does not count.", .muted)] }
        return [Line("Custom roles take its place: the base role \(role) no longer counts.", .warning)]
    }

    private mutating func ask(roleEdit form: Form, of row: RoleRow) -> [Effect] {
        guard case .custom(let role) = row.listing, let policy = form.policy else { return [] }
        let edit = EditRole(
            role: role.id, version: role.version, name: form.text(.name),
            description: form.text(.description), basePermissions: form.basePermissions, policy: policy)
        let step = Step(
            label: SafeText(role.key.text), rowID: row.rowID, command: .editRole(edit), inverse: .editRole(EditRole(as: role)))
        // Words alone change nobody's rights.
        if policy == role.policy && edit.basePermissions == role.basePermissions {
            return perform([step], verb: "changed the role")
        }
        let held =
            "Held by \(Count.of(row.memberCount, "member").text) and \(Count.of(row.teamCount, "team").text), "
            + "in the scope of \(Count.of(row.tokenCount, "token").text)"
        return open(
            Confirmation(
                "Change the role \(role.key.text)?", lines: [Line("\(held)")], button: "change",
                verb: "changed the role", steps: [step], asksImpact: true, asksWhy: true, isDangerous: false))
    }
}

extension Form {
    /// The keys of custom roles, as the choice has them; `none` for none.
    func names(of roles: [RoleID]) -> SafeText {
        guard case .list(let chooser)? = field(.customRoles)?.input, !roles.isEmpty else { return "none" }
        let names = roles.map { id in chooser.items.first { $0.id == id.text }?.label.text ?? id.text }
        return SafeText(names.joined(separator: ", "))
    }

    /// Finds what can't be accepted, field by field.
    mutating func check(now: Timestamp) {
        for place in fields.indices { fields[place].fault = fault(of: fields[place], now: now) }
    }

    private func fault(of field: Field, now: Timestamp) -> SafeText? {
        let text = field.text ?? ""
        switch field.id {
        case .email: return TextRule.emailFault(in: text)?.words
        case .firstName, .lastName: return TextRule.personName.fault(in: text)?.words
        case .name: return TextRule.name.fault(in: text)?.words
        case .purpose, .description: return TextRule.purpose.fault(in: text)?.words
        case .reason: return TextRule.reason.fault(in: text)?.words
        case .key: return PatrolDomain.Key(text) == nil ? "letters, digits, . - _; begins with a letter or digit" : nil
        case .until: return momentFault(text, now: now, mayBePast: false)
        case .expiry: return text == "never" ? nil : momentFault(text, now: now, mayBePast: false)
        case .days: return Self.daysFault(text)
        case .due: return text.isEmpty ? nil : momentFault(text, now: now, mayBePast: true)
        case .deletesAt: return text.isEmpty ? nil : momentFault(text, now: now, mayBePast: false, Refusal.momentInThePast)
        case .appliesAt: return momentFault(text, now: now, mayBePast: false, Refusal.momentInThePast)
        case .policy:
            do throws(PolicyFault) {
                _ = try Policy(parsingJSON: text)
                return nil
            } catch { return error.sentence }
        case .customRoles where choice(.scopeWay) == "roles":
            return (field.marks ?? []).isEmpty ? "mark at least one role" : nil
        case .filter:
            do throws(FilterFault) {
                _ = try Filter(parsing: text, for: .tokens)
                return nil
            } catch { return error.sentence }
        case .baseRole, .customRoles, .basePermissions, .kind, .scopeWay, .rule, .noAnswer: return nil
        }
    }

    private func momentFault(
        _ text: String, now: Timestamp, mayBePast: Bool, _ refusal: Refusal = .expiryInThePast
    ) -> SafeText? {
        do throws(TimeParsing.Fault) {
            let moment = try TimeParsing.moment(text, now: now)
            return mayBePast || moment > now ? nil : refusal.sentence
        } catch { return error.sentence }
    }

    var policy: Policy? { try? Policy(parsingJSON: text(.policy)) }

    var basePermissions: BasePermissions { BasePermissions(rawValue: choice(.basePermissions) ?? "") ?? .noAccess }

    func moment(_ id: Field.ID, now: Timestamp) -> Timestamp? {
        try? TimeParsing.moment(text(id), now: now)
    }

    var invitation: Step {
        let invitation = InviteMember(
            email: text(.email), firstName: text(.firstName), lastName: text(.lastName),
            baseRole: BaseRole(rawValue: choice(.baseRole) ?? "") ?? .reader,
            customRoles: marks(.customRoles).compactMap { RoleID($0) })
        return Step(label: SafeText(invitation.email), rowID: "", command: .inviteMember(invitation))
    }

    var newRole: Step? {
        guard let key = PatrolDomain.Key(text(.key)), let policy else { return nil }
        let creation = CreateRole(
            key: key, name: text(.name), description: text(.description), basePermissions: basePermissions,
            policy: policy)
        return Step(label: SafeText(key.text), rowID: "", command: .createRole(creation))
    }

    fileprivate func roleChange(of member: Member) -> ChangeMemberRoles {
        ChangeMemberRoles(
            member: member.id, version: member.version,
            baseRole: BaseRole(rawValue: choice(.baseRole) ?? "") ?? member.baseRole,
            customRoles: marks(.customRoles).compactMap { RoleID($0) }, roleAttributes: member.roleAttributes)
    }

    /// Nil where these are the roles already.
    fileprivate func roleStep(of row: MemberRow) -> Step? {
        let member = row.member
        let change = roleChange(of: member)
        guard change.baseRole != member.baseRole || Set(change.customRoles) != Set(member.customRoles) else { return nil }
        return Step(
            label: SafeText(member.displayName), rowID: row.rowID, command: .changeMemberRoles(change),
            inverse: .changeMemberRoles(ChangeMemberRoles(as: member)))
    }

    func edit(of row: TokenRow, now: Timestamp) -> Step? {
        guard let scope = scope(else: row.token.scope) else { return nil }
        let edit = EditToken(
            token: row.token.id, version: row.token.version, name: text(.name), purpose: text(.purpose),
            scope: scope, expiresAt: expiresAt(of: row, now: now))
        return Step(label: edit.name.isEmpty ? row.token.label : SafeText(edit.name), rowID: row.rowID, command: .editToken(edit), inverse: .editToken(EditToken(as: row.token)))
    }

    func expiry(of row: TokenRow, now: Timestamp) -> Step {
        let token = row.token
        var edit = EditToken(as: token)
        edit.expiresAt = expiresAt(of: row, now: now)
        return Step(
            label: token.label, rowID: row.rowID, command: .editToken(edit), inverse: .editToken(EditToken(as: token)))
    }

    /// The day that stood there means the moment that it stood for.
    private func expiresAt(of row: TokenRow, now: Timestamp) -> Timestamp? {
        if text(.expiry) == Model.expiryText(row.token.expiresAt) { return row.token.expiresAt }
        return moment(.expiry, now: now)
    }

    func newReview(now: Timestamp) -> Step? {
        guard let filter = try? Filter(parsing: text(.filter), for: .tokens), let dueAt = moment(.expiry, now: now),
            let noAnswer = choice(.noAnswer).flatMap(Review.NoAnswer.init)
        else { return nil }
        return Step(
            label: SafeText(text(.name)), rowID: "",
            command: .startReview(StartReview(name: text(.name), filter: filter, dueAt: dueAt, noAnswer: noAnswer)))
    }

    func flag(on row: TokenRow, now: Timestamp) -> Step {
        Step(
            label: row.token.label, rowID: row.rowID,
            command: .flagToken(
                row.token.id, reason: text(.reason), dueAt: moment(.due, now: now), version: row.token.version),
            inverse: .unflagToken(row.token.id, version: row.token.version))
    }

    /// What nobody has touched stays exactly as it was.
    func scope(else unchanged: Scope) -> Scope? {
        let fields: [Field.ID] = [.scopeWay, .baseRole, .customRoles, .policy]
        let visible = visible.map { self.fields[$0].id }
        guard fields.contains(where: { visible.contains($0) && isChanged($0) }) else { return unchanged }
        return switch choice(.scopeWay) {
        case "base": BaseRole(rawValue: choice(.baseRole) ?? "").map { .base($0) }
        case "roles": .customRoles(marks(.customRoles).compactMap { RoleID($0) })
        case "inline": policy.map { .inline($0) }
        default: unchanged
        }
    }
}

extension EditToken {
    /// As it is now.
    init(as token: AccessToken) {
        self.init(
            token: token.id, version: token.version, name: token.name, purpose: token.purpose, scope: token.scope,
            expiresAt: token.expiresAt)
    }
}

extension EditRole {
    /// That changes nothing.
    init(as role: Role) {
        self.init(
            role: role.id, version: role.version, name: role.name, description: role.description,
            basePermissions: role.basePermissions, policy: role.policy)
    }
}

extension ChangeMemberRoles {
    /// That changes nothing.
    init(as member: Member) {
        self.init(
            member: member.id, version: member.version, baseRole: member.baseRole, customRoles: member.customRoles,
            roleAttributes: member.roleAttributes)
    }
}
