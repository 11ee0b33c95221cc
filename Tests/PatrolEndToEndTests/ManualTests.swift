import Glibc
import PatrolTestSupport
import Testing

/// The manual page, made by the program from its tables.
@Suite struct `The manual page` {
    private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    private let page: String
    private let home: TemporaryFolder

    init() throws {
        let account = try TestAccount()
        home = account.home
        page = try account.succeed(["manual"])
    }

    @Test func `in the folder of the documents is the program's own`() throws {
        let path = Self.folder + "/docs/patrol.1"
        if getenv("PATROL_RECORD") != nil { try TextFile.write(page, to: path, mode: 0o644) }
        #expect(TextFile.text(of: path) == page, "PATROL_RECORD=1 swift test --filter manual writes it anew")
    }

    @Test func `names every variable that the sources read`() {
        let pattern = /(?:environment|variable|getenv)\("([A-Z_]+)"\)/
        var found: Set<Substring> = []
        for file in TextFile.files(below: Self.folder + "/Sources", endingIn: ".swift") where !file.contains("Benchmark") {
            for match in (TextFile.text(of: file) ?? "").matches(of: pattern) { found.insert(match.output.1) }
        }
        #expect(found.count > 5)
        for name in found { #expect(page.contains(name), "\(name)") }
    }

    @Test(.enabled(if: SystemProgram.isWanted("groff"), "groff is missing"))
    func `is formatted without a warning`() throws {
        let groff = try #require(SystemProgram.path(of: "groff"))
        let result = try PipedProgram.run(
            groff, ["-wall", "-man", "-Kutf8", "-Tutf8", "-P-cbu"], environment: BuiltProgram.environment(home: home),
            input: page.utf8)
        #expect(result.exitCode == 0 && result.errors.isEmpty, "\(result.errors)")
        for text in ["patrol tokens create", "--filter TERMS", "one page down", "PATROL_KEYS", "patrol.db"] {
            #expect(result.output.contains(text), "\(text)")
        }
    }
}
