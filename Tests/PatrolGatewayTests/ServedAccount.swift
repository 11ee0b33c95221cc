import PatrolDomain
import PatrolGateway
import PatrolHTTP
import PatrolOperations
import PatrolTestSupport

/// An account in a temporary folder, and a gateway that serves it on a port of this machine. Ada owns it.
final class ServedAccount {
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
        let founding = FoundAccount(
            name: "Acme", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        patrol = try Patrol.found(founding, at: location).patrol
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

    func join(_ name: String, _ role: BaseRole) throws -> Session {
        let email = "\(name)@example.org"
        _ = try patrol.perform(.inviteMember(InviteMember(email: email, firstName: name, baseRole: role)), as: ada)
        let session = try patrol.signIn(as: email)
        _ = try patrol.perform(.acceptInvitation, as: session)
        return session
    }

    func createToken(
        _ scope: Scope = .base(.writer), kind: AccessToken.Kind = .personal, expiresIn: TimeSpan? = .days(30),
        by session: Session? = nil
    ) throws -> (token: AccessToken, secret: String) {
        let outcome = try patrol.perform(
            .createToken(
                CreateToken(
                    kind: kind, name: "ci toggle", purpose: "toggles flags", scope: scope,
                    expiresAt: expiresIn.map { Machine.now + $0 })), as: session ?? ada)
        guard let secret = outcome.secret, let id = TokenID(outcome.entry.target.id), let token = try patrol.token(id)
        else { throw ProgramFailure("no token was created: \(String(describing: outcome.refusal))") }
        return (token, secret.text)
    }

    /// What a proxy asks about a call with this secret.
    func ask(
        _ client: RawClient, _ secret: String?, _ action: String = "updateOn",
        _ resource: String = "proj/web:env/test:flag/f", style: String = "forward", fields more: [(String, String)] = []
    ) throws -> RawAnswer {
        var fields = [("X-Patrol-Action", action), ("X-Patrol-Resource", resource)] + more
        if let secret { fields.append(("Authorization", "Bearer \(secret)")) }
        return try client.request("GET", "/authz/\(style)", fields)
    }
}
