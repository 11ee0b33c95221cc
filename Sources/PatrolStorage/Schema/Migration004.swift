extension Migration {
    /// Networks that a token is limited to. Frozen: a change is a new migration.
    static let fourth = Migration(version: 4, sql: Migration004.networks)
}

enum Migration004 {
    /// Address ranges with commas in between; NULL: from everywhere. That there are none is now a finding, so that all
    /// tokens are judged anew.
    static let networks = """
        ALTER TABLE token ADD COLUMN networks TEXT CHECK (length(networks) BETWEEN 1 AND 2000);
        CREATE TRIGGER token_networks_is_updated_by_event BEFORE UPDATE OF networks ON token
        WHEN NEW.event IS NOT (SELECT max(seq) FROM audit) BEGIN
            SELECT RAISE(ABORT, 'token: a row without its event');
        END;
        UPDATE token SET risk_due_at = 0 WHERE deleted_at IS NULL AND risk_due_at <> 0;

        """
}
