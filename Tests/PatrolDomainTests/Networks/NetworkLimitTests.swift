import Testing

@testable import PatrolDomain

@Suite struct NetworkLimitTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
        ("192.0.2.7", "192.0.2.8", false), ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.200", true),
        ("2001:db8::/32", "2001:db8:1::9", true), ("2001:db8::/32", "2001:db9::1", false),
        ("10.0.0.0/8", "2001:db8::1", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ("192.0.2.0/24, 2001:db8::/47", "2001:db8:1::1", true), ("192.0.2.0/24, 2001:db8::/47", "2001:db8:2::1", false),
    ]) func `a limit holds an address or not`(text: String, address: String, isIn: Bool) throws {
        let limit = try #require(NetworkLimit(text))
        #expect(limit.allows(try #require(IPAddress(address))) == isIn)
    }

    @Test(arguments: [
        "", "10.0.0.0/8,", "10.0.0.1/8", "10.0.0.0/7", "0.0.0.0/0", "::/0", "2000::/15", "10.0.0/8", "somewhere", "10.0.0.0/08x",
        "fe80::1%eth0", "010.0.0.0/8",
    ]) func `what limits nothing is no limit`(text: String) {
        #expect(NetworkLimit(text) == nil)
    }

    @Test func `it is written as it was, each range once, 32 at most`() throws {
        #expect(NetworkLimit("2001:DB8:0::/32,10.0.0.0/8,2001:db8::/32")?.text == "2001:db8::/32,10.0.0.0/8")
        let most = (0..<32).map { "10.0.\($0).0/24" }.joined(separator: ",")
        let text = try #require(NetworkLimit(most)?.text)
        #expect(text == most && NetworkLimit(most + ",10.0.32.0/24") == nil)
        #expect(NetworkLimit([]) == nil)
    }

    @Test func `a limited token is not used from an address that is not known`() throws {
        var token = try situationToken()
        #expect(token.mayBeUsed(from: nil))
        token.networks = NetworkLimit("10.0.0.0/8")
        #expect(!token.mayBeUsed(from: nil))
        #expect(token.mayBeUsed(from: IPAddress("10.9.8.7")))
        #expect(!token.mayBeUsed(from: IPAddress("192.0.2.1")))
    }

    private func situationToken() throws -> AccessToken {
        AccessToken(
            id: try #require(TokenID("t1")), kind: .service, origin: .created, name: "n", owner: nil, scope: .base(.reader),
            createdAt: start)
    }
}
