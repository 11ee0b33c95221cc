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
        let bound = try bound(options)
        let place = bound.place
        guard let server = HTTPServer(on: bound.socket, limits: options.limits, handler: gateway) else {
            throw Failure(code: 4, sentence: "the server can't be started: there is no room for its threads")
        }
        say("listening on \(place)")
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

    /// A socket, and where it listens, in words.
    private struct Bound: ~Copyable {
        let socket: ListeningSocket
        let place: String
    }

    private static func bound(_ options: GatewayOptions) throws(Failure) -> Bound {
        if let given = try inherited(options) { return given }
        do throws(ListeningSocket.Failure) {
            switch options.place {
            case .address(let address, port: let port):
                let socket = try ListeningSocket.listen(on: address, port: port)
                let place = options.place(port: socket.port)
                return Bound(socket: socket, place: place)
            case .path(let path):
                let socket = try ListeningSocket.listen(onPath: path, mode: options.socketMode)
                return Bound(socket: socket, place: options.place(port: nil))
            }
        } catch {
            let why = String(cString: strerror(error.code))
            throw Failure(code: 4, sentence: "can't listen on \(options.place(port: nil)): \(why)")
        }
    }

    /// What the service manager handed over, which is bound by the same rule as `--listen`.
    private static func inherited(_ options: GatewayOptions) throws(Failure) -> Bound? {
        let socket: ListeningSocket?
        do throws(ListeningSocket.Failure) {
            socket = try ListeningSocket.inherited()
        } catch {
            throw Failure(code: 4, sentence: "the socket that was handed over can't be used: \(String(cString: strerror(error.code)))")
        }
        guard let socket else { return nil }
        guard let address = socket.address else { return Bound(socket: socket, place: "the socket that was handed over") }
        let place = "\(GatewayOptions.place(address, port: socket.port)), the socket that was handed over"
        do throws(GatewayOptions.Fault) {
            try options.require(address)
        } catch {
            throw Failure(code: 2, sentence: error.sentence)
        }
        return Bound(socket: socket, place: place)
    }

    /// Until it is told to end.
    private static func wait(writing gate: SharedGate, _ gateway: Gateway) {
        var isTold = false
        var wrongRoutes: GatewayFault?
        while true {
            let signal = csystem_next_service_signal(writingPause)
            if signal == csystem_service_end { return }
            if signal == csystem_service_reload { reopen(gateway.accessLog) }
            gateway.accessLog?.flush()
            reload(gateway.routes, &wrongRoutes)
            let isWritten = write(gate, isQuiet: isTold)
            if isWritten && isTold { say("use is written again") }
            isTold = !isWritten
        }
    }

    private static func reopen(_ log: AccessLog?) {
        do throws(GatewayFault) {
            try log?.reopen()
        } catch {
            say("\(error.sentence); the file before it is written on")
        }
    }

    /// - Parameter told: What was wrong with the file when it was last read, so that it is said once.
    private static func reload(_ routes: RouteBook?, _ told: inout GatewayFault?) {
        guard let routes else { return }
        do throws(GatewayFault) {
            if let count = try routes.reload() { say("\(count) routes are in force, from `\(routes.path)`") }
            told = nil
        } catch {
            if error != told { say("\(error.sentence); the routes before it stay in force") }
            told = error
        }
    }

    /// What has begun is answered, in so many seconds. A connection on which nothing is asked is closed: a proxy keeps
    /// dozens of them, and asks again on a new one.
    private static func end(_ server: HTTPServer, _ gateway: Gateway, after seconds: Int) {
        server.drain()
        gateway.close()
        var rest = seconds * 20
        while rest > 0 && server.requests > 0 {
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
        case .address(let address, port: let asked): return Self.place(address, port: port ?? asked)
        }
    }

    static func place(_ address: IPAddress, port: UInt16) -> String {
        (address.isVersion4 ? address.text : "[\(address.text)]") + ":\(port)"
    }
}
