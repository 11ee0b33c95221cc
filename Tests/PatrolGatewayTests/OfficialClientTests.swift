import PatrolDomain
import PatrolTestSupport
import Testing

/// LaunchDarkly's own client for Python, unchanged, over a real connection.
@Suite struct `The official client` {
    private static let packages = PythonPackages("launchdarkly", ["launchdarkly-api==25.0.1"])
    private static let isWanted = packages != nil || SystemProgram.isContinuousIntegration

    @Test(.enabled(if: isWanted, "python3 with the package launchdarkly-api is missing, and can't be had"))
    func `drives every call that Patrol has, and gets the errors that it knows`() throws {
        let packages = try #require(Self.packages)
        let account = try ServedAccount()
        let (_, secret) = try account.createToken(.base(.admin))
        let script = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Client/acceptance.py"
        let environment = ["HOST": "http://127.0.0.1:\(account.port)", "SECRET": secret, "PATH": "/usr/bin:/bin"]
        let result = try PipedProgram.run(packages.python, [script], environment: environment, within: 120)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.hasSuffix("accepted\n"))
    }
}
