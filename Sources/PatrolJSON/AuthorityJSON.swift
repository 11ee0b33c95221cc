package import PatrolDomain

/// Why a JSON value is not an authority. Patrol writes these itself, so one that can't be read is damaged.
package struct AuthorityFault: Error, Hashable, Sendable {
    /// Such as `grants[2].policy`.
    package let path: String

    package init(_ path: String) { self.path = path }
}

extension Authority {
    /// `{"holder": ID or null, "grants": [...]}`: how the snapshot of a service token's creator is kept.
    /// A base role's grant is its name alone, `{"baseRole": "admin"}`; any other is written in full.
    package var json: JSON {
        ["holder": JSON(holder?.text), "grants": .array(grants.map { $0.json(holder: holder) })]
    }

    package init(json: JSON) throws(AuthorityFault) {
        guard let grants = json["grants"]?.elements else { throw AuthorityFault("grants") }
        let holder: MemberID?
        switch json["holder"] {
        case .null, nil: holder = nil
        case .string(let text):
            guard let id = MemberID(text) else { throw AuthorityFault("holder") }
            holder = id
        default: throw AuthorityFault("holder")
        }
        var read: [Grant] = []
        for (place, grant) in grants.enumerated() {
            read.append(try Grant(json: grant, holder: holder, path: "grants[\(place)]"))
        }
        self.init(grants: read, holder: holder)
    }
}

extension Grant {
    fileprivate func json(holder: MemberID?) -> JSON {
        if let role = BaseRole(rawValue: name.role), role.grant(holder: holder) == self {
            return ["baseRole": .string(role.rawValue)]
        }
        var members = [JSONMember("role", .string(name.role))]
        members.append(JSONMember("source", .string(name.source.word)))
        if case .team(let key) = name.source { members.append(JSONMember("team", .string(key.text))) }
        members.append(JSONMember("basePermissions", .string(basePermissions.rawValue)))
        if !attributes.isEmpty { members.append(JSONMember("attributes", attributes.json)) }
        members.append(JSONMember("policy", policy.json))
        return .object(members)
    }

    fileprivate init(json: JSON, holder: MemberID?, path: String) throws(AuthorityFault) {
        if let word = json["baseRole"] {
            guard let role = word.string.flatMap(BaseRole.init(rawValue:)) else {
                throw AuthorityFault("\(path).baseRole")
            }
            self = role.grant(holder: holder)
            return
        }
        guard let role = json["role"]?.string else { throw AuthorityFault("\(path).role") }
        guard let source = GrantName.Source(json: json) else { throw AuthorityFault("\(path).source") }
        guard
            let base = json["basePermissions"]?.string.flatMap(BasePermissions.init(rawValue:))
        else { throw AuthorityFault("\(path).basePermissions") }
        var attributes: RoleAttributes = [:]
        if let value = json["attributes"] {
            guard let read = RoleAttributes(json: value) else {
                throw AuthorityFault("\(path).attributes")
            }
            attributes = read
        }
        let policy: Policy
        do { policy = try Policy(json: json["policy"] ?? .null) } catch {
            throw AuthorityFault("\(path).policy")
        }
        self.init(
            GrantName(role, source: source), policy: policy, basePermissions: base,
            attributes: attributes)
    }
}

extension GrantName.Source {
    fileprivate var word: String {
        switch self {
        case .baseRole: "baseRole"
        case .customRole: "customRole"
        case .team: "team"
        case .inlinePolicy: "inlinePolicy"
        case .creatorSnapshot: "creatorSnapshot"
        }
    }

    fileprivate init?(json: JSON) {
        switch json["source"]?.string {
        case "baseRole": self = .baseRole
        case "customRole": self = .customRole
        case "inlinePolicy": self = .inlinePolicy
        case "creatorSnapshot": self = .creatorSnapshot
        case "team":
            guard let key = json["team"]?.string.flatMap(Key.init) else { return nil }
            self = .team(key)
        default: return nil
        }
    }
}

extension [String: [String]] {
    /// `{"projects": ["web", "mobile-*"]}`, sorted by name.
    package var json: JSON {
        .object(sorted { $0.key < $1.key }.map { JSONMember($0.key, JSON($0.value)) })
    }

    /// Nil where it is not an object of lists of texts.
    package init?(json: JSON) {
        guard let members = json.members else { return nil }
        self = [:]
        for member in members {
            guard let elements = member.value.elements else { return nil }
            let texts = elements.compactMap(\.string)
            guard texts.count == elements.count else { return nil }
            self[member.name] = texts
        }
    }
}
