import Glibc

/// A program that is measured: how it is started, what its first full screen shows, and its keys.
struct Contender {
    var name: String
    var words: [String]
    /// What stands on its first screen once real data is there.
    var markers: [String]
    var down = "\u{1B}OB"
    var pageDown = "\u{1B}[6~"
    /// To the last row and back to the first; nil where there is no such key.
    var ends: (last: String, first: String)?
    /// Gives the whole screen to one part of it, and takes it back; nil where there is one part only.
    var zoom: String?
    /// Opens the choice of an order, whose first entry has the cursor after `first`, and turns the order round.
    var order: (open: String, first: String, choose: String, reverse: String)?
    /// Opens a detail and goes back; nil where there is none.
    var open: (enter: String, back: String)?
    /// Ready for keys after this; nil: at once.
    var preparation: String?

    /// The yardsticks that are on this machine. `repository` has changes by the name of `change 00001` and up, the newest of them
    /// `newest`; nil: there is none to show.
    static func yardsticks(folder: String, text file: String, repository: (path: String, newest: String)?) -> [Contender] {
        var found = [
            Contender(
                name: "floor", words: ["\(folder)/patrol-floor"],
                markers: ["Tokens 100000", "ada@example.org"], ends: ("\u{1B}OF", "\u{1B}OH"), open: ("\r", "\u{1B}"))
        ]
        let lines = ["entry 00001", "entry 00039"]
        var others = [
            Contender(name: "vim -R", words: ["vim", "-n", "-i", "NONE", "-R", file], markers: lines, ends: ("G", "gg")),
            Contender(name: "less", words: ["less", file], markers: lines, ends: ("G", "g")),
            Contender(name: "htop", words: ["htop"], markers: ["Load average", "F10"], ends: ("\u{1B}OF", "\u{1B}OH")),
        ]
        if let repository {
            // Outside of a repository it ends at once.
            others.append(
                Contender(
                    name: "tig", words: ["tig", "-C", repository.path], markers: [repository.newest, "commit 1 of"],
                    ends: ("\u{1B}OF", "\u{1B}OH")))
        } else {
            print("tig: git made no repository for it, so it is missing here")
        }
        for var other in others {
            guard let path = path(of: other.words[0]) else {
                print("\(other.name): not installed, so it is missing here")
                continue
            }
            other.words[0] = path
            found.append(other)
        }
        return found
    }

    static func patrol(name: String, folder: String, database: String) -> Contender {
        Contender(
            name: name, words: ["\(folder)/patrol", "--database", database],
            markers: ["Members", "Roles", "Tokens", "Audit"], ends: ("G", "g"), zoom: "z",
            order: ("s", "\u{1B}OH", "\r", "S"), open: ("\r", "\u{1B}"), preparation: "3")
    }

    private static func path(of program: String) -> String? {
        ["/usr/local/bin/", "/usr/bin/", "/bin/"].map { $0 + program }.first { access($0, X_OK) == 0 }
    }
}
