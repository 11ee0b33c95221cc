import Glibc

/// A program that is measured: how it is started, what its first full screen shows, and its keys.
struct Contender {
    var name: String
    var words: [String]
    /// What stands on its first screen once real data is there.
    var markers: [String]
    var down = "\u{1B}OB"
    var pageDown = "\u{1B}[6~"
    /// Opens a detail and goes back; nil where there is none.
    var open: (enter: String, back: String)?
    /// Ready for keys after this; nil: at once.
    var preparation: String?

    /// The yardsticks that are on this machine.
    static func yardsticks(folder: String, text file: String) -> [Contender] {
        var found = [
            Contender(
                name: "floor", words: ["\(folder)/patrol-floor"],
                markers: ["Tokens 100000", "ada@example.org"], open: ("\r", "\u{1B}"))
        ]
        if let vim = path(of: "vim") {
            found.append(Contender(name: "vim -R", words: [vim, "-n", "-i", "NONE", "-R", file], markers: ["entry 00001", "entry 00039"]))
        }
        if let less = path(of: "less") {
            found.append(Contender(name: "less", words: [less, file], markers: ["entry 00001", "entry 00039"]))
        }
        if let htop = path(of: "htop") {
            found.append(Contender(name: "htop", words: [htop], markers: ["Load average", "F10"]))
        }
        if let tig = path(of: "tig") {
            found.append(Contender(name: "tig", words: [tig], markers: ["[main]"]))
        }
        return found
    }

    static func patrol(name: String, folder: String, database: String) -> Contender {
        Contender(
            name: name, words: ["\(folder)/patrol", "--database", database],
            markers: ["Members", "Roles", "Tokens", "Audit"], open: ("\r", "\u{1B}"), preparation: "3")
    }

    private static func path(of program: String) -> String? {
        ["/usr/local/bin/", "/usr/bin/", "/bin/"].map { $0 + program }.first { access($0, X_OK) == 0 }
    }
}
