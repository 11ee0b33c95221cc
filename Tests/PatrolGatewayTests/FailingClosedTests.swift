import Glibc
import PatrolDomain
import PatrolGateway
import PatrolHTTP
import PatrolOperations
import PatrolTestSupport
import Synchronization
import Testing

@Suite struct `What can't be decided or counted is not let through` {
    @Test func `the account's file moved away is noticed, and found when it is back`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        let (_, secret) = try account.createToken()
        #expect(try account.ask(try served.client(), secret).status == 200)
        let away = account.folder("data/away.db")
        rename(account.location.database, away)
        let refused = try account.ask(until: 503, served, secret)
        #expect(refused.value("Remote-User") == "" && refused.text.contains("account-unavailable") || refused.text.contains("unavailable"))
        #expect(try account.ask(try served.client(), secret, style: "nginx").status == 403)
        #expect(try account.ask(try served.client(), secret, style: "envoy/a").status == 503)
        #expect(try served.client().request("GET", "/health/ready").status == 503)
        #expect(try served.client().request("GET", "/health/live").status == 200)
        rename(away, account.location.database)
        try account.ask(until: 200, served, secret)
        #expect(try served.client().request("GET", "/health/ready").status == 200)
        let said = try served.end().errors
        #expect(said.contains("use can't be written, and is kept until it can") && said.contains("use is written again"), "\(said)")
    }

    @Test func `another file in the account's place decides nothing`() throws {
        let account = try ProgramAccount()
        let other = try ProgramAccount()
        let served = try account.serve()
        let (_, secret) = try account.createToken()
        #expect(try account.ask(try served.client(), secret).status == 200)
        rename(account.location.database, account.folder("data/away.db"))
        rename(other.location.database, account.location.database)
        try account.ask(until: 503, served, secret)
        usleep(1_500_000)
        #expect(try account.ask(try served.client(), secret).status == 503)
        // The use that can't be written is not lost in silence.
        let result = try served.end()
        #expect(result.exitCode == 4 && result.errors.contains("use can't be written"), "\(result.errors)")
    }

    @Test func `where use can't be written for a minute nothing is let through, and it is kept`() throws {
        let account = try ProgramAccount()
        let later = Mutex(TimeSpan(milliseconds: 0))
        let gate = try SharedGate(opening: account.location, clock: { Machine.now + later.withLock { $0 } })
        var settings = GatewaySettings()
        settings.trustedProxies = [.loopback]
        let socket = try ListeningSocket.listen(on: .loopback, port: 0)
        let port = socket.port
        let server = try #require(HTTPServer(on: socket, limits: HTTPLimits(), handler: try Gateway(gate, at: account.location, settings: settings)))
        defer { server.stop() }
        let client = try RawClient(port: port)
        let (token, secret) = try account.createToken()
        #expect(try account.ask(client, secret).status == 200)
        later.withLock { $0 = .minutes(2) }
        #expect(try account.ask(client, secret).status == 503)
        #expect(try account.ask(client, secret, style: "nginx").status == 403)
        #expect(try client.request("GET", "/health/ready").status == 503)
        try gate.writeUse()
        #expect(try account.ask(client, secret).status == 200)
        #expect(try client.request("GET", "/health/ready").status == 200)
        #expect(try account.allowedCalls(of: token.id) == 1)
    }

    @Test(.enabled(if: SystemProgram.isWanted("sqlite3"), "sqlite3 is missing"))
    func `while another holds the account calls are decided, and counted once it lets go`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        let (token, secret) = try account.createToken()
        let holder = try PipedProgram(
            try #require(SystemProgram.path(of: "sqlite3")), [account.location.database], environment: account.environment)
        try holder.send("PRAGMA busy_timeout=5000;\nBEGIN IMMEDIATE;\n.system echo held\n")
        try holder.waitForOutput("the lock") { $0.contains("held") }
        let client = try served.client()
        #expect(try account.ask(client, secret).status == 200)
        try served.program.waitForErrors("use can't be written, and is kept until it can")
        #expect(try account.ask(client, secret).status == 200)
        try holder.send("ROLLBACK;\n")
        try served.program.waitForErrors("use is written again")
        #expect(try account.allowedCalls(of: token.id) == 2)
        try served.end()
    }

    @Test(.enabled(if: SystemProgram.isWanted("sqlite3"), "sqlite3 is missing"))
    func `an account of a newer Patrol is not served`() throws {
        let account = try ProgramAccount()
        let raise = try PipedProgram.run(
            try #require(SystemProgram.path(of: "sqlite3")), [account.location.database, "PRAGMA user_version=9999"],
            environment: account.environment)
        #expect(raise.exitCode == 0, "\(raise.errors)")
        let result = try account.run(["serve", "--listen", "127.0.0.1:0"])
        #expect(result.exitCode == 4)
        #expect(result.errors.contains("written by a newer Patrol") && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
}
