internal import PatrolDomain
internal import PatrolJSON

/// Values that are kept as JSON text. What can't be read back is damage: Patrol wrote it.
enum StoredText {
    /// Wider than what a person may type: several roles may stand in one snapshot.
    private static let limits = JSONLimits(bytes: 4 << 20, depth: 16, values: 1_000_000)

    static func text(of policy: Policy) -> String { policy.json.text() }

    static func policy(_ text: String) throws(StorageError) -> Policy {
        let json = try json(text)
        do {
            return try Policy(json: json)
        } catch {
            throw .damaged(detail: "a policy can't be read")
        }
    }

    static func text(of authority: Authority) -> String { authority.json.text() }

    static func authority(_ text: String) throws(StorageError) -> Authority {
        let json = try json(text)
        do {
            return try Authority(json: json)
        } catch {
            throw .damaged(detail: "a snapshot can't be read")
        }
    }

    static func text(of scope: Scope) -> String { scope.json.text() }

    static func scope(_ text: String) throws(StorageError) -> Scope {
        let json = try json(text)
        do {
            return try Scope(json: json)
        } catch {
            throw .damaged(detail: "a scope can't be read")
        }
    }

    static func text(of attributes: RoleAttributes) -> String {
        attributes.isEmpty ? "{}" : attributes.json.text()
    }

    static func attributes(_ text: String) throws(StorageError) -> RoleAttributes {
        if text == "{}" { return [:] }
        guard let attributes = RoleAttributes(json: try json(text)) else {
            throw .damaged(detail: "role attributes can't be read")
        }
        return attributes
    }

    private static func json(_ text: String) throws(StorageError) -> JSON {
        do {
            return try JSON(parsing: text, limits: limits)
        } catch {
            throw .damaged(detail: "stored JSON can't be read")
        }
    }
}

/// What a text is sorted by in lists: the same in capital and small letters.
func sortKey(_ text: String) -> String { text.lowercased() }
