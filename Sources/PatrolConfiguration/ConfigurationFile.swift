import CSystem
import Glibc

/// A file that a person keeps beside the program: it may be missing, or anything else than what it should be.
package enum ConfigurationFile {
    package enum Reading: Hashable, Sendable {
        case text([UInt8])
        case missing
        /// Why it can't be read, in words of one line, with its name.
        case fault(String)
    }

    /// Reads an ordinary file of at most `maximum` bytes, also through links. It never waits: not for a pipe either.
    package static func read(_ path: String, maximum: Int) -> Reading {
        var bytes = [UInt8](repeating: 0, count: maximum)
        let count = configuration_read(path, &bytes, maximum)
        if count >= 0 { return .text(Array(bytes[..<count])) }
        let name = name(of: path)
        switch Int32(-count) {
        case ENOENT, ENOTDIR: return .missing
        case EFBIG: return .fault("`\(name)` is larger than \(maximum) bytes")
        case EISDIR: return .fault("`\(name)` is a folder")
        case EINVAL: return .fault("`\(name)` is no ordinary file")
        case ELOOP: return .fault("`\(name)` is a link that leads nowhere")
        case let error: return .fault("`\(name)` can't be read: \(String(cString: strerror(error)))")
        }
    }

    /// Puts these bytes in the file's place, whole or not at all, for its owner alone. Nil, or why that failed.
    package static func write(_ bytes: [UInt8], to path: String) -> String? {
        let error = configuration_write(path, bytes, bytes.count)
        if error == ELOOP { return "`\(name(of: path))` is a link that leads nowhere" }
        return error == 0 ? nil : "`\(path)` can't be written: \(String(cString: strerror(error)))"
    }

    /// Makes of what is there what is to be there, while no other session does. `change` gets the file as it is now, not as it
    /// was read some time ago; where it answers nil, the file stays. Nil, or why it was not written.
    package static func update(_ path: String, maximum: Int, _ change: (Reading) -> [UInt8]?) -> String? {
        let lock = configuration_lock(path, lockMilliseconds)
        guard lock != Int32(CONFIGURATION_HELD) else { return "`\(name(of: path))` is being written by another program" }
        defer { configuration_unlock(lock) }
        return change(read(path, maximum: maximum)).flatMap { write($0, to: path) }
    }

    /// Longer than a file of this size takes on a slow disk, no longer than a person waits.
    private static let lockMilliseconds: Int32 = 1_000

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
