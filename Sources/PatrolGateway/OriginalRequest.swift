internal import PatrolDomain
internal import PatrolHTTP

/// What the proxy asks about: a request that came to it.
struct OriginalRequest {
    let method: UnsafeRawBufferPointer
    /// Path and query, as they came.
    let target: UnsafeRawBufferPointer

    /// What is missing.
    struct Missing: Error {
        let field: String
    }

    /// - Parameter own: The method of the proxy's own request.
    init(
        of exchange: borrowing HTTPExchange, _ style: ProxyStyle, method own: UnsafeRawBufferPointer
    ) throws(Missing) {
        switch style {
        case .nginx:
            method = try Self.one("X-Original-Method", exchange)
            target = try Self.one("X-Original-URI", exchange)
        case .forward:
            method = try Self.one("X-Forwarded-Method", exchange)
            target = try Self.one("X-Forwarded-Uri", exchange)
        case .envoy:
            method = own
            let rest = exchange.target.dropping(Endpoint.envoyPrefix.utf8CodeUnitCount)
            target = rest
        }
    }

    private static func one(
        _ name: StaticString, _ exchange: borrowing HTTPExchange
    ) throws(Missing) -> UnsafeRawBufferPointer {
        guard case .one(let value) = exchange.oneValue(of: name), !value.trimmed.isEmpty else {
            throw Missing(field: "\(name)")
        }
        return value.trimmed
    }
}
