extension Migration001 {
    /// Numbers that lists show, kept by the tables themselves so that no list has to count.
    static let counters = """
        CREATE TABLE tally (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            members INTEGER NOT NULL DEFAULT 0 CHECK (members >= 0),
            roles INTEGER NOT NULL DEFAULT 0 CHECK (roles >= 0),
            tokens INTEGER NOT NULL DEFAULT 0 CHECK (tokens >= 0),
            flagged_tokens INTEGER NOT NULL DEFAULT 0 CHECK (flagged_tokens >= 0),
            past_entries INTEGER NOT NULL DEFAULT 0 CHECK (past_entries >= 0)
        ) STRICT;
        INSERT INTO tally (only) VALUES (1);

        CREATE TRIGGER member_counted AFTER INSERT ON member WHEN NEW.removed_at IS NULL BEGIN
            UPDATE tally SET members = members + 1;
            UPDATE base_role SET member_count = member_count + 1 WHERE name = NEW.base_role;
        END;
        CREATE TRIGGER member_recounted AFTER UPDATE OF removed_at, base_role ON member
        WHEN NEW.base_role <> OLD.base_role OR (NEW.removed_at IS NULL) <> (OLD.removed_at IS NULL)
        BEGIN
            UPDATE tally
            SET members = members + (NEW.removed_at IS NULL) - (OLD.removed_at IS NULL);
            UPDATE base_role SET member_count = member_count - (OLD.removed_at IS NULL)
            WHERE name = OLD.base_role;
            UPDATE base_role SET member_count = member_count + (NEW.removed_at IS NULL)
            WHERE name = NEW.base_role;
            UPDATE role
            SET member_count = member_count + (NEW.removed_at IS NULL) - (OLD.removed_at IS NULL)
            WHERE id IN (SELECT role FROM member_role WHERE member = NEW.id);
        END;
        CREATE TRIGGER member_role_counted AFTER INSERT ON member_role
        WHEN (SELECT removed_at FROM member WHERE id = NEW.member) IS NULL BEGIN
            UPDATE role SET member_count = member_count + 1 WHERE id = NEW.role;
        END;
        CREATE TRIGGER member_role_uncounted AFTER DELETE ON member_role
        WHEN (SELECT removed_at FROM member WHERE id = OLD.member) IS NULL BEGIN
            UPDATE role SET member_count = member_count - 1 WHERE id = OLD.role;
        END;

        CREATE TRIGGER role_counted AFTER INSERT ON role WHEN NEW.deleted_at IS NULL BEGIN
            UPDATE tally SET roles = roles + 1;
        END;
        CREATE TRIGGER role_recounted AFTER UPDATE OF deleted_at ON role
        WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL) BEGIN
            UPDATE tally SET roles = roles + (NEW.deleted_at IS NULL) - (OLD.deleted_at IS NULL);
        END;

        CREATE TRIGGER team_role_counted AFTER INSERT ON team_role BEGIN
            UPDATE role SET team_count = team_count + 1 WHERE id = NEW.role;
        END;
        CREATE TRIGGER team_role_uncounted AFTER DELETE ON team_role BEGIN
            UPDATE role SET team_count = team_count - 1 WHERE id = OLD.role;
        END;

        CREATE TRIGGER token_counted AFTER INSERT ON token WHEN NEW.deleted_at IS NULL BEGIN
            UPDATE tally
            SET tokens = tokens + 1, flagged_tokens = flagged_tokens + (NEW.flagged_at IS NOT NULL);
            UPDATE member SET token_count = token_count + 1 WHERE id = NEW.owner;
            UPDATE base_role SET token_count = token_count + 1 WHERE name = NEW.base_role;
        END;
        CREATE TRIGGER token_recounted AFTER UPDATE OF deleted_at, flagged_at, base_role ON token
        BEGIN
            UPDATE tally
            SET tokens = tokens + (NEW.deleted_at IS NULL) - (OLD.deleted_at IS NULL),
                flagged_tokens = flagged_tokens
                    + (NEW.deleted_at IS NULL AND NEW.flagged_at IS NOT NULL)
                    - (OLD.deleted_at IS NULL AND OLD.flagged_at IS NOT NULL);
            UPDATE base_role SET token_count = token_count - (OLD.deleted_at IS NULL)
            WHERE name = OLD.base_role;
            UPDATE base_role SET token_count = token_count + (NEW.deleted_at IS NULL)
            WHERE name = NEW.base_role;
        END;
        CREATE TRIGGER token_deletion_counted AFTER UPDATE OF deleted_at ON token
        WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL) BEGIN
            UPDATE member
            SET token_count = token_count + (NEW.deleted_at IS NULL) - (OLD.deleted_at IS NULL)
            WHERE id = NEW.owner;
            UPDATE role
            SET token_count = token_count + (NEW.deleted_at IS NULL) - (OLD.deleted_at IS NULL)
            WHERE id IN (SELECT role FROM token_role WHERE token = NEW.id);
        END;
        CREATE TRIGGER token_role_counted AFTER INSERT ON token_role
        WHEN (SELECT deleted_at FROM token WHERE id = NEW.token) IS NULL BEGIN
            UPDATE role SET token_count = token_count + 1 WHERE id = NEW.role;
        END;
        CREATE TRIGGER token_role_uncounted AFTER DELETE ON token_role
        WHEN (SELECT deleted_at FROM token WHERE id = OLD.token) IS NULL BEGIN
            UPDATE role SET token_count = token_count - 1 WHERE id = OLD.role;
        END;

        CREATE TRIGGER past_entry_counted AFTER INSERT ON past_entry BEGIN
            UPDATE tally SET past_entries = past_entries + 1;
        END;

        """

    /// The log only grows, its numbers have no gap and its times never go back; and no row of the
    /// account is written but by the event at its end.
    static let guards =
        """
        CREATE TRIGGER audit_in_order BEFORE INSERT ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit log has a gap')
            WHERE NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit);
            SELECT RAISE(ABORT, 'the audit log goes back in time')
            WHERE NEW.at < (SELECT at FROM audit ORDER BY seq DESC LIMIT 1);
        END;

        """
        + ["audit", "audit_body"].map(onlyGrows).joined()
        + ["account", "member", "role", "team", "token", "past_entry"].map(staysOnRecord).joined()
        + pointers.map { needsEvent($0.table, columns: $0.columns) }.joined()

    /// Tables of the account, and those of their columns that only a ruling may change.
    private static let pointers: [(table: String, columns: String)] = [
        ("account", "id, name, created_at, event"),
        (
            "member",
            """
            id, email, email_key, first_name, last_name, name_key, base_role, is_pending, \
            created_at, removed_at, version, event, role_attributes
            """
        ),
        (
            "role",
            """
            id, key, key_key, name, name_key, description, base_permissions, created_at, \
            deleted_at, version, event, policy
            """
        ),
        ("member_role", "member, place, role, event"),
        ("team", "key, name, role_attributes, event"),
        ("team_member", "team, place, member, event"),
        ("team_role", "team, place, role, event"),
        (
            "token",
            """
            id, kind, origin, owner, scope, base_role, name, name_key, purpose, ending, \
            created_at, modified_at, expires_at, use_known_until, api_version, flag_reason, \
            flag_due_at, flagged_by, flagged_at, deleted_at, version, event, policy, \
            creator_snapshot
            """
        ),
        ("token_role", "token, place, role, event"),
        ("secret", "id, token, hash, key_version, created_at, valid_until, event"),
        (
            "past_entry",
            """
            id, at, actor_id, actor_name, token_id, action, resource, kind, target_id, \
            target_name, title, text, comment, event
            """
        ),
    ]

    private static func onlyGrows(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_not_updated BEFORE UPDATE ON \(table) BEGIN
            SELECT RAISE(ABORT, 'the audit log only grows');
        END;
        CREATE TRIGGER \(table)_not_deleted BEFORE DELETE ON \(table) BEGIN
            SELECT RAISE(ABORT, 'the audit log only grows');
        END;

        """
    }

    private static func staysOnRecord(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_not_deleted BEFORE DELETE ON \(table) BEGIN
            SELECT RAISE(ABORT, 'a \(table) stays on record');
        END;

        """
    }

    private static func needsEvent(_ table: String, columns: String) -> String {
        """
        CREATE TRIGGER \(table)_inserted_by_event BEFORE INSERT ON \(table)
        WHEN NEW.event IS NOT (SELECT max(seq) FROM audit) BEGIN
            SELECT RAISE(ABORT, 'a \(table) without its event');
        END;
        CREATE TRIGGER \(table)_updated_by_event BEFORE UPDATE OF \(columns) ON \(table)
        WHEN NEW.event IS NOT (SELECT max(seq) FROM audit) BEGIN
            SELECT RAISE(ABORT, 'a \(table) without its event');
        END;

        """
    }
}
