import CSystem
import Glibc
import PatrolConfiguration
import PatrolScreen

/// The themes there are: the person's own files `NAME.json`, those built in, and those that came with the program. A
/// theme is data of bounded size; where a name comes twice, the first in this order counts.
final class ThemeShelf {
    private let own: String?
    private(set) var current: Theme
    /// The name of the one that is wanted: it is in use, or has faults.
    private var wanted: String
    /// What is wrong with the theme that was wanted, in one line; to be told once.
    private var fault: String?
    private var isFaulty = false
    /// Whether a person said which: then the terminal's background doesn't.
    private var isChosen: Bool
    /// What is to be kept for the next time, once somebody chose.
    private(set) var choice: String?
    /// Readable when a file of the person's own folder was saved; -1 where there is none.
    private(set) var changeDescriptor: Int32 = -1

    private static let builtIn = [Theme.standard, Theme.light]
    private static let suffix = ".json"
    /// How far themes may inherit from one another.
    private static let maximumParents = 4

    /// Looks in the person's own folder, then in what came with the program. The theme to begin with is
    /// `$PATROL_THEME`, else the one that was kept, else the built-in one.
    init(environment: (String) -> String?, own: String?, kept: String?) {
        self.own = own.map { "\($0)/themes" }
        current = .standard
        let named = environment("PATROL_THEME").flatMap { $0.isEmpty ? nil : $0 } ?? kept
        isChosen = named != nil
        wanted = named ?? current.name
        take(wanted)
    }

    /// By name, the built-in ones among them.
    var names: [String] {
        var found = Set(Self.builtIn.map(\.name))
        for folder in [own].compactMap(\.self) + Self.programFolders { found.formUnion(Self.names(in: folder)) }
        return found.sorted()
    }

    /// - Parameter isChosen: whether somebody chose it, for the next time too; else it is looked at.
    @discardableResult
    func use(_ name: String, isChosen: Bool) -> Theme {
        if name != wanted || name != current.name { take(name) }
        if isChosen, current.name == name { (choice, self.isChosen) = (name, true) }
        return current
    }

    /// The background is light, or dark: whether that changed the theme, because nobody chose one.
    func adapt(isLight: Bool) -> Bool {
        let fitting = isLight ? Theme.light.name : Theme.standard.name
        guard !isChosen, fitting != current.name else { return false }
        take(fitting)
        return current.name == fitting
    }

    /// A file was saved: reads the theme that is wanted anew. A broken one leaves the last good one in place. Whether
    /// that changed the theme, or mended it.
    func reload() -> Bool {
        guard folder_changed(changeDescriptor) != 0 else { return false }
        let (before, wasFaulty) = (current, isFaulty)
        take(wanted)
        return !isFaulty && (wasFaulty || current != before)
    }

    func takeFault() -> String? {
        defer { fault = nil }
        return fault
    }

    /// Where that fails the theme stays what it was.
    private func take(_ name: String) {
        // The folder may have been made meanwhile.
        if changeDescriptor < 0, let own { changeDescriptor = folder_watch(own) }
        wanted = name
        do throws(Fault) {
            current = try theme(named: name, parents: 0)
            (fault, isFaulty) = (nil, false)
        } catch {
            (fault, isFaulty) = (error.words, true)
        }
    }

    /// Why there is no such theme, in one line.
    private struct Fault: Error {
        let words: String
    }

    private func theme(named name: String, parents: Int) throws(Fault) -> Theme {
        guard Self.isName(name) else { throw Fault(words: "a theme's name is small letters, digits and `-`, not `\(name)`") }
        if let own, let theme = try read(name, in: own, parents) { return theme }
        if let theme = Self.builtIn.first(where: { $0.name == name }) { return theme }
        for folder in Self.programFolders {
            if let theme = try read(name, in: folder, parents) { return theme }
        }
        throw Fault(words: "there is no theme `\(name)`")
    }

    /// Nil where the folder has none of that name.
    private func read(_ name: String, in folder: String, _ parents: Int) throws(Fault) -> Theme? {
        switch ConfigurationFile.read("\(folder)/\(name)\(Self.suffix)", maximum: Theme.maximumLength) {
        case .missing: nil
        case .fault(let words): throw Fault(words: words)
        case .text(let bytes): try read(name, bytes, parents)
        }
    }

    private func read(_ name: String, _ bytes: [UInt8], _ parents: Int) throws(Fault) -> Theme {
        do throws(ThemeFaults) {
            return try Theme(name: name, parsing: bytes) { parent in
                // A theme of one's own may change the built-in one that has its name.
                if parent == name { return Self.builtIn.first { $0.name == parent } }
                return parents < Self.maximumParents ? try? theme(named: parent, parents: parents + 1) : nil
            }
        } catch {
            let told = error.faults.prefix(3).map { "\(name)\(Self.suffix):\($0.line): \($0.reason.words)" }
            let more = error.faults.count > told.count ? "; \(error.faults.count - told.count) more" : ""
            throw Fault(words: told.joined(separator: "; ") + more)
        }
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
