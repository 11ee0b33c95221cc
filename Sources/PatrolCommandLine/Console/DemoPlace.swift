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
        var process = pid_t()
        // Without it the feed stands still, and nothing else is lost.
        _ = posix_spawn(&process, "/proc/self/exe", &files, nil, &arguments, environ)
    }
}
