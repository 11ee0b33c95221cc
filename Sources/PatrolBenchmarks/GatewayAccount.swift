import CPseudoTerminal
import Glibc
import PatrolDomain
import PatrolOperations

/// An account of many tokens, some of which were made through the door with secrets that are known, the routes of an API, and
/// calls to it that are all allowed.
struct GatewayAccount {
    let location: Location
    let routes: String
    /// Whole requests, as a proxy asks about calls.
    private(set) var requests: [[UInt8]] = []
    /// The same calls, as a client sends them to the proxy.
    private(set) var clientRequests: [[UInt8]] = []
    private(set) var seconds = 0.0

    /// Secrets that are presented, one after the other.
    static let secrets = 2_000

    private static let routeLines = """
        GET     /projects                                  token
        GET     /projects/{project}                        viewProject           proj/{project}
        GET     /projects/{project}/flags                  viewProject           proj/{project}
        POST    /projects/{project}/flags                  createFlag            proj/{project}:env/production:flag/new
        GET     /flags/{project}/{flag}                    viewProject           proj/{project}
        PATCH   /flags/{project}/{flag}?env={env}          updateOn              proj/{project}:env/{env}:flag/{flag}
        PUT     /flags/{project}/{flag}/rules?env={env}    updateRules           proj/{project}:env/{env}:flag/{flag}
        PUT     /flags/{project}/{flag}/targets?env={env}  updateTargets         proj/{project}:env/{env}:flag/{flag}
        DELETE  /flags/{project}/{flag}                    deleteFlag            proj/{project}:env/production:flag/{flag}
        POST    /members                                   createMember          member/new

        """

    /// Those of the routes that are asked for.
    private static let calls = [
        ("GET", "/projects/web"), ("GET", "/projects/billing/flags"), ("GET", "/flags/web/checkout-v2"),
        ("PATCH", "/flags/web/checkout-v2?env=staging"), ("PATCH", "/flags/mobile/dark-mode?env=production"),
        ("PUT", "/flags/platform/new-search/rules?env=test"), ("PUT", "/flags/data/price-test/targets?env=staging"),
        ("GET", "/projects/data"), ("GET", "/flags/mobile/beta-banner"),
    ]

    /// - Parameter tokens: How many there are at least; those with a secret come on top.
    init(tokens: Int, in folder: String) throws {
        let started = monotonic_nanoseconds()
        location = Location(database: "\(folder)/gateway.db", keyFolder: "\(folder)/keys")
        routes = "\(folder)/routes"
        try Self.write(Self.routeLines, to: routes)
        let size = DemoSize(members: min(10_000, max(60, tokens / 100)), tokens: tokens, entries: 0)
        let patrol = try DemoAccount.make(at: location, size: size, now: Machine.now)
        let session = try patrol.signIn()
        let scopes = try Self.scopes(patrol, session)
        for number in 0..<Self.secrets {
            let secret = try Self.secret(of: scopes[number % scopes.count], number, patrol, session)
            let call = Self.calls[number % Self.calls.count]
            requests.append(Self.request(method: call.0, target: call.1, secret: secret))
            clientRequests.append(Self.clientRequest(method: call.0, target: call.1, secret: secret))
        }
        patrol.settle()
        seconds = Double(monotonic_nanoseconds() - started) / 1e9
    }

    /// What nginx sends for one call.
    static func request(method: String, target: String, secret: String) -> [UInt8] {
        let lines = [
            "GET /authz/nginx HTTP/1.1", "Host: api.example.org", "X-Original-Method: \(method)", "X-Original-URI: \(target)",
            "X-Forwarded-For: 192.0.2.7", "User-Agent: python-requests/2.31.0", "Authorization: Bearer \(secret)",
        ]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static func clientRequest(method: String, target: String, secret: String) -> [UInt8] {
        let lines = [
            "\(method) \(target) HTTP/1.1", "Host: api.example.org", "User-Agent: python-requests/2.31.0", "Content-Length: 0",
            "Authorization: Bearer \(secret)",
        ]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// A built-in role, a role of the account and a policy of a token's own.
    private static func scopes(_ patrol: Patrol, _ session: Session) throws -> [Scope] {
        let policy = Policy(statements: [
            Statement(
                .allow, actions: .matching([try ActionPattern(parsing: "update*"), try ActionPattern(parsing: "view*")]),
                resources: .matching([
                    try ResourcePattern(parsing: "proj/*"), try ResourcePattern(parsing: "proj/*:env/*:flag/*"),
                ])),
            Statement(
                .deny, actions: .matching([try ActionPattern(parsing: "updateOn")]),
                resources: .matching([try ResourcePattern(parsing: "proj/*:env/production;critical:flag/*")])),
        ])
        guard let key = Key("gateway-caller") else { throw BenchmarkFault.workload }
        let outcome = try patrol.perform(
            .createRole(CreateRole(key: key, name: "Gateway caller", basePermissions: .reader, policy: policy)), as: session)
        guard let role = try patrol.role(key: key) else { throw BenchmarkFault.account("\(String(describing: outcome.refusal))") }
        return [.base(.writer), .customRoles([role.id]), .inline(policy)]
    }

    private static func secret(of scope: Scope, _ number: Int, _ patrol: Patrol, _ session: Session) throws -> String {
        let creation = CreateToken(
            kind: .service, name: "caller \(number)", purpose: "is measured", scope: scope, expiresAt: Machine.now + .days(20))
        let outcome = try patrol.perform(.createToken(creation), as: session)
        guard let secret = outcome.secret else { throw BenchmarkFault.account("\(String(describing: outcome.refusal))") }
        return secret.text
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw BenchmarkFault.server("`\(path)` can't be written") }
        fputs(text, file)
        guard fclose(file) == 0 else { throw BenchmarkFault.server("`\(path)` can't be written") }
    }

    /// Each call has to be allowed, and a secret that is wrong by one character refused: else nothing is measured.
    func require(port: Int) throws {
        let connection = try GatewayConnection(port: port)
        for request in requests {
            let answer = try connection.ask(request)
            guard answer.status == 200 else { throw BenchmarkFault.server("a call was refused: \(answer.status) \(answer.reason)") }
        }
        for var wrong in requests.prefix(20) {
            // The last character before the two line ends belongs to the secret.
            wrong[wrong.count - 10] ^= wrong[wrong.count - 10] == UInt8(ascii: "a") ? 3 : UInt8(ascii: "a") ^ wrong[wrong.count - 10]
            guard try connection.ask(wrong).status == 401 else { throw BenchmarkFault.server("a wrong secret was let through") }
        }
    }
}
