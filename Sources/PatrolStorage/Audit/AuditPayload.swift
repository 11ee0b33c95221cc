internal import PatrolDomain

/// What the log promises for ever about one entry: the bytes that are hashed. Names and comments are
/// not in it but their digest is: the log would hold without them, though triggers keep them in this version.
///
/// Version 1: `01`, sequence and time (8 bytes each, big end first), the digest of salt and body (32),
/// then texts, each after its length, and numbers, in the order of the properties below. Lengths and
/// numbers are in 5-bit groups (see `ByteWriter`).
struct AuditPayload: Hashable, Sendable {
    static let version: UInt8 = 1
    /// Bytes before the first text.
    static let headCount = 49

    var sequence: Int64
    var at: Int64
    var bodyDigest: [UInt8]
    var verb: String
    var actor: String
    var signIn: String
    /// Empty: in person.
    var token: String
    var action: String
    var resource: String
    var targetKind: String
    var targetID: String
    /// Nil: it was not there.
    var versionBefore: Int?
    var versionAfter: Int?
    var isRefused: Bool
    /// Empty: none decided.
    var role: String
    var statement: Int?
    var reason: String

    /// As the table's column holds it.
    var target: String { Self.target(targetKind, targetID) }

    static func target(_ kind: String, _ id: String) -> String { "\(kind)/\(id)" }
}

extension AuditPayload {
    init(_ event: AuditEvent, sequence: Int64, at: Int64, bodyDigest: [UInt8]) {
        self.init(
            sequence: sequence, at: at, bodyDigest: bodyDigest, verb: event.name.rawValue,
            actor: event.actor.member.text, signIn: Self.words(event.actor.signIn),
            token: event.actor.token?.text ?? "", action: event.request.action.name,
            resource: event.request.resource.description, targetKind: event.target.kind.rawValue,
            targetID: event.target.id, versionBefore: event.versionBefore,
            versionAfter: event.versionAfter, isRefused: event.refusal != nil,
            role: event.decision.decidingGrant?.role ?? "",
            statement: event.decision.decidingStatement,
            reason: event.refusal?.code ?? event.decision.reason.code)
    }

    /// How somebody signed in, in words: the kind, the user's number and his name.
    static func words(_ signIn: Actor.SignIn) -> String {
        switch signIn {
        case .localUser(let uid, let name): "localUser:\(uid):\(name)"
        case .localUserAs(let uid, let name): "localUserAs:\(uid):\(name)"
        case .token(let kind): "token:\(kind.rawValue)"
        case .initialization: "initialization"
        }
    }

    /// The canonical bytes.
    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 320)
        writer.write(byte: Self.version)
        writer.write(fixed: sequence)
        writer.write(fixed: at)
        writer.write(raw: bodyDigest)
        for text in [verb, actor, signIn, token, action, resource, targetKind, targetID] {
            writer.write(text)
        }
        writer.write(optional: versionBefore)
        writer.write(optional: versionAfter)
        writer.write(byte: isRefused ? 1 : 0)
        writer.write(role)
        writer.write(optional: statement)
        writer.write(reason)
        return writer.bytes
    }

    /// Nil where the bytes are not a payload that this program knows.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard reader.byte() == Self.version, let sequence = reader.fixed(), let at = reader.fixed(),
            let digest = reader.raw(count: 32), let verb = reader.text(), let actor = reader.text(),
            let signIn = reader.text(), let token = reader.text(), let action = reader.text(),
            let resource = reader.text(), let kind = reader.text(), let id = reader.text(),
            let before = reader.optional(), let after = reader.optional(),
            let refused = reader.byte(), refused <= 1, let role = reader.text(),
            let statement = reader.optional(), let reason = reader.text(), reader.isAtEnd
        else { return nil }
        self.init(
            sequence: sequence, at: at, bodyDigest: digest, verb: verb, actor: actor,
            signIn: signIn, token: token, action: action, resource: resource, targetKind: kind,
            targetID: id, versionBefore: before, versionAfter: after, isRefused: refused == 1,
            role: role, statement: statement, reason: reason)
    }
}
