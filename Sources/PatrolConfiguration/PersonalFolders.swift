/// Where a person's files are: the XDG base directories. Nil where there is no home.
package struct PersonalFolders: Hashable, Sendable {
    /// `$XDG_CONFIG_HOME/patrol`, else `~/.config/patrol`: themes, keys, views.
    package let configuration: String?
    /// `$XDG_STATE_HOME/patrol`, else `~/.local/state/patrol`: what the program remembers.
    package let state: String?

    package init(environment: (String) -> String?) {
        func folder(_ variable: String, _ usual: String) -> String? {
            // By its specification a relative path is no path.
            if let path = environment(variable), path.hasPrefix("/") { return "\(path)/patrol" }
            guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
            return "\(home)/\(usual)/patrol"
        }
        configuration = folder("XDG_CONFIG_HOME", ".config")
        state = folder("XDG_STATE_HOME", ".local/state")
    }
}
