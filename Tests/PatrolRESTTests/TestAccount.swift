import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolREST
import PatrolTestSupport

/// An account in a temporary folder: Ada owns it. What is called, is called with the secret of a token.
final class TestAccount {
    let folder: TemporaryFolder
    let patrol: Patrol
    let ada: Session
    let clock: TestClock

    init() throws {
        folder = try TemporaryFolder()
        let clock = TestClock()
        self.clock = clock
        let founding = FoundAccount(
            name: "Acme", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        patrol = try Patrol.found(
            founding, at: Location(database: folder("data/patrol.db"), keyFolder: folder("keys")), clock: { clock.now }
        ).patrol
        ada = try patrol.signIn()
    }

    func join(_ name: String, _ role: BaseRole) throws -> Session {
        let email = "\(name)@example.org"
        _ = try patrol.perform(.inviteMember(InviteMember(email: email, firstName: name, baseRole: role)), as: ada)
        let session = try patrol.signIn(as: email)
        _ = try patrol.perform(.acceptInvitation, as: session)
        return session
    }

    func secret(
        _ scope: Scope = .base(.admin), kind: AccessToken.Kind = .personal, name: String = "robot",
        by session: Session? = nil
    ) throws -> Secret {
        let creation = CreateToken(kind: kind, name: name, purpose: "", scope: scope, expiresAt: nil)
        let outcome = try patrol.perform(.createToken(creation), as: session ?? ada)
        guard let secret = outcome.secret else { throw ProgramFailure("no token: \(String(describing: outcome.refusal))") }
        return secret
    }

    func client(
        _ scope: Scope = .base(.admin), kind: AccessToken.Kind = .personal, name: String = "robot",
        by session: Session? = nil
    ) throws -> Client {
        Client(self, try secret(scope, kind: kind, name: name, by: session))
    }
}

/// A clock that stands until it is told to move.
final class TestClock: @unchecked Sendable {
    var now = Timestamp(milliseconds: 1_790_000_000_000)
}

/// Calls with one secret, each of which signs in anew.
struct Client {
    private let account: TestAccount
    private let secret: Secret

    init(_ account: TestAccount, _ secret: Secret) {
        self.account = account
        self.secret = secret
    }

    func session() throws -> TokenSession {
        switch try account.patrol.signIn(presenting: secret) {
        case .accepted(let session): return session
        case .refused(let why, _): throw ProgramFailure("refused: \(why)")
        }
    }

    /// - Parameter target: Path and query.
    func call(
        _ method: String, _ target: String, _ body: JSON? = nil, fields: [(name: String, value: String)] = []
    ) throws -> Answered {
        let text = body.map { Array($0.text().utf8) } ?? []
        return try call(method, target, bytes: text, fields: fields)
    }

    func call(
        _ method: String, _ target: String, bytes: [UInt8], fields: [(name: String, value: String)] = []
    ) throws -> Answered {
        let halves = target.split(separator: "?", maxSplits: 1).map(String.init)
        let call = RESTCall(
            method: method, path: halves[0], query: halves.count > 1 ? halves[1] : "", fields: fields, body: bytes,
            caller: try session())
        let answer = RESTService(patrol: account.patrol).answer(call)
        return Answered(
            status: answer.status, json: answer.body.isEmpty ? .null : try JSON(parsing: answer.body),
            fields: answer.fields)
    }
}

struct Answered {
    let status: Int
    let json: JSON
    let fields: [(String, String)]

    subscript(name: String) -> JSON { json[name] ?? .null }

    var code: String { self["code"].string ?? "" }
    var id: String { self["_id"].string ?? "" }
    var items: [JSON] { self["items"].elements ?? [] }

    func link(_ name: String) -> String? { json["_links"]?[name]?["href"]?.string }
}
