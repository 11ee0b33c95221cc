internal import CSystem
internal import Glibc
internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolOperations
internal import PatrolPresentation

/// The gateway as a process: it starts, serves until it is told to end, writes what it counted, and ends.
package enum GatewayProgram {
    /// Use is written so often: what a person sees of it is at most so old.
    private static let writingPause: Int32 = 1_000

    private struct Failure: Error {
        let code: Int32
        let sentence: String
    }

    /// - Returns: 0 after it was told to end; 2 for a wrong line; 4 where it can't serve, or use could not be written.
    package static func run(_ words: [String]) -> Int32 {
        do throws(Failure) {
            return try serve(words)
        } catch {
            say(error.sentence)
            return error.code
        }
    }

    private static func serve(_ words: [String]) throws(Failure) -> Int32 {
        csystem_hold_service_signals()
        csystem_raise_descriptor_limit()
        let options = try options(words)
        let environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }
        guard let location = Location(option: options.database, environment: environment) else {
            throw Failure(code: 4, sentence: "no place for the account is known: give --database, or set $HOME")
        }
        let gate = try gate(location)
        let gateway = try gateway(gate, location, options.settings)
        let socket = try socket(options)
        let port = socket.port
        guard let server = HTTPServer(on: socket, limits: options.limits, handler: gateway) else {
            throw Failure(code: 4, sentence: "the server can't be started: there is no room for its threads")
        }
        say("listening on \(options.place(port: port))")
        _ = csystem_notify_service("READY=1")
        wait(writing: gate, gateway)
        _ = csystem_notify_service("STOPPING=1")
        end(server, gateway, after: options.drainSeconds)
        gateway.accessLog?.flush()
        return write(gate) ? 0 : 4
    }

    private static func options(_ words: [String]) throws(Failure) -> GatewayOptions {
        do throws(GatewayOptions.Fault) {
            return try GatewayOptions(words)
        } catch {
            throw Failure(code: 2, sentence: error.sentence)
        }
    }

    private static func gateway(_ gate: SharedGate, _ location: Location, _ settings: GatewaySettings) throws(Failure) -> Gateway {
        do throws(GatewayFault) {
            return try Gateway(gate, at: location, settings: settings)
        } catch {
            throw Failure(code: 4, sentence: error.sentence)
        }
    }

    private static func gate(_ location: Location) throws(Failure) -> SharedGate {
        do throws(PatrolError) {
            return try SharedGate(opening: location)
        } catch {
            throw Failure(code: 4, sentence: words(error))
        }
    }

    private static func socket(_ options: GatewayOptions) throws(Failure) -> ListeningSocket {
        do throws(ListeningSocket.Failure) {
            if let given = try ListeningSocket.inherited() { return given }
            switch options.place {
            case .address(let address, port: let port): return try ListeningSocket.listen(on: address, port: port)
            case .path(let path): return try ListeningSocket.listen(onPath: path, mode: options.socketMode)
            }
        } catch {
            let why = String(cString: strerror(error.code))
            throw Failure(code: 4, sentence: "can't listen on \(options.place(port: nil)): \(why)")
        }
    }

    /// Until it is told to end.
    private static func wait(writing gate: SharedGate, _ gateway: Gateway) {
        var isTold = false
        while true {
            let signal = csystem_next_service_signal(writingPause)
            if signal == csystem_service_end { return }
            if signal == csystem_service_reload { gateway.accessLog?.reopen() }
            gateway.accessLog?.flush()
            reload(gateway.routes)
            let isWritten = write(gate, isQuiet: isTold)
            if isWritten && isTold { say("use is written again") }
            isTold = !isWritten
        }
    }

    private static func reload(_ routes: RouteBook?) {
        guard let routes else { return }
        do throws(GatewayFault) {
            if let count = try routes.reload() { say("\(count) routes are in force, from `\(routes.path)`") }
        } catch {
            say("\(error.sentence); the routes before it stay in force")
        }
    }

    private static func end(_ server: HTTPServer, _ gateway: Gateway, after seconds: Int) {
        server.drain()
        gateway.close()
        var rest = seconds * 20
        while rest > 0 && server.connections > 0 {
            usleep(50_000)
            rest -= 1
        }
        server.stop()
    }

    private static func write(_ gate: SharedGate, isQuiet: Bool = false) -> Bool {
        do throws(PatrolError) {
            try gate.writeUse()
            return true
        } catch {
            if !isQuiet { say("use can't be written, and is kept until it can: \(words(error))") }
            return false
        }
    }

    private static func words(_ error: PatrolError) -> String { error.words { $0.sentence.text } }

    private static func say(_ sentence: String) {
        let line = Array("patrol-gateway: \(SafeText(sentence).text)\n".utf8)
        _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

extension GatewayOptions {
    var settings: GatewaySettings {
        var settings = GatewaySettings()
        settings.trustedProxies = trustedProxies
        settings.realm = realm
        settings.takesAPIKey = takesAPIKey
        settings.tokenLimit = tokenLimit
        settings.addressLimit = addressLimit
        settings.accessLog = accessLog
        settings.routes = routes
        return settings
    }

    var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.threads = threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        limits.connections = connections
        limits.connectionsPerAddress = connectionsPerAddress
        limits.idleSeconds = idleSeconds
        return limits
    }

    /// In words.
    func place(port: UInt16?) -> String {
        switch place {
        case .path(let path): return "`\(path)`"
        case .address(let address, port: let asked):
            let host = address.isVersion4 ? address.text : "[\(address.text)]"
            return "\(host):\(port ?? asked)"
        }
    }
}
