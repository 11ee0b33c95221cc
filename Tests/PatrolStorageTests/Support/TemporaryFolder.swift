import CSystem
import Glibc

/// A private folder that is gone at the end of its test.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/patrol-storage-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "a folder for a test")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// The path of something in it.
    subscript(name: String) -> String { "\(path)/\(name)" }

    /// Names in it, sorted.
    var names: [String] { Self.names(in: path) }

    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ path: String) {
        for name in names(in: path) {
            let inner = "\(path)/\(name)"
            if unlink(inner) != 0 { remove(inner) }
        }
        rmdir(path)
    }
}

/// Reading and writing whole files, for tests that spoil them.
enum File {
    static func read(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = Glibc.read(descriptor, &part, part.count), count > 0 {
            bytes += part[..<count]
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        precondition(descriptor >= 0, "a file for a test")
        defer { close(descriptor) }
        fchmod(descriptor, mode)
        var place = 0
        while place < bytes.count {
            let count = bytes[place...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            precondition(count > 0, "a file for a test")
            place += count
        }
    }

    static func mode(_ path: String) -> UInt32 {
        var file = csystem_file()
        return csystem_look_at(path, &file) == 0 ? file.mode : 0
    }
}
