import CSystem
import Glibc
import PatrolScreen

/// The themes there are: those built in, and the files `NAME.theme` of a few folders. A theme is data of bounded
/// size; where a name comes twice, the first folder counts, and a folder before what is built in.
final class ThemeShelf {
    private let folders: [String]
    /// Where the choice is kept from one time to the next, if there is a place for it.
    private let choicePath: String?
    private(set) var current: Theme
    private var isChosen = false

    private static let builtIn = [Theme.standard, Theme.light]
    private static let suffix = ".theme"

    /// Looks in `$XDG_CONFIG_HOME/patrol/themes`, then in what came with the program. The theme to begin with is
    /// `$PATROL_THEME`, else the one chosen last, else the built-in one.
    init(environment: (String) -> String?) {
        func variable(_ name: String) -> String? {
            guard let value = environment(name), !value.isEmpty else { return nil }
            return value
        }
        let configuration = variable("XDG_CONFIG_HOME") ?? variable("HOME").map { "\($0)/.config" }
        folders = (configuration.map { ["\($0)/patrol/themes"] } ?? []) + Self.programFolders
        choicePath = configuration.map { "\($0)/patrol/theme" }
        current = .standard
        let name = variable("PATROL_THEME") ?? choicePath.flatMap(Self.read)
        if let name, let theme = theme(named: String(name.prefix { $0 != "\n" })) { current = theme }
    }

    /// By name, the built-in ones among them.
    var names: [String] {
        var found = Set(Self.builtIn.map(\.name))
        for folder in folders { found.formUnion(Self.names(in: folder)) }
        return found.sorted()
    }

    func use(_ name: String) -> Theme {
        if let theme = theme(named: name), theme.name != current.name {
            current = theme
            isChosen = true
        }
        return current
    }

    /// Keeps the choice for the next time. Where that fails it is no loss that is worth a word.
    func keepChoice() {
        guard isChosen, let choicePath else { return }
        let new = "\(choicePath).new"
        let bytes = Array("\(current.name)\n".utf8)
        unlink(new)
        if file_write_new(new, bytes, bytes.count) == 0 { rename(new, choicePath) }
    }

    private func theme(named name: String) -> Theme? {
        guard Self.isName(name) else { return nil }
        for folder in folders {
            guard let text = Self.read("\(folder)/\(name)\(Self.suffix)") else { continue }
            if let theme = try? Theme(name: name, parsing: text) { return theme }
        }
        return Self.builtIn.first { $0.name == name }
    }

    /// `themes` where the program was installed (`bin` and `share` side by side) or built.
    private static var programFolders: [String] {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        guard count > 0, count < path.count else { return [] }
        let bytes = path[..<count].map { UInt8(bitPattern: $0) }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "/")
        func up(_ levels: Int) -> String { parts.dropLast(levels).reduce("") { $0 + "/" + $1 } }
        if let place = parts.lastIndex(of: ".build") { return [up(parts.count - place) + "/themes"] }
        return [up(2) + "/share/patrol/themes"]
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < 200, let entry = readdir(directory) {
            let file = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            let name = String(file.dropLast(suffix.count))
            if file.hasSuffix(suffix), isName(name) { names.append(name) }
        }
        return names
    }

    private static func read(_ path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: Theme.maximumLength)
        let count = file_read_small(path, &bytes, bytes.count)
        return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    private static func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
