import Glibc

/// Files as tests need them: whole, small, text.
package enum TextFile {
    /// The bytes of a file; nil when it can't be read.
    package static func bytes(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return count == 0 ? all : nil }
            all.append(contentsOf: chunk.prefix(count))
        }
    }

    package static func text(of path: String) -> String? {
        bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
    }

    package static func write(_ text: String, to path: String, mode: UInt32 = 0o600) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw ProgramFailure("`\(path)` can't be written: error \(errno)") }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, Array(rest), rest.count)
            guard count > 0 else { throw ProgramFailure("`\(path)` can't be written: error \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// The permission bits of a file or folder; nil when it is not there.
    package static func mode(of path: String) -> UInt32? {
        var found = stat()
        return stat(path, &found) == 0 ? found.st_mode & 0o7777 : nil
    }

    /// Every file below a folder whose name ends so, sorted; hidden folders are left out.
    package static func files(below folder: String, endingIn ending: String) -> [String] {
        var found: [String] = []
        guard let open = opendir(folder) else { return [] }
        while let entry = readdir(open) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = "\(folder)/\(name)"
            if name.hasSuffix(ending) { found.append(path) }
            if entry.pointee.d_type == UInt8(DT_DIR) { found += files(below: path, endingIn: ending) }
        }
        closedir(open)
        return found.sorted()
    }
}
