import Glibc

/// Python with packages of its own, for clients and testers that there are only there. Made once, beside what was built.
package struct PythonPackages {
    package let folder: String
    package let python: String

    /// Nil where there is no Python, or the packages can't be had: then a user's machine skips what needs them.
    ///
    /// - Parameter requirements: With versions, as pip takes them.
    package init?(_ name: String, _ requirements: [String]) {
        folder = BuiltProgram.folder + "/python-\(name)"
        python = folder + "/bin/python"
        let mark = folder + "/complete"
        if TextFile.text(of: mark) == requirements.joined(separator: "\n") { return }
        guard let system = Self.systemPython, Self.run(system, ["-m", "venv", "--clear", folder]),
            Self.run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"] + requirements)
        else { return nil }
        guard (try? TextFile.write(requirements.joined(separator: "\n"), to: mark)) != nil else { return nil }
    }

    /// The first in the path of whoever runs the tests.
    private static var systemPython: String? {
        let folders = ownEnvironment["PATH", default: "/usr/bin"].split(separator: ":")
        return folders.map { "\($0)/python3" }.first { access($0, X_OK) == 0 }
    }

    /// With the settings of whoever runs the tests: how his packages come to him is his affair.
    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let result = try? PipedProgram.run(program, arguments, environment: ownEnvironment, within: 300)
        return result?.exitCode == 0
    }

    package static var ownEnvironment: [String: String] {
        var settings: [String: String] = [:]
        var place = environ
        while let entry = place.pointee {
            let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { settings[String(parts[0])] = String(parts[1]) }
            place += 1
        }
        return settings
    }
}
