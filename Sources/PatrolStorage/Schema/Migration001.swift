extension Migration {
    /// The first schema. Frozen: a change is a new migration.
    static let first = Migration(
        version: 1,
        sql: Migration001.audit + Migration001.people + Migration001.tokens + Migration001.counters
            + Migration001.guards)
}

enum Migration001 {
    /// The log that everything else points at. `actor`, `verb`, `action`, `target` and `is_refused`
    /// repeat the payload, for lists and filters.
    static let audit = """
        CREATE TABLE audit (
            seq INTEGER PRIMARY KEY,
            op_id BLOB NOT NULL UNIQUE CHECK (length(op_id) = 16),
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            verb TEXT NOT NULL,
            action TEXT NOT NULL,
            target TEXT NOT NULL,
            is_refused INTEGER NOT NULL CHECK (is_refused IN (0, 1)),
            payload BLOB NOT NULL,
            leaf BLOB NOT NULL CHECK (length(leaf) = 32),
            chain BLOB NOT NULL CHECK (length(chain) = 32)
        ) STRICT;
        CREATE INDEX audit_actor ON audit (actor);
        CREATE INDEX audit_target ON audit (target);

        CREATE TABLE audit_body (
            seq INTEGER PRIMARY KEY REFERENCES audit (seq),
            salt BLOB NOT NULL CHECK (length(salt) = 16),
            body BLOB NOT NULL
        ) STRICT;

        CREATE TABLE audit_tile (
            level INTEGER NOT NULL,
            idx INTEGER NOT NULL,
            hashes BLOB NOT NULL,
            PRIMARY KEY (level, idx)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE audit_head (
            size INTEGER PRIMARY KEY,
            root BLOB NOT NULL CHECK (length(root) = 32),
            at INTEGER NOT NULL,
            sig BLOB NOT NULL
        ) STRICT;

        CREATE TABLE past_entry (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL,
            actor_id TEXT NOT NULL,
            actor_name TEXT NOT NULL,
            token_id TEXT,
            action TEXT NOT NULL,
            resource TEXT NOT NULL,
            kind TEXT NOT NULL,
            target_id TEXT NOT NULL,
            target_name TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            comment TEXT NOT NULL,
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT;
        CREATE INDEX past_entry_at ON past_entry (at);
        CREATE INDEX past_entry_actor ON past_entry (actor_id, at);
        CREATE INDEX past_entry_target ON past_entry (target_id, at);

        """

    static let people = """
        CREATE TABLE account (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT;

        CREATE TABLE base_role (
            rank INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            member_count INTEGER NOT NULL DEFAULT 0 CHECK (member_count >= 0),
            token_count INTEGER NOT NULL DEFAULT 0 CHECK (token_count >= 0)
        ) STRICT;
        INSERT INTO base_role (rank, name)
        VALUES (1, 'no_access'), (2, 'reader'), (3, 'writer'), (4, 'admin'), (5, 'owner');

        CREATE TABLE member (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
            email TEXT NOT NULL,
            email_key TEXT NOT NULL,
            first_name TEXT NOT NULL,
            last_name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            base_role TEXT NOT NULL REFERENCES base_role (name),
            is_pending INTEGER NOT NULL CHECK (is_pending IN (0, 1)),
            created_at INTEGER NOT NULL,
            last_seen_at INTEGER,
            last_seen_token TEXT,
            removed_at INTEGER,
            version INTEGER NOT NULL CHECK (version >= 1),
            event INTEGER NOT NULL REFERENCES audit (seq),
            token_count INTEGER NOT NULL DEFAULT 0 CHECK (token_count >= 0),
            is_removed INTEGER NOT NULL GENERATED ALWAYS AS (removed_at IS NOT NULL) VIRTUAL,
            last_seen_key INTEGER NOT NULL
                GENERATED ALWAYS AS (coalesce(last_seen_at, 0)) VIRTUAL,
            role_attributes TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX member_email ON member (email_key) WHERE removed_at IS NULL;
        CREATE UNIQUE INDEX member_owner ON member (base_role)
            WHERE base_role = 'owner' AND removed_at IS NULL;
        CREATE INDEX member_by_name ON member (is_removed, name_key);
        CREATE INDEX member_by_last_seen ON member (is_removed, last_seen_key);
        CREATE INDEX member_base_role ON member (base_role, is_removed);

        CREATE TABLE role (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
            key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
            key_key TEXT NOT NULL,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            description TEXT NOT NULL,
            base_permissions TEXT NOT NULL CHECK (base_permissions IN ('no_access', 'reader')),
            created_at INTEGER NOT NULL,
            deleted_at INTEGER,
            version INTEGER NOT NULL CHECK (version >= 1),
            event INTEGER NOT NULL REFERENCES audit (seq),
            member_count INTEGER NOT NULL DEFAULT 0 CHECK (member_count >= 0),
            team_count INTEGER NOT NULL DEFAULT 0 CHECK (team_count >= 0),
            token_count INTEGER NOT NULL DEFAULT 0 CHECK (token_count >= 0),
            is_deleted INTEGER NOT NULL GENERATED ALWAYS AS (deleted_at IS NOT NULL) VIRTUAL,
            policy TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX role_key ON role (key) WHERE deleted_at IS NULL;
        CREATE INDEX role_by_key ON role (is_deleted, key_key);
        CREATE INDEX role_by_name ON role (is_deleted, name_key);

        CREATE TABLE member_role (
            member TEXT NOT NULL REFERENCES member (id),
            place INTEGER NOT NULL,
            role TEXT NOT NULL REFERENCES role (id),
            event INTEGER NOT NULL REFERENCES audit (seq),
            PRIMARY KEY (member, place)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX member_role_role ON member_role (role, member);

        CREATE TABLE team (
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 128),
            name TEXT NOT NULL,
            role_attributes TEXT NOT NULL,
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT;

        CREATE TABLE team_member (
            team TEXT NOT NULL REFERENCES team (key),
            place INTEGER NOT NULL,
            member TEXT NOT NULL REFERENCES member (id),
            event INTEGER NOT NULL REFERENCES audit (seq),
            PRIMARY KEY (team, place)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX team_member_member ON team_member (member, team);

        CREATE TABLE team_role (
            team TEXT NOT NULL REFERENCES team (key),
            place INTEGER NOT NULL,
            role TEXT NOT NULL REFERENCES role (id),
            event INTEGER NOT NULL REFERENCES audit (seq),
            PRIMARY KEY (team, place)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX team_role_role ON team_role (role, team);

        """

    static let tokens = """
        CREATE TABLE token (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
            kind TEXT NOT NULL CHECK (kind IN ('personal', 'service', 'account')),
            origin TEXT NOT NULL CHECK (origin IN ('created', 'adopted', 'imported')),
            owner TEXT REFERENCES member (id),
            scope TEXT NOT NULL CHECK (scope IN ('base', 'roles', 'inline', 'account')),
            base_role TEXT REFERENCES base_role (name),
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            purpose TEXT NOT NULL,
            ending TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            modified_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER,
            use_known_until INTEGER,
            api_version INTEGER,
            flag_reason TEXT,
            flag_due_at INTEGER,
            flagged_by TEXT REFERENCES member (id),
            flagged_at INTEGER,
            deleted_at INTEGER,
            version INTEGER NOT NULL CHECK (version >= 1),
            event INTEGER NOT NULL REFERENCES audit (seq),
            risk_score INTEGER NOT NULL DEFAULT 0,
            risk_rules INTEGER NOT NULL DEFAULT 0,
            risk_worst INTEGER CHECK (risk_worst BETWEEN 1 AND 4),
            risk_due_at INTEGER NOT NULL DEFAULT 0,
            is_deleted INTEGER NOT NULL GENERATED ALWAYS AS (deleted_at IS NOT NULL) VIRTUAL,
            last_used_key INTEGER NOT NULL
                GENERATED ALWAYS AS (coalesce(last_used_at, 0)) VIRTUAL,
            expires_key INTEGER NOT NULL
                GENERATED ALWAYS AS (coalesce(expires_at, 9223372036854775807)) VIRTUAL,
            policy TEXT,
            creator_snapshot TEXT,
            CHECK ((scope = 'base') = (base_role IS NOT NULL)),
            CHECK ((scope = 'inline') = (policy IS NOT NULL)),
            CHECK (scope <> 'account' OR kind = 'account'),
            CHECK (kind <> 'personal' OR owner IS NOT NULL),
            CHECK ((flagged_at IS NULL) = (flagged_by IS NULL)),
            CHECK ((flagged_at IS NULL) = (flag_reason IS NULL)),
            CHECK (flagged_at IS NOT NULL OR flag_due_at IS NULL)
        ) STRICT;
        CREATE INDEX token_by_risk ON token (is_deleted, risk_score);
        CREATE INDEX token_by_name ON token (is_deleted, name_key);
        CREATE INDEX token_by_created ON token (is_deleted, created_at);
        CREATE INDEX token_by_last_used ON token (is_deleted, last_used_key);
        CREATE INDEX token_by_expires ON token (is_deleted, expires_key);
        CREATE INDEX token_owner ON token (owner, is_deleted, risk_score);
        CREATE INDEX token_base_role ON token (base_role, is_deleted, risk_score)
            WHERE base_role IS NOT NULL;
        CREATE INDEX token_risk_due ON token (risk_due_at) WHERE deleted_at IS NULL;

        CREATE TABLE token_role (
            token TEXT NOT NULL REFERENCES token (id),
            place INTEGER NOT NULL,
            role TEXT NOT NULL REFERENCES role (id),
            event INTEGER NOT NULL REFERENCES audit (seq),
            PRIMARY KEY (token, place)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX token_role_role ON token_role (role, token);

        CREATE TABLE secret (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            token TEXT NOT NULL REFERENCES token (id),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            key_version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            valid_until INTEGER,
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX secret_token ON secret (token, created_at);

        CREATE TABLE usage (
            token TEXT NOT NULL REFERENCES token (id),
            day INTEGER NOT NULL,
            action TEXT NOT NULL,
            network TEXT NOT NULL,
            allowed INTEGER NOT NULL DEFAULT 0 CHECK (allowed >= 0),
            denied INTEGER NOT NULL DEFAULT 0 CHECK (denied >= 0),
            PRIMARY KEY (token, day, action, network)
        ) STRICT, WITHOUT ROWID;

        """
}
