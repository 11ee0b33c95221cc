internal import PatrolHTTP

/// The token that a request brings along.
enum Credentials {
    case none
    case token(UnsafeRawBufferPointer)
    /// There are two, or what there is can't be read.
    case malformed(String)

    /// Of `Authorization: Bearer …`, or the bare secret in it as LaunchDarkly's clients send it; of `X-API-Key`, where that
    /// is allowed. A token in the address is refused: addresses are written down everywhere.
    init(of exchange: borrowing HTTPExchange, takesAPIKey: Bool) {
        let authorization = Self.token(in: exchange.oneValue(of: "Authorization"))
        guard takesAPIKey else {
            self = authorization
            return
        }
        let key = Self.key(in: exchange.oneValue(of: "X-API-Key"))
        switch (authorization, key) {
        case (.none, _): self = key
        case (_, .none): self = authorization
        default: self = .malformed("there are two tokens: in Authorization and in X-API-Key")
        }
    }

    private static func token(in value: HTTPExchange.OneValue) -> Credentials {
        switch value {
        case .none: return .none
        case .several: return .malformed("Authorization stands there twice")
        case .one(let value):
            let value = value.trimmed
            if value.isEmpty { return .none }
            if isScheme("bearer", value) {
                let token = value.dropping(7).trimmed
                return isSecret(token) ? .token(token) : .malformed("Authorization holds no token")
            }
            // Another scheme has a blank behind its name; a bare secret has none.
            return isSecret(value) ? .token(value) : .malformed("Authorization has to be `Bearer` and a token")
        }
    }

    private static func key(in value: HTTPExchange.OneValue) -> Credentials {
        switch value {
        case .none: .none
        case .several: .malformed("X-API-Key stands there twice")
        case .one(let value): isSecret(value.trimmed) ? .token(value.trimmed) : .malformed("X-API-Key holds no token")
        }
    }

    private static func isScheme(_ name: StaticString, _ value: UnsafeRawBufferPointer) -> Bool {
        let length = name.utf8CodeUnitCount
        guard value.count > length, value[length] == 0x20 else { return false }
        return (0..<length).allSatisfy { value[$0] | 0x20 == name.utf8Start[$0] }
    }

    private static func isSecret(_ value: UnsafeRawBufferPointer) -> Bool {
        !value.isEmpty && value.count <= 512 && value.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
