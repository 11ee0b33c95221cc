import PatrolDomain
import Testing

@Suite struct `Addresses and ranges of them` {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("::", "::"), ("::1", "::1"), ("2001:DB8::1", "2001:db8::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1::", "1::"),
        ("::ffff:192.0.2.1", "192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
    ])
    func `an address is read and written as RFC 5952 says`(_ text: String, _ written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.text == written)
        #expect(IPAddress(written) == address)
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBytes { IPAddress(utf8: $0) } == address)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "+1.2.3.4", "1.2.3.", ".1.2.3.4",
        ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1%eth0", "1.2.3.4::", "::1.2.3", "[::1]",
        "1:2:3:4:5:6:7:1.2.3.4", "::+1", "00.0.0.0",
    ])
    func `what is no address is none`(_ text: String) {
        #expect(IPAddress(text) == nil)
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBytes { IPAddress(utf8: $0) } == nil)
    }

    @Test func `all addresses of version 4 survive being written and read`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let bytes = (0..<4).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = Array(bytes.map(String.init).joined(separator: ".").utf8)
            #expect(text.withUnsafeBytes { IPAddress(utf8: $0) }?.bytes == bytes)
        }
    }

    @Test func `a range holds what begins like it`() throws {
        func holds(_ range: String, _ address: String) throws -> Bool {
            let range = try #require(AddressRange(range))
            let address = try #require(IPAddress(address))
            return range.contains(address)
        }
        #expect(try holds("10.0.0.0/8", "10.255.1.2"))
        #expect(try holds("10.0.0.0/8", "11.0.0.0") == false)
        #expect(try holds("192.0.2.64/26", "192.0.2.127"))
        #expect(try holds("192.0.2.64/26", "192.0.2.128") == false)
        #expect(try holds("2001:db8::/33", "2001:db8:7fff::1"))
        #expect(try holds("2001:db8::/33", "2001:db8:8000::") == false)
        #expect(try holds("2001:db8::/33", "10.0.0.1") == false)
        #expect(try holds("0.0.0.0/0", "255.1.2.3"))
        #expect(try holds("0.0.0.0/0", "::1") == false)
        #expect(AddressRange("192.0.2.1")?.text == "192.0.2.1")
    }

    @Test(arguments: ["10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "2001:db8::1/64", "/8", "10.0.0.0/+8"])
    func `a range with bits behind its length, or a wrong length, is a slip`(_ text: String) {
        #expect(AddressRange(text) == nil)
    }
}
