import PatrolDomain
import PatrolOperations
import PatrolTestSupport
import Testing

/// The gate answers as the door does, whatever was done in between.
@Suite struct GateTests {
    private let requests = [
        ("viewProject", "proj/web"), ("updateOn", "proj/web:env/test:flag/f"),
        ("updateOn", "proj/web:env/production;critical:flag/f"), ("createMember", "member/new"), ("updateRole", "acct"),
    ]

    private func secret(_ text: String) throws -> Secret {
        var bytes = Array(text.utf8)
        return try #require(Secret(wiping: &bytes))
    }

    /// How many of the requests are allowed.
    private func compare(_ gate: inout Gate, _ secrets: [Secret], _ account: TestAccount) throws -> Int {
        var allowed = 0
        try gate.refresh()
        for secret in secrets {
            let presented = Array(secret.text.utf8)
            for (action, resource) in requests {
                let request = Request(Action(action), on: try Resource(parsing: resource))
                let answer = try presented.withUnsafeBytes { presented in
                    try gate.decide(presented, action: action.utf8Span.span, resource: resource.utf8Span.span)
                }
                let checked = try account.patrol.check(secret, request)
                #expect(gate.decision(answer) == checked.decision)
                #expect(answer.isAllowed == checked.decision.isAllowed)
                #expect((answer.token == nil) == (checked.token == nil))
                if answer.isAllowed { allowed += 1 }
            }
        }
        return allowed
    }

    @Test func `it answers as the door does, after every change`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .writer)
        let key = try #require(Key("toggle"))
        let policy = Policy(statements: [
            Statement(
                .allow, actions: .matching([try ActionPattern(parsing: "updateOn")]),
                resources: .matching([try ResourcePattern(parsing: "proj/*:env/*:flag/*")])),
            Statement(
                .deny, actions: .matching([.everything]),
                resources: .matching([try ResourcePattern(parsing: "proj/*:env/*;critical:flag/*")])),
        ])
        _ = try account.patrol.perform(
            .createRole(CreateRole(key: key, name: "Toggle", basePermissions: .reader, policy: policy)), as: account.ada)
        let role = try #require(try account.patrol.role(key: key))
        let (byRole, first) = try account.createToken(.customRoles([role.id]), by: kim)
        let service = try account.createToken(.base(.writer), kind: .service, expiresIn: .days(2), by: kim).secret
        var secrets = [first, service, try secret("ptlp_0123456789ab_" + String(repeating: "a", count: 38))]
        var gate = try Gate(account.patrol)
        #expect(try compare(&gate, secrets, account) == 5)

        let own = try account.createToken(.base(.writer), by: kim)
        secrets.append(own.secret)
        #expect(try compare(&gate, secrets, account) == 8)

        _ = try account.patrol.perform(
            .editRole(
                EditRole(role: role.id, version: role.version, name: "Toggle", description: "", basePermissions: .noAccess, policy: policy)),
            as: account.ada)
        #expect(try compare(&gate, secrets, account) == 6)

        let rotated = try account.patrol.perform(
            .rotateToken(RotateToken(token: byRole.id, version: byRole.version, oldSecretUntil: nil)), as: kim)
        secrets.append(try #require(rotated.secret))
        #expect(try compare(&gate, secrets, account) == 6)

        let version = try #require(try account.patrol.token(own.token.id)).version
        _ = try account.patrol.perform(.deleteToken(own.token.id, version: version), as: account.ada)
        #expect(try compare(&gate, secrets, account) == 3)

        account.clock.now = account.clock.now + .days(2)
        #expect(try compare(&gate, secrets, account) == 0)

        // A clock that is set back revives nothing: the newest entry's time counts.
        _ = try account.join("max", .admin)
        account.clock.now = account.clock.now - .days(2)
        #expect(try compare(&gate, secrets, account) == 0)
    }

    @Test func `a token that is limited to networks is used from these alone`() throws {
        let account = try TestAccount()
        let (token, secret) = try account.createToken(.base(.writer))
        var gate = try Gate(account.patrol)
        func answers(_ addresses: [String]) throws -> [Bool] {
            try gate.refresh()
            let presented = Array(secret.text.utf8)
            let request = Request(Action("viewProject"), on: try Resource(parsing: "proj/web"))
            return try addresses.map { address in
                let answer = try presented.withUnsafeBytes { presented in
                    try gate.decide(
                        presented, action: "viewProject".utf8Span.span, resource: "proj/web".utf8Span.span,
                        from: IPAddress(address))
                }
                #expect(gate.decision(answer) == (try account.patrol.check(secret, request, network: address)).decision)
                return answer.isAllowed
            }
        }
        let addresses = ["10.1.2.3", "192.0.2.1", "2001:db8::1", ""]
        #expect(try answers(addresses) == [true, true, true, true])
        func limit(_ text: String?) throws {
            let version = try #require(try account.patrol.token(token.id)).version
            let edit = EditNetworks(token: token.id, version: version, networks: text.flatMap { NetworkLimit($0) })
            #expect(try account.patrol.perform(.editNetworks(edit), as: account.ada).refusal == nil)
        }
        try limit("10.0.0.0/8,2001:db8::/32")
        #expect(try answers(addresses) == [true, false, true, false])
        try limit(nil)
        #expect(try answers(addresses) == [true, true, true, true])
    }

    @Test func `a transfer of the account, which is about two members, is taken whole`() throws {
        let account = try TestAccount()
        let kim = try account.join("kim", .admin)
        let secrets = [try account.createToken(.base(.owner)).secret, try account.createToken(.base(.admin), by: kim).secret]
        var gate = try Gate(account.patrol)
        let before = try compare(&gate, secrets, account)
        let member = try #require(try account.patrol.member(kim.actor.member))
        _ = try account.patrol.perform(.transferOwnership(to: member.id, version: member.version), as: account.ada)
        #expect(try compare(&gate, secrets, account) <= before)
    }

    @Test func `a resource that can't be read is said, and of an unknown secret nothing`() throws {
        let account = try TestAccount()
        var gate = try Gate(account.patrol)
        let presented = Array(try account.createToken().secret.text.utf8)
        try gate.refresh()
        #expect(throws: SpecifierFault.self) {
            try presented.withUnsafeBytes { presented in
                try gate.decide(presented, action: "view".utf8Span.span, resource: "proj/*".utf8Span.span)
            }
        }
        let unknown = try [UInt8]([1]).withUnsafeBytes { presented in
            try gate.decide(presented, action: "view".utf8Span.span, resource: "proj/*".utf8Span.span)
        }
        #expect(gate.decision(unknown).reason == .notInForce(.secretUnknown))
    }
}
