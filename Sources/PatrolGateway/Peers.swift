internal import PatrolDomain
internal import PatrolHTTP

extension GatewaySettings {
    /// Whether this peer may say what the original request was.
    func trusts(_ peer: UnsafeRawBufferPointer) -> Bool {
        if peer.isEmpty { return true }
        return trustedProxies.contains { $0.contains(bytes: peer) }
    }

    /// From where a call came that a trusted proxy tells of: the last address in `X-Forwarded-For` that is none of a
    /// trusted proxy. What stands before it, anybody can have written. Empty where it is not known.
    func client(of exchange: borrowing HTTPExchange) -> IPAddress? {
        guard let list = exchange.value(of: "X-Forwarded-For") ?? exchange.value(of: "X-Real-IP") else {
            return IPAddress(bytes: exchange.peer)
        }
        var end = list.endIndex
        while end > list.startIndex {
            var start = end
            while start > list.startIndex, list[start - 1] != UInt8(ascii: ",") { start -= 1 }
            let text = UnsafeRawBufferPointer(rebasing: list[start..<end]).trimmed
            guard let address = IPAddress(utf8: text) else { return nil }
            if !trustedProxies.contains(where: { $0.contains(address) }) { return address }
            if start == list.startIndex { return address }
            end = start - 1
        }
        return nil
    }
}
