import Glibc
import PatrolOperations

/// Where a made-up account lives: in a new temporary folder, unless it is to be kept.
final class DemoPlace: Sendable {
    let location: Location
    private let folder: String?

    /// - Parameter kept: Where the account is to stay; nil: in a folder that `clear` takes away.
    init(keeping kept: Location?) throws(CommandFailure) {
        if let kept {
            location = kept
            folder = nil
            return
        }
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/patrol-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw InputFile.failure("make a folder in", parent) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        folder = path
        location = Location(database: "\(path)/patrol.db", keyFolder: "\(path)/keys")
    }

    /// The temporary folder of an account that another process made; nil where `location` is anything else.
    init?(temporary location: Location) {
        let path = location.database
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path[slash...] == "/patrol.db" else { return nil }
        let folder = String(path[..<slash])
        guard folder.split(separator: "/").last?.hasPrefix("patrol-demo-") == true,
            location.keyFolder == "\(folder)/keys"
        else { return nil }
        self.location = location
        self.folder = folder
    }

    /// Takes the temporary folder away, with all that the account keeps in it.
    func clear() {
        guard let folder else { return }
        Self.remove(folder, depth: 0)
    }

    private static func remove(_ folder: String, depth: Int) {
        guard depth < 4 else { return }
        for name in (try? InputFile.names(in: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            if unlink(path) != 0 { remove(path, depth: depth + 1) }
        }
        rmdir(folder)
    }

    /// Starts a process that works in the account, as long as this one lives.
    func startWork() {
        let words = ["patrol", "demo", "--work", "--database", location.database]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        setenv("PATROL_KEYS", location.keyFolder, 1)
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        for descriptor in STDIN_FILENO...STDERR_FILENO {
            posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The screen blocks and ignores signals that are to end this one.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var process = pid_t()
        // Without it the feed stands still, and nothing else is lost.
        _ = posix_spawn(&process, "/proc/self/exe", &files, &attributes, &arguments, environ)
    }
}
