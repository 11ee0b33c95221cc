import PatrolTestSupport

/// A copy of an account's database, to hold it against what the database has become.
struct DatabaseCopy {
    private let account: TestAccount
    private var path: String { account.home("data/before.db") }

    /// Nobody may have it open.
    init(of account: TestAccount) throws {
        self.account = account
        try query(account.database, ["VACUUM INTO '\(path)'"])
    }

    /// What only an entry of the audit log may change, of each kind of thing.
    private static let columns = [
        "member": "id, email, first_name, last_name, base_role, is_pending, removed_at, version",
        "role": "id, key, name, description, base_permissions, deleted_at, version, policy",
        "token": """
            id, owner, scope, base_role, name, purpose, ending, expires_at, flag_reason, flag_due_at, flagged_by, deleted_at, \
            version, policy
            """,
    ]

    /// Things that became others though no allowed entry since the copy names them, and things that such an entry
    /// names though they are as they were; and what SQLite itself finds wrong with the file.
    func unlogged() throws -> [String] {
        let attach = "ATTACH '\(path)' AS old"
        var found = try query(account.database, ["PRAGMA integrity_check"]).filter { $0 != "ok" }
        for (kind, columns) in Self.columns {
            let changed = "SELECT '\(kind)/' || id FROM (SELECT \(columns) FROM \(kind) EXCEPT SELECT \(columns) FROM old.\(kind))"
            let logged = """
                SELECT target FROM audit WHERE target LIKE '\(kind)/%' AND is_refused = 0 AND seq > (SELECT max(seq) FROM old.audit)
                """
            for (one, other) in [(changed, logged), (logged, changed)] {
                found += try query(account.database, [attach, "\(one) EXCEPT \(other)"])
            }
            found += try query(
                account.database, [attach, "SELECT '\(kind) gone: ' || id FROM old.\(kind) WHERE id NOT IN (SELECT id FROM \(kind))"])
        }
        return found
    }

    @discardableResult
    private func query(_ database: String, _ statements: [String]) throws -> [String] {
        let asked = try PipedProgram.run("/usr/bin/sqlite3", [database] + statements, environment: account.environment)
        guard asked.exitCode == 0 else { throw ProgramFailure("sqlite3: \(asked.errors)") }
        return asked.lines
    }
}
