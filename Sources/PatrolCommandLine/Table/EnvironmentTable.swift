/// What Patrol looks at outside its own line: variables and files. The help and the manual list them.
enum EnvironmentTable {
    /// Names and what they do; where there are several in one line, the first that is set counts.
    static let variables: [(name: String, summary: String)] = [
        ("PATROL_DATABASE", "the account's file; --database goes before it"),
        ("PATROL_KEYS", "the folder with the keys of the secrets; else $CREDENTIALS_DIRECTORY, as systemd sets it"),
        ("CREDENTIALS_DIRECTORY", "the same, after $PATROL_KEYS"),
        ("PATROL_CATALOGUE", "resource types and actions of another API; --catalogue goes before it"),
        ("PATROL_THEME", "the name of the theme to begin with; else the one that was chosen last"),
        ("PATROL_ASK", "0: the terminal is not asked about its background, its changes, and synchronized output"),
        ("ACCESSIBLE", "anything but 0: every command prints lines for reading aloud, as --plain does"),
        ("NO_COLOR", "anything: no colours, as --no-color does"),
        ("TERM", "the kind of terminal; one that is not known here is taken for a common one"),
        ("COLORTERM", "truecolor or 24bit: 256 colours also where TERM promises fewer"),
        ("LC_ALL", "whether the terminal understands UTF-8; else $LC_CTYPE, else $LANG"),
        ("ESCDELAY", "milliseconds after which Esc is the key itself, 1 to 1000"),
        ("TMUX", "set by tmux, whose load-buffer then takes what is copied"),
        ("STY", "set by GNU screen, through which what is copied is then passed on"),
        ("TMPDIR", "where the account of `patrol demo` lives; else /tmp"),
        ("XDG_DATA_HOME", "where the account is, unless it is named; else ~/.local/share"),
        ("XDG_CONFIG_HOME", "where keys, views and themes are; else ~/.config"),
        ("XDG_STATE_HOME", "where it is kept what the screen remembers; else ~/.local/state"),
        ("HOME", "your own folder"),
    ]

    static let files: [(name: String, summary: String)] = [
        ("~/.local/share/patrol/patrol.db", "the account: one SQLite file; beside it its log, queue and doorbell"),
        ("~/.config/patrol/keys/", "the key of each account's secrets; keep a copy apart from the database"),
        ("~/.config/patrol/keys.json", "other keys for the screen's commands"),
        ("~/.config/patrol/views.json", "lists kept under names: V on the screen, --view on a line"),
        ("~/.config/patrol/themes/NAME.json", "themes of your own"),
        ("~/.local/state/patrol/screen.json", "the theme, and for each account the list, its order and filter, what was typed"),
    ]
}
