/// Where an account lives: its database, and the folder with the key of its secrets.
///
/// The key stands apart from the database, so that a copy of the one is worth nothing without the other.
package struct Location: Hashable, Sendable {
    package var database: String
    package var keyFolder: String

    package init(database: String, keyFolder: String) {
        self.database = database
        self.keyFolder = keyFolder
    }

    /// `option`, else `$PATROL_DATABASE`, else `$XDG_DATA_HOME/patrol/patrol.db`; the key in
    /// `$PATROL_KEYS`, else `$CREDENTIALS_DIRECTORY`, else `$XDG_CONFIG_HOME/patrol/keys`.
    /// Nil when not even `$HOME` is known.
    package init?(option: String?, environment: (String) -> String?) {
        func variable(_ name: String) -> String? {
            guard let value = environment(name), !value.isEmpty else { return nil }
            return value
        }
        let home = variable("HOME")
        let data = variable("XDG_DATA_HOME") ?? home.map { "\($0)/.local/share" }
        let configuration = variable("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
        let database = option ?? variable("PATROL_DATABASE") ?? data.map { "\($0)/patrol/patrol.db" }
        let keys =
            variable("PATROL_KEYS") ?? variable("CREDENTIALS_DIRECTORY")
            ?? configuration.map { "\($0)/patrol/keys" }
        guard let database, let keys else { return nil }
        self.init(database: database, keyFolder: keys)
    }
}
