import Glibc
import PatrolTestSupport
import Testing

/// The command line as people and scripts use it, with the built program.
@Suite struct `Command line stories` {
    @Test func `an account is founded, used and reviewed by the lines of the guide`() throws {
        let account = try TestAccount.acme()
        try account.succeed(["members", "invite", "kim@example.org", "--role", "writer"])
        #expect(try account.succeed(["members", "list"]).contains("kim@example.org"))

        let secret = try account.succeed([
            "tokens", "create", "--name", "nightly export", "--purpose", "copies flags to the warehouse", "--role",
            "reader", "--expires", "30d",
        ])
        #expect(secret.hasPrefix("ptlp_"))
        #expect(secret.utf8.count == 57 && secret.hasSuffix("\n"), "the secret alone, and a line feed")

        let id = try account.tokenID(named: "nightly export")
        let listed = try account.succeed(["tokens", "list", "--filter", "owner:ada", "--json"])
        #expect(listed.contains(id))
        #expect(!listed.contains(secret.dropLast()))
        #expect(!(try account.succeed(["tokens", "list", "--filter", "owner:ada unused>90d", "--json"])).contains(id))

        try account.succeed(["tokens", "flag", id, "--reason", "account-wide", "--by", "2027-01-31"])
        #expect(try account.succeed(["tokens", "list", "--filter", "flagged", "--json"]).contains(id))
        let explained = try account.run([
            "explain", "--token", id, "updateOn", "proj/web;core:env/production:flag/checkout", "--json",
        ])
        #expect(explained.output.contains("\"deny\""))
        try account.succeed(["tokens", "delete", id, "--yes"])
        #expect(!(try account.succeed(["tokens", "list", "--json"])).contains(id))

        let log = try account.succeed(["audit", "list", "--limit", "20", "--json"])
        for name in ["account.created", "member.invited", "token.created", "token.flagged", "token.deleted"] {
            #expect(log.contains("\"\(name)\""), "\(name)")
        }
        #expect(!(try account.succeed(["review"])).isEmpty)
    }

    @Test func `a secret is allowed what its role allows, as long as its token lives`() throws {
        let account = try TestAccount.acme()
        let secret = try account.succeed(["tokens", "create", "--name", "reader", "--purpose", "p", "--role", "reader"])
        let view = ["check", "viewProject", "proj/web"]
        let write = ["check", "updateOn", "proj/web:env/production:flag/checkout"]
        #expect(try account.run(view, input: secret).exitCode == 0)
        #expect(try account.run(write, input: secret).exitCode == 1)
        #expect(try account.run(view, input: "ptlp_000000000000_00000000000000000000000000000000000000\n").exitCode == 1)
        try account.succeed(["tokens", "delete", try account.tokenID(named: "reader"), "--yes"])
        #expect(try account.run(view, input: secret).exitCode == 1)
    }

    @Test func `a secret in use elsewhere is adopted from standard input`() throws {
        let account = try TestAccount.acme()
        let old = "api-0f9d2c1e-77aa-4b53-9d0e-1f2a3b4c5d6e\n"
        try account.succeed(["tokens", "adopt", "--kind", "account", "--name", "the old token"], input: old)
        #expect(try account.run(["check", "deleteProject", "proj/web"], input: old).exitCode == 0)
        let again = try account.run(["tokens", "adopt", "--kind", "account", "--name", "again"], input: old)
        #expect(again.exitCode != 0)
        #expect(!again.errors.contains("0f9d2c1e"))
    }

    @Test func `batches are answered line for line, in order`() throws {
        let account = try TestAccount.acme()
        let id = try account.makeToken("reader")
        let lines = (0..<1_000).map { number in
            "{\"token\": \"\(id)\", \"action\": \"\(number % 2 == 0 ? "viewProject" : "updateOn")\", \"resource\": \"\(number % 2 == 0 ? "proj/p" : "proj/p:env/e:flag/f")\"}\n"
        }
        let answers = try account.run(["explain", "--batch"], input: lines.joined()).lines
        #expect(answers.count == 1_000)
        #expect(answers.enumerated().allSatisfy { $1.contains($0 % 2 == 0 ? "\"allow\"" : "\"deny\"") })
    }

    @Test func `the log is followed while others write`() throws {
        let account = try TestAccount.acme()
        let following = try PipedProgram(
            BuiltProgram.patrol, ["audit", "--follow"], environment: account.environment, folder: account.home.path)
        try account.succeed(["members", "invite", "first@example.org", "--role", "reader"])
        try following.waitForOutput("the first") { $0.contains("first@example.org") }
        try account.succeed(["members", "invite", "second@example.org", "--role", "reader"])
        try following.waitForOutput("the second") { $0.contains("second@example.org") }
        following.process.send(signal: SIGINT)
        try following.process.waitForEnd(within: 30)
    }

    @Test func `refusals and mistakes have their own exit codes and one line of errors`() throws {
        let account = try TestAccount.acme()
        try account.succeed(["members", "invite", "kim@example.org", "--role", "reader"])
        try account.succeed(["members", "accept", "--as", "kim@example.org"])
        let refused = try account.run(["members", "invite", "x@example.org", "--role", "reader", "--as", "kim@example.org"])
        let mistaken = try account.run(["tokens", "lisst"])
        let absent = try account.run(["tokens", "delete", "5f0000000000000000000000", "--yes"])
        for result in [refused, mistaken, absent] {
            #expect(result.output.isEmpty)
            #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        }
        #expect(Set([refused, mistaken, absent].map(\.exitCode)).count >= 2)
        #expect(refused.errors.contains("createMember"))
        #expect(try account.succeed(["audit", "list", "--json"]).contains("x@example.org"), "a refusal is recorded")
    }

    @Test func `a backup is a new private file that opens`() throws {
        let account = try TestAccount.acme()
        let copy = account.home("copy.db")
        try account.succeed(["backup", copy])
        #expect(TextFile.mode(of: copy) == 0o600)
        #expect(try account.run(["backup", copy]).exitCode != 0, "what is there is not overwritten")
        #expect(TextFile.mode(of: account.database) == 0o600)
        #expect(TextFile.mode(of: account.home("data")) == 0o700)
        let opened = try account.run(["--database", copy, "members", "list"])
        #expect(opened.output.contains("ada@example.org"), "\(opened.errors)")
    }

    @Test func `an account goes out and comes in again in the other system's shape`() throws {
        let account = try TestAccount.acme()
        try account.succeed(["members", "invite", "kim@example.org", "--role", "writer"])
        let id = try account.makeToken("nightly export")
        let folder = account.home("export")
        try account.succeed(["export", "launchdarkly", folder])
        let other = try TestAccount.acme()
        try other.succeed(["import", "launchdarkly", folder])
        #expect(try other.succeed(["members", "list"]).contains("kim@example.org"))
        #expect(try other.succeed(["tokens", "list", "--json"]).contains(id))
        let before = try other.succeed(["audit", "list", "--limit", "50", "--json"])
        try TextFile.write("{\"items\": [", to: "\(folder)/members-2.json")
        let broken = try other.run(["import", "launchdarkly", folder])
        #expect(broken.exitCode != 0)
        #expect(broken.errors.contains("members-2.json"))
        #expect(try other.succeed(["audit", "list", "--limit", "50", "--json"]) == before, "a broken file changes nothing")
    }

    @Test func `without a terminal patrol prints the review`() throws {
        let account = try TestAccount.madeUp()
        let review = try account.succeed([])
        #expect(review.contains("account-wide"))
        #expect(!review.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 127 })
        #expect(try account.succeed(["review"]) == review)
    }
}
