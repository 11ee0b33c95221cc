internal import CSystem

/// What is at a path, without following a link there.
struct FileLook: Sendable {
    enum Kind: Sendable { case regular, folder, link, other }

    let kind: Kind
    /// Device and number: the same file has the same.
    let identity: FileIdentity
    let size: Int64
    /// Permission bits.
    let mode: UInt32
    let owner: UInt32

    /// Nil where nothing is there.
    init?(at path: String) throws(StorageError) {
        var file = csystem_file()
        let code = csystem_look_at(path, &file)
        if code == -csystem_enoent || code == -csystem_enotdir { return nil }
        if code == -csystem_eacces { throw .permission(path: path, .denied) }
        guard code == 0 else { throw .system("stat", path, code) }
        kind =
            switch file.kind {
            case csystem_file_regular: .regular
            case csystem_file_folder: .folder
            case csystem_file_link: .link
            default: .other
            }
        identity = FileIdentity(device: file.device, number: file.number)
        size = file.size
        mode = file.mode
        owner = file.owner
    }

    /// Refuses what others could read or write, or what belongs to somebody else.
    func requirePrivate(_ path: String) throws(StorageError) {
        guard owner == csystem_user() else { throw .permission(path: path, .owner(owner)) }
        guard mode & 0o077 == 0 else { throw .permission(path: path, .mode(mode)) }
    }
}

struct FileIdentity: Hashable, Sendable {
    var device: UInt64
    var number: UInt64
}

/// The database file and the small files beside it, by absolute paths without links.
struct DatabasePath: Hashable, Sendable {
    /// The folder.
    let folder: String
    let file: String

    var lock: String { file + "-lock" }
    var bell: String { file + "-bell" }
    /// Files that SQLite keeps beside it.
    var leftovers: [String] { [file + "-wal", file + "-shm", file + "-journal"] }

    /// The folder of `path` must exist.
    init(_ path: String) throws(StorageError) {
        let (folder, name) = Self.split(path)
        guard !name.isEmpty, name != ".", name != ".." else { throw .notPatrol(path: path, .folder) }
        var real = [CChar](repeating: 0, count: 4_096)
        let count = csystem_real_path(folder, &real, real.count)
        if count == -csystem_enoent || count == -csystem_enotdir { throw .notFound(path: path) }
        if count == -csystem_eacces { throw .permission(path: folder, .denied) }
        guard count > 0 else { throw .system("realpath", folder, count) }
        self.folder = String(decoding: real[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.file = self.folder == "/" ? "/" + name : self.folder + "/" + name
    }

    /// The folder and the name of a path.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let folder = String(path[..<slash])
        return (folder.isEmpty ? "/" : folder, String(path[path.utf8.index(after: slash)...]))
    }

    /// Makes the folder of `path`, and those above it, for their owner alone.
    static func makeFolder(of path: String) throws(StorageError) {
        let folder = split(path).folder
        if folder == "." || folder == "/" { return }
        if try FileLook(at: folder) != nil { return }
        try makeFolder(of: folder)
        let code = csystem_make_folder(folder)
        switch code {
        case 0, -csystem_eexist: return
        case -csystem_eacces: throw .permission(path: folder, .denied)
        case -csystem_erofs: throw .readOnly(path: folder)
        case -csystem_enospc, -csystem_edquot: throw .full
        default: throw .system("mkdir", folder, code)
        }
    }

    /// Refuses a folder that others can look into or that this process may not write to.
    func requirePrivateFolder(mayWrite: Bool) throws(StorageError) {
        guard let look = try FileLook(at: folder) else { throw .notFound(path: folder) }
        guard look.kind == .folder else { throw .notFound(path: folder) }
        try look.requirePrivate(folder)
        if mayWrite { try Self.requireWritable(folder) }
    }

    static func requireWritable(_ path: String) throws(StorageError) {
        switch csystem_may_write(path) {
        case 0: return
        case -csystem_erofs: throw .readOnly(path: path)
        case -csystem_eacces, -csystem_eperm: throw .permission(path: path, .denied)
        case let code: throw .system("access", path, code)
        }
    }
}
