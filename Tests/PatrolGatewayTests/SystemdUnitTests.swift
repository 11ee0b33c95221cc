import Glibc
import PatrolOperations
import PatrolTestSupport
import Testing

/// The units in `docs/systemd`, held to what they promise.
@Suite struct `The gateway as a service of systemd` {
    private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/docs/systemd"

    private let units: TemporaryFolder

    /// The units with the program in the place where it was built.
    init() throws {
        units = try TemporaryFolder()
        for name in ["patrol.service", "patrol.socket"] {
            let text = try #require(TextFile.text(of: "\(Self.folder)/\(name)"))
            let here = text.replacing("/usr/local/bin/patrol", with: BuiltProgram.patrol)
                .replacing("Documentation=man:patrol(1)\n", with: "")
            try TextFile.write(here, to: units(name))
        }
    }

    private func analyze(_ words: [String]) throws -> PipedProgram.Result {
        try PipedProgram.run(
            try #require(SystemProgram.path(of: "systemd-analyze")), words, environment: ["PATH": "/usr/bin:/bin", "LANG": "C"])
    }

    @Test(.enabled(if: SystemProgram.isWanted("systemd-analyze"), "systemd-analyze is missing"))
    func `systemd understands every line of the units`() throws {
        let result = try analyze(["verify", units("patrol.service"), units("patrol.socket")])
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(!result.errors.contains("patrol."), "\(result.errors)")
    }

    @Test(.enabled(if: SystemProgram.isWanted("systemd-analyze"), "systemd-analyze is missing"))
    func `systemd counts the service among the safe ones`() throws {
        // The threshold is a tenth of a point times ten: 1.0 of 10.
        let result = try analyze(["security", "--offline=true", "--threshold=10", "--no-pager", units("patrol.service")])
        #expect(result.exitCode == 0 && result.output.contains("SAFE"), "\(result.output.suffix(400))\(result.errors)")
    }

    @Test func `what the service may write is the folder of its account`() throws {
        let service = try #require(TextFile.text(of: "\(Self.folder)/patrol.service")).split(separator: "\n").map(String.init)
        #expect(service.contains("ProtectSystem=strict") && service.contains("StateDirectory=patrol"))
        #expect(service.contains("Environment=PATROL_DATABASE=/var/lib/patrol/patrol.db"))
        #expect(!service.contains { $0.hasPrefix("ReadWritePaths=") })
    }

    @Test func `the key is found under the name that systemd gives it`() throws {
        let account = try ProgramAccount()
        let credentials = account.folder("credentials")
        mkdir(credentials, 0o700)
        let key = try #require(TextFile.files(below: account.location.keyFolder, endingIn: ".key").first)
        let name = try #require(key.split(separator: "/").last)
        let text = try #require(TextFile.text(of: key))
        try TextFile.write(text, to: "\(credentials)/keys_\(name)", mode: 0o400)
        let (_, secret) = try account.createToken()
        unlink(key)
        let served = try account.serve(settings: ["PATROL_KEYS": "", "CREDENTIALS_DIRECTORY": credentials])
        #expect(try account.ask(try served.client(), secret).status == 200)
        try served.end()
        let without = try account.run(["serve", "--listen", "127.0.0.1:0"])
        #expect(without.exitCode == 4 && without.errors.contains("the key of this account can't be read"), "\(without.errors)")
    }
}
