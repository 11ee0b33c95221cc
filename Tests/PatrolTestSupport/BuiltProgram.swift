import Glibc

/// The programs that were built beside the tests.
package enum BuiltProgram {
    /// The folder that holds the test program and what was built with it.
    package static let folder: String = {
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        let here = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return here.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }()

    package static var patrol: String { folder + "/patrol" }

    /// What a program under test gets to know, and nothing else: a terminal that most people have, UTF-8,
    /// a home of its own. A crash must end it at once, without a wait for the debugger.
    package static func environment(
        home: TemporaryFolder, _ changes: [String: String?] = [:]
    ) -> [String: String] {
        var settings = [
            "HOME": home.path,
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "SWIFT_BACKTRACE": "enable=no",
            "TERM": "xterm-256color",
            "TMPDIR": home.path,
        ]
        for (name, value) in changes { settings[name] = value }
        return settings
    }
}
