import Glibc

/// Programs of the system that some tests need: shells, the formatter of manuals, SQLite's own, proxies.
package enum SystemProgram {
    /// Where it is; nil where it is not there.
    package static func path(of name: String) -> String? {
        ["/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/sbin/", "/sbin/"].map { $0 + name }.first { access($0, X_OK) == 0 }
    }

    /// Whether a missing piece is a failure.
    package static let isContinuousIntegration = getenv("CI").map { String(cString: $0) } == "true"

    /// Whether a test that needs it is to run. On a user's machine a missing program skips the test; with `CI=true`
    /// the test runs, and fails.
    package static func isWanted(_ name: String) -> Bool {
        path(of: name) != nil || isContinuousIntegration
    }
}
