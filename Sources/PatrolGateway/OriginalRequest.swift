internal import PatrolHTTP

/// What the proxy asks about: a request that came to it. Good as long as the proxy's own is not answered.
struct OriginalRequest {
    let method: UnsafeRawBufferPointer
    /// Path and query, as they came.
    let target: UnsafeRawBufferPointer
    /// As the request named it; empty where the proxy does not say.
    let host: UnsafeRawBufferPointer

    /// A field that the proxy has to send, once.
    struct Missing: Error {
        let field: StaticString
    }

    init(of exchange: borrowing HTTPExchange, _ style: ProxyStyle) throws(Missing) {
        host = (exchange.value(of: "X-Forwarded-Host") ?? exchange.value(of: "Host"))?.trimmed
            ?? UnsafeRawBufferPointer(start: nil, count: 0)
        switch style {
        case .nginx:
            method = try Self.one("X-Original-Method", exchange)
            target = try Self.one("X-Original-URI", exchange)
        case .forward:
            method = try Self.one("X-Forwarded-Method", exchange)
            target = try Self.one("X-Forwarded-Uri", exchange)
        case .envoy:
            method = exchange.methodBytes
            target = exchange.target.dropping(Endpoint.envoyPrefix.utf8CodeUnitCount)
        }
    }

    private static func one(
        _ name: StaticString, _ exchange: borrowing HTTPExchange
    ) throws(Missing) -> UnsafeRawBufferPointer {
        guard case .one(let value) = exchange.oneValue(of: name), !value.trimmed.isEmpty else { throw Missing(field: name) }
        return value.trimmed
    }

    /// What looks like a secret of Patrol's in the query. It is refused whatever it is good for, and seen.
    var secretInQuery: UnsafeRawBufferPointer? {
        guard let query = Target(target).query, query.count >= Self.secretLength else { return nil }
        for start in 0...(query.count - Self.secretLength) where query[start] == UInt8(ascii: "p") {
            let found = UnsafeRawBufferPointer(rebasing: query[start..<start + Self.secretLength])
            if found.begins("ptl"), found[4] == UInt8(ascii: "_"), found[17] == UInt8(ascii: "_") { return found }
        }
        return nil
    }

    /// `ptlp_`, 12 characters, `_`, 38 more.
    private static let secretLength = 56
}
