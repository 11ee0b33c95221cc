import PatrolDomain
import PatrolOperations
import PatrolTestSupport

/// An account that a gateway under test serves. Ada owns it.
protocol TestedAccount {
    var patrol: Patrol { get }
    var ada: Session { get }
}

extension TestedAccount {
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

extension FoundAccount {
    static var acme: FoundAccount {
        FoundAccount(name: "Acme", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
    }
}
