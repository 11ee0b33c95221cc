import PatrolDomain
import PatrolGateway
import PatrolOperations
import PatrolTestSupport
import Testing

/// The server is held to the description that it gives of itself: a tester makes calls from the schemas, good ones and bad ones.
@Suite struct `The description of the REST API` {
    private static let packages = PythonPackages("schemathesis", ["schemathesis==4.32.5"])
    private static let isWanted = packages != nil || SystemProgram.isContinuousIntegration

    @Test(.enabled(if: isWanted, "python3 with the package schemathesis is missing, and can't be had"))
    func `is kept, whatever is sent`() throws {
        let packages = try #require(Self.packages)
        let account = try ProgramAccount()
        let served = try account.serve()
        let (_, secret) = try account.createToken(.base(.admin))
        _ = try account.patrol.perform(.inviteMember(InviteMember(email: "kim@example.org")), as: account.ada)
        let host = "http://127.0.0.1:\(served.port)"
        let result = try PipedProgram.run(
            packages.folder + "/bin/schemathesis",
            [
                "run", "\(host)/api/v2/openapi.json", "--header", "Authorization: \(secret)", "--seed", "7",
                "--max-examples", "12", "--max-time", "60", "--suppress-health-check", "all", "--no-color",
                // What a schema can't say, such as that an address is free, or a moment to come, may be refused with 400.
                "--exclude-checks", "positive_data_acceptance",
                // It would delete the token that it comes with, or give it another secret.
                "--exclude-method", "DELETE", "--exclude-operation-id", "resetToken",
            ],
            environment: ["PATH": "/usr/bin:/bin", "HOME": account.folder.path], folder: account.folder.path, within: 240)
        #expect(result.exitCode == 0, "\(result.output.suffix(12_000))\(result.errors.suffix(2_000))")
        #expect(result.output.contains("generated"), "\(result.output.suffix(2_000))")
        try served.end()
    }
}
