import Glibc

/// A new folder of mode 0700 that goes, with all in it, when its owner does.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/patrol-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ProgramFailure("no temporary folder in `\(parent)`: error \(errno)")
        }
        self.path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { Self.remove(path) }

    /// The path of a file or folder in it.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { removeEntry("\(path)/\(name)") }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    /// A link is removed, never followed.
    private static func removeEntry(_ path: String) {
        if unlink(path) != 0 { remove(path) }
    }
}
