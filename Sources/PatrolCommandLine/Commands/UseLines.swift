import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

/// Reads calls from JSON lines. Words that come again are looked at once.
struct UseLines {
    private let patrol: Patrol
    /// No call is later, or so much earlier that it would not be kept.
    private let span: ClosedRange<Timestamp>
    private let reader = JSONReader(limits: .line)
    private var tokens: [String: TokenNaming] = [:]
    private var networks: [String: String] = [:]
    private var clients: [String: String] = [:]
    private var resources: Set<String> = []
    private var actions: Set<String> = []
    /// Long texts without a secret in them.
    private var cleanTexts: Set<String> = []

    private static let maximumKept = 50_000
    /// The clocks of two machines differ by a little.
    private static let slack = TimeSpan.minutes(1)
    private static let maximumCount: Int64 = 1_000_000_000

    init(_ patrol: Patrol, now: Timestamp) {
        self.patrol = patrol
        span = (now - HourOfUse.keptFor).startOfHour...(now + Self.slack)
    }

    /// What a line says, before its words are looked up.
    private struct Fields {
        var token: String?
        var at: Timestamp?
        var action: String?
        var resource = ""
        var network = ""
        var client = ""
        var secret: String?
        var isAllowed: Bool?
        var count: Int64 = 1
    }

    /// The call that a line tells of.
    ///
    /// - Throws: `input` where the line can't be read.
    mutating func call(_ line: UnsafeRawBufferPointer?) throws(CommandFailure) -> HourOfUse {
        guard let line else { throw .input("it is longer than \(JSONLimits.line.bytes) bytes") }
        guard line.contains(where: { $0 > 0x20 }) else { throw .input("it is empty") }
        let json: JSON
        do throws(JSONFault) { json = try reader.read(line) } catch {
            throw .input("column \(error.column): \(error.reason.words)")
        }
        guard let members = json.members else { throw .input("a call is an object, not \(json.kind)") }
        var fields = Fields()
        for member in members { try take(member, into: &fields) }
        return try call(fields)
    }

    private mutating func take(_ member: JSONMember, into fields: inout Fields) throws(CommandFailure) {
        let value = member.value
        switch member.name {
        case "token": fields.token = try clean(member)
        case "at": fields.at = try Self.moment(value)
        case "action": fields.action = try clean(member)
        case "resource": fields.resource = try clean(member)
        case "network", "ip": fields.network = try network(Self.text(member))
        case "client": fields.client = try client(clean(member), isFamily: true)
        case "userAgent": fields.client = try client(clean(member), isFamily: false)
        case "secret": fields.secret = try clean(member)
        case "allowed":
            guard let isAllowed = value.bool else { throw .input("`allowed` is true or false, not \(value.kind)") }
            try Self.set(isAllowed, &fields)
        case "status":
            guard let status = value.integer, (100...599).contains(status) else {
                throw .input("`status` is a number from 100 to 599")
            }
            try Self.set(![401, 403, 407].contains(status), &fields)
        case "count":
            guard let count = value.integer, (1...Self.maximumCount).contains(count) else {
                throw .input("`count` is a number from 1 to \(Self.maximumCount)")
            }
            fields.count = count
        default: throw .input("calls have no field `\(member.name)`")
        }
    }

    private static func set(_ isAllowed: Bool, _ fields: inout Fields) throws(CommandFailure) {
        guard fields.isAllowed == nil || fields.isAllowed == isAllowed else {
            throw .input("`allowed` and `status` contradict each other")
        }
        fields.isAllowed = isAllowed
    }

    private static func text(_ member: JSONMember) throws(CommandFailure) -> String {
        guard let text = member.value.string else {
            throw .input("`\(member.name)` is a text, not \(member.value.kind)")
        }
        guard text.utf8.count <= HourOfUse.maximumText else {
            throw .input("`\(member.name)` is longer than \(HourOfUse.maximumText) bytes")
        }
        return text
    }

    /// A secret would be kept, or repeated on a terminal. No secret is shorter than 40 bytes.
    private mutating func clean(_ member: JSONMember) throws(CommandFailure) -> String {
        let text = try Self.text(member)
        guard text.utf8.count >= 40, !cleanTexts.contains(text) else { return text }
        if SecretFormat.isContained(in: text) {
            throw .input("`\(member.name)` holds a secret; its id or its last characters are enough")
        }
        if cleanTexts.count >= Self.maximumKept { cleanTexts.removeAll(keepingCapacity: true) }
        cleanTexts.insert(text)
        return text
    }

    private static func moment(_ value: JSON) throws(CommandFailure) -> Timestamp {
        switch value {
        case .integer(let milliseconds):
            let time = Timestamp(milliseconds: milliseconds)
            guard Timestamp.accepted.contains(time) else {
                throw .input("`at` is no time: a number is one of milliseconds since 1970")
            }
            return time
        case .string(let text):
            guard let time = Timestamp(rfc3339: text) else {
                throw .input("`at` is no time: write one like 2026-11-24T05:57:03Z")
            }
            return time
        default: throw .input("`at` is a time, not \(value.kind)")
        }
    }

    private mutating func network(_ text: String) throws(CommandFailure) -> String {
        if text.isEmpty { return "" }
        if let known = networks[text] { return known }
        guard let network = Machine.network(of: text) else {
            throw .input("`\(text)` is no IP address, nor a network of at most /24 (IPv4) or /48 (IPv6)")
        }
        if networks.count >= Self.maximumKept { networks.removeAll(keepingCapacity: true) }
        networks[text] = network
        return network
    }

    private mutating func client(_ text: String, isFamily: Bool) throws(CommandFailure) -> String {
        if isFamily {
            guard text.utf8.count <= 100 else { throw .input("`client` is longer than 100 bytes") }
            return text
        }
        if let known = clients[text] { return known }
        let family = ClientFamily.of(userAgent: text)
        if clients.count >= Self.maximumKept { clients.removeAll(keepingCapacity: true) }
        clients[text] = family
        return family
    }
}

extension UseLines {
    private mutating func call(_ fields: Fields) throws(CommandFailure) -> HourOfUse {
        guard let name = fields.token else { throw .input("`token` is missing") }
        guard let at = fields.at else { throw .input("`at` is missing") }
        guard let action = fields.action else { throw .input("`action` is missing") }
        guard let isAllowed = fields.isAllowed else { throw .input("`allowed` or `status` is missing") }
        guard at <= span.upperBound else { throw .input("`at` is in the future") }
        guard at >= span.lowerBound else { throw .input("`at` is more than \(HourOfUse.keptFor.wholeDays) days ago") }
        try look(at: action, fields.resource)
        let (token, secret) = try token(name)
        return HourOfUse(
            of: token, at: min(at, span.upperBound - Self.slack), action: Action(action), resource: fields.resource,
            network: fields.network, client: fields.client, secret: fields.secret ?? secret,
            outcome: isAllowed ? .allowed : .denied, calls: Int(fields.count))
    }

    private mutating func token(_ name: String) throws(CommandFailure) -> (TokenID, secret: String) {
        let naming: TokenNaming
        if let known = tokens[name] {
            naming = known
        } else {
            naming = try CommandRun.door { () throws(PatrolError) in try patrol.token(named: name) }
            if tokens.count >= Self.maximumKept { tokens.removeAll(keepingCapacity: true) }
            tokens[name] = naming
        }
        switch naming {
        case .token(let id, let secret): return (id, secret)
        case .nobody: throw .input("there is no token `\(name)`")
        case .several: throw .input("several tokens end in `\(name)`: give the id")
        }
    }

    private mutating func look(at action: String, _ resource: String) throws(CommandFailure) {
        if !actions.contains(action) {
            _ = try CommandRun.request(action: action, resource: "acct")
            if actions.count >= Self.maximumKept { actions.removeAll(keepingCapacity: true) }
            actions.insert(action)
        }
        guard !resource.isEmpty, !resources.contains(resource) else { return }
        _ = try CommandRun.request(action: action, resource: resource)
        if resources.count >= Self.maximumKept { resources.removeAll(keepingCapacity: true) }
        resources.insert(resource)
    }
}
