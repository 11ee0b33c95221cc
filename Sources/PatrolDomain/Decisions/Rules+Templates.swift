extension Matter {
    /// Templates are for everybody who makes tokens: they are the organization's.
    init(aboutTemplate key: Key, name template: String, _ name: EventName, _ facts: Facts) {
        let kept = facts.template
        self.init(
            name, AuditTarget(.template, id: key.text, name: TextRule.recordable(template)),
            [Request(.updateOrganization, on: .account)],
            versionBefore: kept.flatMap { $0.deletedAt == nil ? $0.version : nil })
    }
}

extension Rules {
    static func saveTemplate(_ save: SaveTemplate, _ facts: Facts) throws(Refusal) -> Consequence {
        let kept = try keptTemplate(save.key, version: save.version, facts)
        try check(save.name, .name, field: "name")
        try check(save.description, .purpose, field: "description")
        try requireLength(save.policy)
        guard save.policy.statements.contains(where: { $0.effect == .allow }) else { throw .templateAllowsNothing }
        if let days = save.expiryDays, !Template.acceptedExpiry.contains(days) { throw .templateDaysOutOfRange }
        if kept == nil, facts.templateCount >= Template.maximumCount { throw .tooManyTemplates }
        let after = Template(
            key: save.key, name: save.name, description: save.description, policy: save.policy,
            expiryDays: save.expiryDays, version: (facts.template?.version ?? 0) + 1)
        let fields = fields(before: kept, after: after)
        if fields.isEmpty { throw .nothingToChange }
        return Consequence(
            target: AuditTarget(.template, id: after.key.text, name: after.name), versionAfter: after.version,
            fields: fields, changes: [.upsertTemplate(after)])
    }

    /// One that comes with Patrol is hidden by it.
    static func deleteTemplate(_ key: Key, version: Int, _ facts: Facts) throws(Refusal) -> Consequence {
        let kept = try keptTemplate(key, version: version, facts)
        let isHidden = facts.template?.deletedAt != nil
        guard var after = kept ?? (isHidden ? nil : Template.builtIn(key)) else {
            throw .notFound(.template, id: key.text)
        }
        after.version = (facts.template?.version ?? 0) + 1
        after.deletedAt = facts.now
        return Consequence(
            target: AuditTarget(.template, id: key.text, name: after.name), versionAfter: after.version,
            fields: [FieldChange("standing", before: "in force", after: "deleted")],
            changes: [.upsertTemplate(after)])
    }

    /// What the account keeps under this key, if it is in force.
    private static func keptTemplate(_ key: Key, version: Int, _ facts: Facts) throws(Refusal) -> Template? {
        let kept = facts.template.flatMap { $0.deletedAt == nil ? $0 : nil }
        try requireUnchanged(
            AuditTarget(.template, id: key.text, name: kept?.name ?? key.text), shown: version, now: kept?.version ?? 0)
        return kept
    }

    private static func fields(before: Template?, after: Template) -> [FieldChange] {
        let pairs: [(String, String?, String)] = [
            ("name", before?.name, after.name),
            ("description", before?.description, after.description),
            ("policy", before?.policy.summary, after.policy.summary),
            ("expiry", before?.expiryText, after.expiryText),
        ]
        return pairs.compactMap { field, before, after in
            before == after || (before == nil && after.isEmpty) ? nil : FieldChange(field, before: before, after: after)
        }
    }
}

extension Template {
    /// For the audit log: `30 days`; empty where none is proposed.
    fileprivate var expiryText: String {
        expiryDays.map { $0 == 1 ? "1 day" : "\($0) days" } ?? ""
    }
}
