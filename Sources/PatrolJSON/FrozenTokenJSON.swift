package import PatrolDomain

/// Why a JSON value is not a frozen token: the name of the first member that is not what it should be.
package struct FrozenTokenFault: Error, Hashable, Sendable {
    package let member: String

    package init(_ member: String) { self.member = member }
}

extension FrozenToken {
    /// How the token is kept in a review, and told in its report: always the same members in the same order, so that the
    /// text can be hashed. Moments are milliseconds since 1970.
    package var json: JSON {
        [
            "name": .string(name), "purpose": .string(purpose), "kind": .string(kind.rawValue),
            "owner": JSON(owner?.text), "ownerName": JSON(ownerName), "ownerStanding": JSON(ownerStanding?.rawValue),
            "scope": .string(scope), "ending": .string(ending), "createdAt": .integer(createdAt.milliseconds),
            "expiresAt": JSON(expiresAt?.milliseconds), "lastUsedAt": JSON(lastUsedAt?.milliseconds),
            "findings": JSON(findings), "severity": JSON(severity.map { Int64($0.rawValue) }),
        ]
    }

    package init(json: JSON) throws(FrozenTokenFault) {
        let members = Members(json: json)
        self.init(
            name: try members.text("name"), purpose: try members.text("purpose"),
            kind: try members.value("kind", AccessToken.Kind.init),
            owner: try members.optionalValue("owner", MemberID.init), ownerName: try members.optionalText("ownerName"),
            ownerStanding: try members.optionalValue("ownerStanding", Member.Standing.init),
            scope: try members.text("scope"), ending: try members.text("ending"),
            createdAt: Timestamp(milliseconds: try members.number("createdAt")),
            expiresAt: try members.optionalNumber("expiresAt").map(Timestamp.init),
            lastUsedAt: try members.optionalNumber("lastUsedAt").map(Timestamp.init),
            findings: try members.texts("findings"),
            severity: try members.severity("severity"))
    }
}

/// Reads members of known types.
private struct Members {
    let json: JSON

    func text(_ name: String) throws(FrozenTokenFault) -> String {
        guard let text = json[name]?.string else { throw FrozenTokenFault(name) }
        return text
    }

    func optionalText(_ name: String) throws(FrozenTokenFault) -> String? {
        json[name] == .null ? nil : try text(name)
    }

    func number(_ name: String) throws(FrozenTokenFault) -> Int64 {
        guard let number = json[name]?.integer else { throw FrozenTokenFault(name) }
        return number
    }

    func optionalNumber(_ name: String) throws(FrozenTokenFault) -> Int64? {
        json[name] == .null ? nil : try number(name)
    }

    func texts(_ name: String) throws(FrozenTokenFault) -> [String] {
        guard let elements = json[name]?.elements else { throw FrozenTokenFault(name) }
        let texts = elements.compactMap(\.string)
        guard texts.count == elements.count else { throw FrozenTokenFault(name) }
        return texts
    }

    func value<Value>(_ name: String, _ make: (String) -> Value?) throws(FrozenTokenFault) -> Value {
        guard let value = make(try text(name)) else { throw FrozenTokenFault(name) }
        return value
    }

    func optionalValue<Value>(_ name: String, _ make: (String) -> Value?) throws(FrozenTokenFault) -> Value? {
        json[name] == .null ? nil : try value(name, make)
    }

    func severity(_ name: String) throws(FrozenTokenFault) -> Severity? {
        guard let number = try optionalNumber(name) else { return nil }
        guard let number = Int(exactly: number), let severity = Severity(rawValue: number) else {
            throw FrozenTokenFault(name)
        }
        return severity
    }
}
