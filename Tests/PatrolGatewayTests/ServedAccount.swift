import PatrolDomain
import PatrolGateway
import PatrolHTTP
import PatrolOperations
import PatrolTestSupport

/// An account in a temporary folder, and a gateway that serves it on a port of this machine. Ada owns it.
final class ServedAccount: TestedAccount {
    let folder: TemporaryFolder
    let location: Location
    let patrol: Patrol
    let ada: Session
    let gate: SharedGate
    let port: UInt16
    private let server: HTTPServer
    private let gateway: Gateway

    init(
        limits: HTTPLimits = HTTPLimits(), _ change: (inout GatewaySettings) -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        location = Location(database: folder("data/patrol.db"), keyFolder: folder("keys"))
        patrol = try Patrol.found(.acme, at: location).patrol
        ada = try patrol.signIn()
        gate = try SharedGate(opening: location)
        var settings = GatewaySettings()
        settings.trustedProxies = [.loopback]
        change(&settings)
        let socket = try ListeningSocket.listen(on: .loopback, port: 0)
        port = socket.port
        gateway = try Gateway(gate, at: location, settings: settings)
        guard let server = HTTPServer(on: socket, limits: limits, handler: gateway) else {
            throw ProgramFailure("no server")
        }
        self.server = server
    }

    deinit {
        gateway.close()
        server.stop()
    }

    func client() throws -> RawClient { try RawClient(port: port) }
}
