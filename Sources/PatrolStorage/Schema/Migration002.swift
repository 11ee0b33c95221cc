extension Migration {
    /// Orders for every column of the lists, and full text. Frozen: a change is a new migration.
    static let second = Migration(
        version: 2,
        sql: Migration002.people + Migration002.tokens + Migration002.candidates + Migration002.texts,
        fill: AuditText.fill)
}

enum Migration002 {
    /// A member's riskiest token, kept by the tokens themselves.
    static let people = """
        ALTER TABLE member ADD COLUMN role_rank INTEGER NOT NULL GENERATED ALWAYS AS (
            CASE base_role WHEN 'owner' THEN 1 WHEN 'admin' THEN 2 WHEN 'writer' THEN 3
                WHEN 'reader' THEN 4 ELSE 5 END) VIRTUAL;
        ALTER TABLE member ADD COLUMN worst_risk INTEGER NOT NULL DEFAULT 0;
        UPDATE member SET worst_risk = coalesce(
            (SELECT max(risk_score) FROM token WHERE owner = member.id AND is_deleted = 0), 0);
        CREATE INDEX member_by_email ON member (is_removed, email_key);
        CREATE INDEX member_by_role ON member (is_removed, role_rank);
        CREATE INDEX member_by_tokens ON member (is_removed, token_count);
        CREATE INDEX member_by_worst ON member (is_removed, worst_risk);
        CREATE INDEX role_by_members ON role (is_deleted, member_count);
        CREATE INDEX role_by_teams ON role (is_deleted, team_count);
        CREATE INDEX role_by_tokens ON role (is_deleted, token_count);

        CREATE TRIGGER token_adds_risk AFTER INSERT ON token
        WHEN NEW.owner IS NOT NULL AND NEW.risk_score > 0 AND NEW.deleted_at IS NULL BEGIN
            UPDATE member SET worst_risk = max(worst_risk, NEW.risk_score) WHERE id = NEW.owner;
        END;
        CREATE TRIGGER token_changes_risk AFTER UPDATE OF risk_score, deleted_at ON token
        WHEN NEW.owner IS NOT NULL AND (NEW.risk_score <> OLD.risk_score
            OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL))
        BEGIN
            UPDATE member SET worst_risk = coalesce(
                (SELECT max(risk_score) FROM token WHERE owner = NEW.owner AND is_deleted = 0), 0)
            WHERE id = NEW.owner;
        END;

        """

    /// Tokens of nobody come after those of people. A scope is the wider the smaller its number.
    static let tokens = """
        ALTER TABLE token ADD COLUMN owner_key TEXT NOT NULL DEFAULT '';
        UPDATE token SET owner_key = coalesce(
            (SELECT name_key FROM member WHERE id = token.owner), char(1114111));
        ALTER TABLE token ADD COLUMN scope_rank INTEGER NOT NULL GENERATED ALWAYS AS (
            CASE scope WHEN 'account' THEN 1 WHEN 'roles' THEN 5 WHEN 'inline' THEN 6
                ELSE CASE base_role WHEN 'owner' THEN 2 WHEN 'admin' THEN 3 WHEN 'writer' THEN 4
                    WHEN 'reader' THEN 7 ELSE 8 END END) VIRTUAL;
        ALTER TABLE token ADD COLUMN flag_key INTEGER NOT NULL GENERATED ALWAYS AS (
            CASE WHEN flagged_at IS NULL THEN 9223372036854775807
                ELSE coalesce(flag_due_at, 9223372036854775806) END) VIRTUAL;
        CREATE INDEX token_by_owner ON token (is_deleted, owner_key);
        CREATE INDEX token_by_scope ON token (is_deleted, scope_rank);
        CREATE INDEX token_by_ending ON token (is_deleted, ending);
        CREATE INDEX token_by_flag ON token (is_deleted, flag_key);

        CREATE TRIGGER member_renamed AFTER UPDATE OF name_key ON member
        WHEN NEW.name_key <> OLD.name_key BEGIN
            UPDATE token SET owner_key = NEW.name_key WHERE owner = NEW.id;
        END;

        """

    /// For filters: rows of one kind, without a walk over all the others.
    static let candidates = """
        CREATE INDEX token_kind ON token (kind);
        CREATE INDEX token_imported ON token (origin) WHERE origin = 'imported';
        CREATE INDEX token_rules ON token (is_deleted, risk_rules);
        CREATE INDEX audit_refused ON audit (seq) WHERE is_refused = 1;

        """

    /// Words of names, descriptions and purposes point at the rows that hold them; those of the log have no copy
    /// of its texts. `WordIndex` and `AuditText` keep them: FTS5 is not allowed in a trigger where the schema is not
    /// trusted.
    static let texts = """
        CREATE VIRTUAL TABLE token_text USING fts5 (
            name, purpose, ending, id, content = 'token', content_rowid = 'number',
            tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, detail = none);
        CREATE VIRTUAL TABLE member_text USING fts5 (
            email, first_name, last_name, id, content = 'member', content_rowid = 'number',
            tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, detail = none);
        CREATE VIRTUAL TABLE past_text USING fts5 (
            actor_id, actor_name, action, resource, target_name, title, comment,
            content = 'past_entry', content_rowid = 'number',
            tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, detail = none);
        CREATE VIRTUAL TABLE audit_text USING fts5 (
            words, content = '',
            tokenize = 'unicode61 remove_diacritics 0', columnsize = 0, detail = none);

        INSERT INTO token_text (token_text) VALUES ('rebuild');
        INSERT INTO member_text (member_text) VALUES ('rebuild');
        INSERT INTO past_text (past_text) VALUES ('rebuild');
        """
}
