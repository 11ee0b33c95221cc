import PatrolCrypto
import Testing

@Suite struct `Secrets in memory` {
    @Test func `random bytes have the length asked for and differ`() {
        for count in [0, 1, 32, 256, 257, 1_000] {
            #expect(RandomBytes.make(count: count).count == count)
        }
        let drawn = Set((0..<200).map { _ in RandomBytes.make(count: 16) })
        #expect(drawn.count == 200)
        #expect(RandomBytes.number() != RandomBytes.number())
    }

    @Test func `a supply never gives the same bytes twice`() {
        var supply = RandomSupply()
        let drawn = Set((0..<1_000).map { _ in supply.next(16) })
        #expect(drawn.count == 1_000)
    }

    @Test func `a secret buffer takes over bytes and shows none`() {
        var typed = Array("ptlp_something".utf8)
        let buffer = SecretBuffer(zeroing: &typed)
        #expect(typed.isEmpty)
        #expect(buffer.withUnsafeBytes { Array($0) } == Array("ptlp_something".utf8))
        #expect("\(buffer)" == "(secret)")
        #expect(String(reflecting: buffer) == "(secret)")
        #expect(SecretBuffer(count: 0).withUnsafeBytes { $0.count } == 0)
    }
}
