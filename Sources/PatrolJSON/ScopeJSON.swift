package import PatrolDomain

/// Why a JSON value is not a scope. Patrol writes these itself, so one that can't be read is damaged.
package struct ScopeFault: Error, Hashable, Sendable {}

extension Scope {
    /// `{"baseRole": …}`, `{"customRoles": [ids]}`, `{"policy": [statements]}` or `{"account": true}`: how a scope
    /// that a token does not have now is kept.
    package var json: JSON {
        switch self {
        case .base(let role): ["baseRole": .string(role.rawValue)]
        case .customRoles(let ids): ["customRoles": .array(ids.map { .string($0.text) })]
        case .inline(let policy): ["policy": policy.json]
        case .account: ["account": .bool(true)]
        }
    }

    package init(json: JSON) throws(ScopeFault) {
        if let role = json["baseRole"]?.string.flatMap(BaseRole.init(rawValue:)) {
            self = .base(role)
        } else if let texts = json["customRoles"]?.elements {
            let ids = texts.compactMap(\.string).compactMap(RoleID.init)
            guard ids.count == texts.count else { throw ScopeFault() }
            self = .customRoles(ids)
        } else if let statements = json["policy"] {
            do { self = .inline(try Policy(json: statements)) } catch { throw ScopeFault() }
        } else if json["account"] == .bool(true) {
            self = .account
        } else {
            throw ScopeFault()
        }
    }
}
