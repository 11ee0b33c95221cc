import Glibc

/// Files that the command line reads.
enum InputFile {
    /// The whole file: a plain one, no link, and not the account's own database.
    ///
    /// - Parameter database: never opened, under whatever name: closing it would take away the locks that this
    ///   process holds on it.
    static func read(_ path: String, limit: Int, sparing database: String) throws(CommandFailure) -> [UInt8] {
        let (descriptor, _) = try open(path, sparing: database)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("read", path)
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw .input("`\(path)` is larger than \(limit) bytes")
            }
        }
    }

    /// Opens a plain file, as `read` does; the descriptor, and its size in bytes.
    static func open(
        _ path: String, sparing database: String
    ) throws(CommandFailure) -> (descriptor: Int32, size: Int) {
        var there = stat()
        guard lstat(path, &there) == 0 else { throw failure("read", path) }
        for ending in ["", "-wal", "-shm"] {
            var own = stat()
            if stat(database + ending, &own) == 0, own.st_dev == there.st_dev, own.st_ino == there.st_ino {
                throw .input("`\(path)` is the account's database")
            }
        }
        guard there.st_mode & S_IFMT == S_IFREG else { throw notPlain(path) }
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        guard fstat(descriptor, &there) == 0, there.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw notPlain(path)
        }
        return (descriptor, Int(there.st_size))
    }

    /// The names in a folder, shorter before longer, so that page 10 follows page 9.
    static func names(in folder: String) throws(CommandFailure) -> [String] {
        guard let stream = opendir(folder) else { throw failure("read", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }

    /// Whether nothing at all is at the path.
    static func isMissing(_ path: String) -> Bool {
        var there = stat()
        return lstat(path, &there) != 0 && errno == ENOENT
    }

    private static func notPlain(_ path: String) -> CommandFailure {
        .input("`\(path)` is not a plain file")
    }

    static func failure(_ verb: String, _ path: String) -> CommandFailure {
        let code = errno
        return code == ENOENT
            ? .notFound("there is no `\(path)`")
            : .unavailable("can't \(verb) `\(path)`: \(SystemError.words(code))")
    }
}

/// A new file for its owner alone: never over one that is there, never through a link.
struct NewFile {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws(CommandFailure) {
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        self.path = path
        guard descriptor >= 0 else {
            if errno == EEXIST { throw .unavailable("`\(path)` is there already, and is left as it is") }
            throw InputFile.failure("make", path)
        }
    }

    /// Writes everything, has it on the disk, and closes the file. Where that fails, the file is gone.
    func finish(_ bytes: [UInt8] = []) throws(CommandFailure) {
        guard write(bytes) == 0 else {
            let failure = InputFile.failure("write", path)
            discard()
            throw failure
        }
        // Some file systems have nothing to wait for, and say so.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            let failure = InputFile.failure("write", path)
            discard()
            throw failure
        }
        close(descriptor)
    }

    /// Writes some bytes; answers 0, or the number of the error.
    func write(_ bytes: [UInt8]) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return 0
    }

    /// Takes the file away again.
    func discard() {
        close(descriptor)
        unlink(path)
    }
}

enum Folder {
    /// Makes the folder, for its owner alone; one that is there must be empty. Whether it was made.
    static func makeEmpty(_ path: String) throws(CommandFailure) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw InputFile.failure("make", path) }
        guard try InputFile.names(in: path).isEmpty else {
            throw .unavailable("`\(path)` is not empty, and is left as it is")
        }
        return false
    }

    /// Takes away files that were written into it, and the folder where it was made for them.
    static func clear(_ path: String, of files: [String], isMade: Bool) {
        for file in files { unlink(file) }
        if isMade { rmdir(path) }
    }
}
