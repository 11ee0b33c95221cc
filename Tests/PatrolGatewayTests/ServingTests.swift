import CRawClient
import Glibc
import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

@Suite struct `The gateway starts` {
    @Test func `it says where it listens, answers, and ends when it is told to`() throws {
        let account = try ProgramAccount()
        let served = try account.serve()
        #expect(served.port != 0)
        let (_, secret) = try account.createToken()
        #expect(try account.ask(try served.client(), secret).status == 200)
        #expect(try served.client().request("GET", "/health/ready").status == 200)
        let result = try served.end()
        #expect(result.exitCode == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors == "patrol-gateway: listening on 127.0.0.1:\(served.port)\n")
    }

    @Test(arguments: [
        (["--listen", "0.0.0.0:0"], "`0.0.0.0` can be reached from outside"),
        (["--listen", "[::]:0"], "can be reached from outside"),
        (["--listen", "localhost:80"], "`localhost:80` is no place to listen on"),
        (["--listen", "unix:here.sock"], "`here.sock` has to be a whole path"),
        (["--trusted-proxies", "10.0.0.0/99"], "`10.0.0.0/99` is no address"),
        (["--socket-mode", "999"], "`--socket-mode` is a mode such as 660"),
        (["--realm", "a\"b"], "a realm is 1 to 80 visible characters"),
        (["--threads", "0"], "threads"), (["--drain", "soon"], "drain"), (["--nonsense"], "--nonsense"), (["here"], "here"),
    ])
    func `what it is told wrong is one clear line`(_ words: [String], _ sentence: String) throws {
        let account = try ProgramAccount()
        let result = try account.run(["serve"] + words)
        #expect(result.exitCode == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(sentence) && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test func `its own program takes the same words as patrol serve`() throws {
        let account = try ProgramAccount()
        let path = BuiltProgram.folder + "/patrol-gateway"
        let program = try PipedProgram(
            path, ["--database", account.location.database, "--listen=127.0.0.1:0"], environment: account.environment)
        let served = try ServedProgram(program, waiting: "listening on ")
        #expect(try served.client().request("GET", "/health/live").status == 200)
        #expect(try served.end().exitCode == 0)
        let wrong = try PipedProgram.run(path, ["--listen", "127.0.0.1"], environment: account.environment)
        #expect(wrong.exitCode == 2 && wrong.errors.split(separator: "\n").count == 1, "\(wrong.errors)")
    }

    @Test func `without an account it says so`() throws {
        let account = try ProgramAccount()
        let result = try account.run(["--database", account.folder("none.db"), "serve", "--listen", "127.0.0.1:0"])
        #expect(result.exitCode == 4)
        #expect(result.errors.contains("there is no account in") && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test func `a port that is in use is told`() throws {
        let account = try ProgramAccount()
        let first = try account.serve()
        let second = try account.run(["serve", "--listen", "127.0.0.1:\(first.port)"])
        #expect(second.exitCode == 4)
        #expect(second.errors == "patrol-gateway: can't listen on 127.0.0.1:\(first.port): Address already in use\n")
        #expect(try first.client().request("GET", "/health/live").status == 200)
    }

    @Test func `a socket that nobody serves is replaced, a live one and a file are left alone`() throws {
        let account = try ProgramAccount()
        let path = account.folder("patrol.sock")
        let first = try account.serve(["--socket-mode", "600"], on: "unix:\(path)")
        #expect(TextFile.mode(of: path) == 0o600)
        #expect(try RawClient(path: path).request("GET", "/health/live").status == 200)
        let second = try account.run(["serve", "--listen", "unix:\(path)"])
        #expect(second.exitCode == 4 && second.errors.contains("`\(path)`: Address already in use"), "\(second.errors)")
        #expect(try RawClient(path: path).request("GET", "/health/live").status == 200)
        first.program.process.send(signal: SIGKILL)
        _ = try first.program.finish()
        let third = try account.serve(on: "unix:\(path)")
        #expect(TextFile.mode(of: path) == 0o660)
        #expect(try RawClient(path: path).request("GET", "/health/live").status == 200)
        try third.end()
        let file = account.folder("file")
        try TextFile.write("mine", to: file)
        let fourth = try account.run(["serve", "--listen", "unix:\(file)"])
        #expect(fourth.exitCode == 4 && fourth.errors.contains("`\(file)`: File exists"), "\(fourth.errors)")
        #expect(TextFile.text(of: file) == "mine")
    }

    @Test func `whoever may open the socket is trusted to say what the call was`() throws {
        let account = try ProgramAccount()
        let path = account.folder("patrol.sock")
        let served = try account.serve(["--trusted-proxies", "none"], on: "unix:\(path)")
        let (_, secret) = try account.createToken()
        #expect(try account.ask(try RawClient(path: path), secret).status == 200)
        try served.end()
    }

    @Test func `the service manager is told when it is ready, and when it ends`() throws {
        let account = try ProgramAccount()
        let receiver = raw_receiver_at_path(account.folder("notify"))
        try #require(receiver >= 0)
        defer { raw_close(receiver) }
        func next() -> String {
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = raw_receive(receiver, &bytes, bytes.count, 10_000)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
        let served = try account.serve(settings: ["NOTIFY_SOCKET": account.folder("notify")])
        #expect(next() == "READY=1")
        try served.end()
        #expect(next() == "STOPPING=1")
    }

    @Test(.enabled(if: SystemProgram.isWanted("systemd-socket-activate"), "systemd-socket-activate is missing"), arguments: [true, false])
    func `a socket that the service manager opened is taken`(_ isPath: Bool) throws {
        let account = try ProgramAccount()
        let starter = try #require(SystemProgram.path(of: "systemd-socket-activate"))
        let path = account.folder("given.sock")
        // A port that was free a moment ago.
        let free = try account.serve()
        try free.end()
        let place = isPath ? path : "127.0.0.1:\(free.port)"
        let settings = account.environment.map { "--setenv=\($0.key)=\($0.value)" }
        let program = try PipedProgram(
            starter, ["--listen=\(place)"] + settings + [BuiltProgram.patrol, "serve"], environment: account.environment)
        // The program is started by the first who comes, and whoever comes meanwhile waits.
        try program.waitForErrors("Listening on")
        let client = try isPath ? RawClient(path: path) : RawClient(port: free.port)
        #expect(try client.request("GET", "/health/ready").status == 200)
        let said = try program.waitForErrors("the socket that was handed over")
        if !isPath { #expect(said.contains("listening on \(place), the socket that was handed over")) }
        program.process.send(signal: SIGTERM)
        #expect(try program.finish().exitCode == 0)
    }

    @Test(.enabled(if: SystemProgram.isWanted("systemd-socket-activate"), "systemd-socket-activate is missing"))
    func `a public socket is refused from the service manager, too, unless it is meant`() throws {
        let account = try ProgramAccount()
        let starter = try #require(SystemProgram.path(of: "systemd-socket-activate"))
        let free = try account.serve()
        try free.end()
        let settings = account.environment.map { "--setenv=\($0.key)=\($0.value)" }
        let program = try PipedProgram(
            starter, ["--listen=0.0.0.0:\(free.port)"] + settings + [BuiltProgram.patrol, "serve"], environment: account.environment)
        try program.waitForErrors("Listening on")
        let client = try RawClient(port: free.port)
        try program.waitForErrors("`0.0.0.0` can be reached from outside")
        #expect(try program.finish().exitCode == 2)
        #expect(client.rest().isEmpty)
    }
}
