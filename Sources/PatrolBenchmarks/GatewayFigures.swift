import CPseudoTerminal
import Glibc
import PatrolOperations

/// How many calls the gateway authorizes, beside an nginx that answers without looking, and what it costs nginx to ask it.
struct GatewayFigures {
    let programs: String
    let folder: String
    let options: Options

    private let workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    private static let connections = 64
    private static let quickTokens = 20_000

    /// The exit code.
    func run() -> Int32 {
        for program in [NginxServer.program, LoadRun.program] where access(program, X_OK) != 0 {
            print("the gateway: left out, `\(program)` is not installed (apt install nginx wrk)")
            return 0
        }
        do {
            let account = try GatewayAccount(tokens: options.tokens ?? Self.quickTokens, in: folder)
            print("\(options.tokens ?? Self.quickTokens) tokens of the demo and \(GatewayAccount.secrets) made through the door with secrets that are presented: in \(shown(account.seconds)) s; \(workers) workers, \(Self.connections) connections; load \(ProcessFacts.text(of: "/proc/loadavg").prefix(14))")
            var verdicts = Verdicts()
            try measure(account, &verdicts)
            verdicts.printAll()
            return 0
        } catch {
            print("the gateway: \(error)")
            return 1
        }
    }

    /// Starts the gateway on a port.
    static func server(
        _ programs: String, _ account: Location, routes: String?, workers: Int, port: Int
    ) throws -> ServerProcess {
        let words = [
            "\(programs)/patrol-gateway", "--database", account.database, "--listen", "127.0.0.1:\(port)", "--threads",
            String(workers),
        ]
        return try ServerProcess(
            words + (routes.map { ["--routes", $0] } ?? []),
            environment: ["PATROL_KEYS": account.keyFolder, "HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"],
            port: port, patience: 600)
    }

    private func measure(_ account: GatewayAccount, _ verdicts: inout Verdicts) throws {
        let port = try ServerProcess.freePort()
        let gateway = try Self.server(programs, account.location, routes: account.routes, workers: workers, port: port)
        try account.require(port: port)
        let start = gateway.facts
        print("the gateway took connections after \(shown(gateway.startMilliseconds / 1e3)) s, of which \(shown(start.processorMilliseconds / 1e3)) s of processor; \(shown(start.residentMegabytes)) MB resident")
        let script = "\(folder)/calls.lua"
        try LoadRun.writeScript(account.requests, to: script)
        let nginx = try NginxServer("nginx", workers: workers, in: folder) { port in
            "server { listen 127.0.0.1:\(port); location / { return 204; } }"
        }
        let saturation = try LoadComparison(
            ("nginx, return 204", nginx.port), ("patrol-gateway", port), script: script, connections: Self.connections,
            rounds: options.rounds)
        saturation.printAll("Calls a second, by wrk")
        verdicts.add("nginx's calls for one of the gateway's", 1 / saturation.ratios.median, atMost: 1 / 0.7, "0.7 × those of nginx")
        let paced = try PacedLoad(port: port, requests: account.requests, connections: 16)
            .run(perSecond: saturation.rates[1].median / 2, seconds: 12)
        print("half of that, \(Int(paced.perSecond)) calls a second at set times over 16 connections, from when each was due: median \(shown(paced.latencies.median)) ms, 99th percentile \(shown(paced.latencies.p99)), worst \(shown(paced.latencies.values.max() ?? .nan)); \(paced.failures) failures")
        verdicts.add("99th percentile at half of the load, ms", paced.latencies.p99, atMost: 5, "5 ms")
        let end = gateway.facts
        print("after \(saturation.calls + paced.latencies.values.count) calls: \(shown(end.residentMegabytes)) MB resident, \(gateway.descriptors) descriptors; \(shown((end.processorMilliseconds - start.processorMilliseconds) * 1e3 / Double(saturation.calls + paced.latencies.values.count))) µs of processor for a call")
        try ProxyFigures(folder: folder, workers: workers, rounds: options.rounds).measure(account, gateway: port)
    }
}
