internal import PatrolDomain

/// Table `setting`: the profile, and thresholds that are set otherwise. Names that are not known here are left alone.
enum SettingsRecord {
    private static let profile = "profile"

    static func load(_ connection: Connection) throws(StorageError) -> AccountSettings {
        var settings = AccountSettings()
        let version = try connection.first("SELECT settings_version FROM account") { row throws(StorageError) in
            try row.number(0)
        }
        settings.version = version ?? 1
        try connection.walk("SELECT name, value FROM setting", []) { row throws(StorageError) in
            let (name, value) = (try row.text(0), try row.text(1))
            if name == profile {
                guard let read = HygieneSettings.Profile(rawValue: value) else {
                    throw .damaged(detail: "the profile of the settings is unknown")
                }
                settings.hygiene.profile = read
            } else if let threshold = HygieneThreshold(rawValue: name) {
                guard let read = Int(value), threshold.measure.bounds.contains(read) else {
                    throw .damaged(detail: "a setting is out of its bounds")
                }
                settings.hygiene.overrides[threshold] = read
            }
            return true
        }
        return settings
    }

    static func write(
        _ settings: AccountSettings, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "UPDATE account SET settings_version = ?, event = ? WHERE settings_version = ?",
            [.integer(settings.version), .integer(event), .integer(settings.version - 1)])
        try connection.requireOneRow("settings at version \(settings.version - 1)")
        for name in [profile] + HygieneThreshold.allCases.map(\.rawValue) {
            try connection.run("DELETE FROM setting WHERE name = ?", [.text(name)])
        }
        var rows: [(name: String, value: String)] = []
        if settings.hygiene.profile != .usual { rows.append((profile, settings.hygiene.profile.rawValue)) }
        rows += settings.hygiene.overrides.map { ($0.key.rawValue, String($0.value)) }.sorted { $0.0 < $1.0 }
        for row in rows {
            try connection.run(
                "INSERT INTO setting (name, value, event) VALUES (?, ?, ?)",
                [.text(row.name), .text(row.value), .integer(event)])
        }
    }
}

/// Table `suppression`.
enum SuppressionRecord {
    private static let columns = "rule, reason, suppressed_by, since, ends_at"

    static func load(of token: TokenID, _ connection: Connection) throws(StorageError) -> [Suppression] {
        try connection.rows(
            "SELECT \(columns) FROM suppression WHERE token = ? ORDER BY rule", [.text(token.text)]
        ) { row throws(StorageError) in
            guard let rule = HygieneRule(rawValue: try row.number(0)) else {
                throw .damaged(detail: "the rule of a suppression is unknown")
            }
            return Suppression(
                rule, reason: try row.text(1), suppressedBy: try row.value(2, MemberID.init),
                since: Timestamp(milliseconds: try row.integer(3)), endsAt: Timestamp(milliseconds: try row.integer(4)))
        }
    }

    static func upsert(
        _ suppression: Suppression, of token: TokenID, event: Int64, _ connection: Connection
    ) throws(StorageError) {
        try delete(suppression.rule, of: token, connection)
        try connection.run(
            """
            INSERT INTO suppression (token, rule, reason, suppressed_by, since, ends_at, event)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(token.text), .integer(suppression.rule.rawValue), .text(suppression.reason),
                .text(suppression.suppressedBy.text), .integer(suppression.since.milliseconds),
                .integer(suppression.endsAt.milliseconds), .integer(event),
            ])
    }

    static func delete(
        _ rule: HygieneRule, of token: TokenID, _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            "DELETE FROM suppression WHERE token = ? AND rule = ?", [.text(token.text), .integer(rule.rawValue)])
    }
}
