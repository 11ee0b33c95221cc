import PatrolDomain
import PatrolOperations

/// An account that several processes change while it is asked: people, roles and tokens with secrets that are known.
struct MixedAccount {
    let location: Location
    private(set) var tokens: [MixedToken] = []

    static let people = 20
    static let roles = 8
    private static let tokensOfEach = 4

    init(in folder: String) throws {
        location = Location(database: "\(folder)/mixed.db", keyFolder: "\(folder)/keys")
        let size = DemoSize(members: 200, tokens: 2_000, entries: 0)
        let patrol = try DemoAccount.make(at: location, size: size, now: Machine.now)
        let session = try patrol.signIn()
        var roles: [RoleID] = []
        for number in 0..<Self.roles {
            guard let key = Key(Self.role(number)) else { throw BenchmarkFault.workload }
            let creation = CreateRole(
                key: key, name: "Mixed \(number)", basePermissions: .reader, policy: try Self.policy(isOpen: true))
            _ = try patrol.perform(.createRole(creation), as: session)
            guard let role = try patrol.role(key: key) else { throw BenchmarkFault.workload }
            roles.append(role.id)
        }
        for number in 0..<Self.people {
            let email = Self.person(number)
            _ = try patrol.perform(.inviteMember(InviteMember(email: email, firstName: "Mixed", baseRole: .admin)), as: session)
            let own = try patrol.signIn(as: email)
            _ = try patrol.perform(.acceptInvitation, as: own)
            let scopes: [Scope] = [
                .base(.writer), .customRoles([roles[number % roles.count]]), .inline(try Self.policy(isOpen: true)), .base(.admin),
            ]
            for scope in scopes.prefix(Self.tokensOfEach) {
                let outcome = try patrol.perform(Self.creation(of: scope), as: own)
                guard let token = MixedToken(outcome) else { throw BenchmarkFault.account("\(String(describing: outcome.refusal))") }
                tokens.append(token)
            }
        }
        try GatewayAccount.write(tokens.map { $0.id.text + "\n" }.joined(), to: Self.list(of: location.database))
        patrol.settle()
    }

    static func creation(of scope: Scope) -> Command {
        .createToken(
            CreateToken(kind: .personal, name: "mixed", purpose: "is asked about", scope: scope, expiresAt: Machine.now + .days(20)))
    }

    /// Toggles flags everywhere, or everywhere but in production.
    static func policy(isOpen: Bool) throws -> Policy {
        var statements = [
            Statement(
                .allow, actions: .matching([try ActionPattern(parsing: "update*")]),
                resources: .matching([try ResourcePattern(parsing: "proj/*:env/*:flag/*")]))
        ]
        if !isOpen {
            statements.append(
                Statement(
                    .deny, actions: .matching([.everything]),
                    resources: .matching([try ResourcePattern(parsing: "proj/*:env/production:flag/*")])))
        }
        return Policy(statements: statements)
    }

    static func person(_ number: Int) -> String { "mixed-\(number)@example.org" }
    static func role(_ number: Int) -> String { "mixed-\(number)" }

    /// Where the ids of the tokens stand, a line each.
    static func list(of database: String) -> String { database + ".tokens" }
}

/// A token that was made here, and its secret.
struct MixedToken: Sendable {
    let id: TokenID
    let secret: String

    /// Nil where none was made.
    init?(_ outcome: Outcome) {
        guard let secret = outcome.secret, let id = TokenID(outcome.entry.target.id) else { return nil }
        (self.id, self.secret) = (id, secret.text)
    }

    /// As `line` wrote it.
    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 2, let id = TokenID(String(words[0])) else { return nil }
        (self.id, secret) = (id, String(words[1]))
    }

    var line: String { "\(id.text) \(secret)\n" }
}
