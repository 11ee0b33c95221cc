extension Migration {
    /// Use by the hour, and what comes of it: thresholds, suppressions, quarantine, narrower scopes, templates,
    /// reviews. Frozen: a change is a new migration.
    static let third = Migration(
        version: 3,
        sql: Migration003.use + Migration003.hygiene + Migration003.tokens + Migration003.templates
            + Migration003.reviews + Migration003.currency + Migration003.guards)
}

enum Migration003 {
    /// Calls, rolled up by hour. Words that come again and again stand once in `use_word`; its number 0 is the
    /// empty text. `use_window` says for which times all use is on record, by source; `use_import` how far files were
    /// read, so that no call is counted twice.
    static let use = """
        CREATE TABLE use_word (
            number INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE CHECK (length(text) <= 1000)
        ) STRICT;
        INSERT INTO use_word (number, text) VALUES (0, '');

        CREATE TABLE use_hour (
            token INTEGER NOT NULL REFERENCES token (number),
            hour INTEGER NOT NULL,
            action INTEGER NOT NULL REFERENCES use_word (number),
            resource INTEGER NOT NULL REFERENCES use_word (number),
            network INTEGER NOT NULL REFERENCES use_word (number),
            client INTEGER NOT NULL REFERENCES use_word (number),
            secret INTEGER NOT NULL REFERENCES use_word (number),
            outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3),
            calls INTEGER NOT NULL CHECK (calls > 0),
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL CHECK (last_at >= first_at),
            PRIMARY KEY (token, hour, action, resource, network, client, secret, outcome)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX use_hour_by_hour ON use_hour (hour);

        CREATE TABLE use_window (
            source TEXT NOT NULL CHECK (length(source) <= 200),
            start_at INTEGER NOT NULL,
            end_at INTEGER NOT NULL CHECK (end_at > start_at),
            PRIMARY KEY (source, start_at)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX use_window_by_end ON use_window (end_at);

        CREATE TABLE use_import (
            digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
            source TEXT NOT NULL CHECK (length(source) <= 200),
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL CHECK (last_at >= first_at),
            lines INTEGER NOT NULL,
            done INTEGER NOT NULL CHECK (done BETWEEN 0 AND lines),
            calls INTEGER NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX use_import_source ON use_import (source, last_at);
        CREATE INDEX use_import_by_end ON use_import (last_at);

        CREATE TABLE token_signal (
            token TEXT NOT NULL REFERENCES token (id),
            kind TEXT NOT NULL
                CHECK (kind IN ('retiredSecret', 'leaked', 'inQuery', 'inClear', 'quarantined')),
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL CHECK (last_at >= first_at),
            count INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (token, kind)
        ) STRICT, WITHOUT ROWID;

        """

    static let hygiene = """
        ALTER TABLE account ADD COLUMN settings_version INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE setting (
            name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
            value TEXT NOT NULL CHECK (length(value) <= 200),
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE suppression (
            token TEXT NOT NULL REFERENCES token (id),
            rule INTEGER NOT NULL CHECK (rule BETWEEN 0 AND 63),
            reason TEXT NOT NULL,
            suppressed_by TEXT NOT NULL REFERENCES member (id),
            since INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            event INTEGER NOT NULL REFERENCES audit (seq),
            PRIMARY KEY (token, rule)
        ) STRICT, WITHOUT ROWID;

        """

    /// A token is refused while `quarantined_at` is set, and is to be deleted at `quarantine_ends_at`, if that is set.
    /// `planned_scope` takes the scope's place at `planned_at`; `scope_before` is what it was given before, for
    /// going back.
    static let tokens = """
        ALTER TABLE token ADD COLUMN quarantine_reason TEXT;
        ALTER TABLE token ADD COLUMN quarantined_by TEXT REFERENCES member (id);
        ALTER TABLE token ADD COLUMN quarantined_at INTEGER;
        ALTER TABLE token ADD COLUMN quarantine_ends_at INTEGER;
        ALTER TABLE token ADD COLUMN planned_scope TEXT;
        ALTER TABLE token ADD COLUMN planned_at INTEGER;
        ALTER TABLE token ADD COLUMN planned_by TEXT REFERENCES member (id);
        ALTER TABLE token ADD COLUMN plan_reason TEXT;
        ALTER TABLE token ADD COLUMN scope_before TEXT;
        ALTER TABLE token ADD COLUMN scope_changed_at INTEGER;
        CREATE INDEX token_quarantined ON token (quarantined_at)
            WHERE quarantined_at IS NOT NULL AND deleted_at IS NULL;
        CREATE INDEX token_quarantine_ends ON token (quarantine_ends_at)
            WHERE quarantine_ends_at IS NOT NULL AND deleted_at IS NULL;
        CREATE INDEX token_ending ON token (ending) WHERE deleted_at IS NULL;
        CREATE INDEX token_planned ON token (planned_at)
            WHERE planned_at IS NOT NULL AND deleted_at IS NULL;

        """

    static let templates = """
        CREATE TABLE template (
            key TEXT PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 128),
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            policy TEXT NOT NULL,
            expiry_days INTEGER,
            deleted_at INTEGER,
            version INTEGER NOT NULL CHECK (version >= 1),
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT, WITHOUT ROWID;

        """

    /// What an item's token was like when the review began is frozen as JSON text in `facts`. `batch` is how many
    /// items were decided together with it.
    static let reviews = """
        CREATE TABLE review (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            name TEXT NOT NULL,
            filter TEXT NOT NULL,
            started_by TEXT NOT NULL REFERENCES member (id),
            started_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            no_answer TEXT NOT NULL CHECK (no_answer IN ('keep', 'flag', 'quarantine')),
            closed_at INTEGER,
            item_count INTEGER NOT NULL CHECK (item_count >= 0),
            decided_count INTEGER NOT NULL DEFAULT 0 CHECK (decided_count BETWEEN 0 AND item_count),
            version INTEGER NOT NULL CHECK (version >= 1),
            event INTEGER NOT NULL REFERENCES audit (seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE review_item (
            review TEXT NOT NULL REFERENCES review (id),
            place INTEGER NOT NULL,
            token TEXT NOT NULL REFERENCES token (id),
            facts TEXT NOT NULL,
            decision TEXT CHECK (decision IN ('keep', 'narrow', 'rotate', 'quarantine', 'delete', 'noAnswer')),
            reason TEXT,
            decided_by TEXT REFERENCES member (id),
            decided_at INTEGER,
            took_milliseconds INTEGER CHECK (took_milliseconds >= 0),
            batch INTEGER CHECK (batch >= 1),
            event INTEGER NOT NULL REFERENCES audit (seq),
            PRIMARY KEY (review, place)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX review_item_token ON review_item (token, review);
        CREATE INDEX review_item_undecided ON review_item (review, place) WHERE decision IS NULL;
        CREATE UNIQUE INDEX review_name ON review (name);
        CREATE INDEX review_by_start ON review (started_at);

        """

    /// Days on which anything at all was recorded; and what makes the judgement of tokens stale that no ruling names:
    /// use, reviews, and a time of which nothing is on record. The mask has the rules that a gap withholds.
    static let currency = """
        CREATE TABLE recorded_day (day INTEGER PRIMARY KEY) STRICT;
        INSERT INTO recorded_day (day)
            SELECT at / 86400000 FROM audit UNION SELECT day / 86400000 FROM usage;

        CREATE TRIGGER audit_records_a_day AFTER INSERT ON audit BEGIN
            INSERT INTO recorded_day (day) SELECT NEW.at / 86400000
            WHERE NOT EXISTS (SELECT 1 FROM recorded_day WHERE day = NEW.at / 86400000);
        END;
        CREATE TRIGGER usage_records_a_day AFTER INSERT ON usage BEGIN
            INSERT INTO recorded_day (day) SELECT NEW.day / 86400000
            WHERE NOT EXISTS (SELECT 1 FROM recorded_day WHERE day = NEW.day / 86400000);
        END;
        CREATE TRIGGER a_gap_of_days_withholds AFTER INSERT ON recorded_day
        WHEN NEW.day - (SELECT max(day) FROM recorded_day WHERE day < NEW.day) > 2 BEGIN
            UPDATE token SET risk_due_at = 0
            WHERE risk_rules & 541261848 <> 0 AND deleted_at IS NULL AND risk_due_at <> 0;
        END;
        CREATE TRIGGER use_is_judged AFTER INSERT ON use_hour BEGIN
            UPDATE token SET risk_due_at = 0 WHERE number = NEW.token AND risk_due_at <> 0;
        END;
        CREATE TRIGGER refused_use_is_judged AFTER UPDATE OF calls ON use_hour WHEN NEW.outcome <> 0 BEGIN
            UPDATE token SET risk_due_at = 0 WHERE number = NEW.token AND risk_due_at <> 0;
        END;
        CREATE TRIGGER first_review_is_judged AFTER INSERT ON review
        WHEN (SELECT count(*) FROM review) = 1 BEGIN
            UPDATE token SET risk_due_at = 0 WHERE deleted_at IS NULL AND risk_due_at <> 0;
        END;
        CREATE TRIGGER review_is_judged AFTER UPDATE OF decision ON review_item WHEN NEW.decision IS NOT NULL BEGIN
            UPDATE token SET risk_due_at = 0 WHERE id = NEW.token AND risk_due_at <> 0;
        END;

        """

    /// What has to point at the event just written: new columns of old tables, then new tables.
    static let guards =
        updatedByEvent("account_settings", on: "account", columns: "settings_version")
        + updatedByEvent(
            "token_keeping", on: "token",
            columns: """
                quarantine_reason, quarantined_by, quarantined_at, quarantine_ends_at, planned_scope, planned_at, \
                planned_by, plan_reason, scope_before, scope_changed_at
                """)
        + pointers.map { table, columns in
            insertedByEvent(table) + updatedByEvent(table, on: table, columns: columns)
        }.joined()

    /// The new tables of the account, and those of their columns that only a ruling may change.
    private static let pointers: [(table: String, columns: String)] = [
        ("setting", "name, value, event"),
        ("suppression", "token, rule, reason, suppressed_by, since, ends_at, event"),
        ("template", "key, name, description, policy, expiry_days, deleted_at, version, event"),
        (
            "review",
            """
            id, name, filter, started_by, started_at, due_at, no_answer, closed_at, item_count, decided_count, \
            version, event
            """
        ),
        (
            "review_item",
            """
            review, place, token, facts, decision, reason, decided_by, decided_at, took_milliseconds, batch, \
            event
            """
        ),
    ]

    private static func insertedByEvent(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_is_inserted_by_event BEFORE INSERT ON \(table)
        WHEN NEW.event IS NOT (SELECT max(seq) FROM audit) BEGIN
            SELECT RAISE(ABORT, '\(table): a row without its event');
        END;

        """
    }

    private static func updatedByEvent(_ name: String, on table: String, columns: String) -> String {
        """
        CREATE TRIGGER \(name)_is_updated_by_event BEFORE UPDATE OF \(columns) ON \(table)
        WHEN NEW.event IS NOT (SELECT max(seq) FROM audit) BEGIN
            SELECT RAISE(ABORT, '\(table): a row without its event');
        END;

        """
    }
}
