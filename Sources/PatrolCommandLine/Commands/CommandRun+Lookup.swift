import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// The member by e-mail address or id.
    mutating func member(_ text: String) throws(CommandFailure) -> Member {
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) -> Member? in
            if text.utf8.contains(UInt8(ascii: "@")) { return try patrol.member(email: text) }
            return try MemberID(text).flatMap { id throws(PatrolError) in try patrol.member(id) }
        }
        guard let found else { throw .notFound("there is no member `\(text)`; `patrol members list` shows the addresses") }
        return found
    }

    mutating func token(_ text: String) throws(CommandFailure) -> AccessToken {
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) in
            try TokenID(text).flatMap { id throws(PatrolError) in try patrol.token(id) }
        }
        guard let found, found.deletedAt == nil else {
            throw .notFound("there is no token with the id `\(text)`; `patrol tokens list` shows the ids")
        }
        return found
    }

    mutating func role(_ text: String) throws(CommandFailure) -> Role {
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) in
            try Key(text).flatMap { key throws(PatrolError) in try patrol.role(key: key) }
        }
        guard let found, found.deletedAt == nil else {
            let bases = BaseRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw .notFound("there is no role `\(text)`; base roles are \(bases)")
        }
        return found
    }

    /// What a list of `--role` names.
    struct NamedRoles {
        var base: BaseRole?
        var custom: [RoleID] = []
    }

    mutating func roles(named names: [String]) throws(CommandFailure) -> NamedRoles {
        var roles = NamedRoles()
        for name in names {
            if let base = BaseRole(rawValue: name) {
                guard roles.base == nil else { throw usage("`\(name)` is the second base role; there is room for one") }
                roles.base = base
            } else {
                let role = try role(name)
                if !roles.custom.contains(role.id) { roles.custom.append(role.id) }
            }
        }
        return roles
    }

    /// The scope that `--role` and `--policy` give; nil where neither is there.
    mutating func scope() throws(CommandFailure) -> Scope? {
        let names = line.list("role")
        guard names.isEmpty || !line.has("policy") else {
            throw usage("`--role` and `--policy` exclude each other")
        }
        if let policy = try policy() { return .inline(policy) }
        if names.isEmpty { return nil }
        let roles = try roles(named: names)
        guard let base = roles.base else { return .customRoles(roles.custom) }
        guard roles.custom.isEmpty else {
            throw usage("a token has a base role or custom roles, not both")
        }
        return .base(base)
    }

    /// The policy of `--policy`, from a file or standard input.
    func policy() throws(CommandFailure) -> Policy? {
        try line.value("policy").map { path throws(CommandFailure) in try policy(at: path) }
    }

    /// The policy in a file, or for `-` from standard input.
    func policy(at path: String) throws(CommandFailure) -> Policy {
        let name = path == "-" ? "standard input" : "`\(path)`"
        let bytes =
            path == "-"
            ? try standardInput(limit: JSONLimits.document.bytes)
            : try InputFile.read(path, limit: JSONLimits.document.bytes, sparing: location.database)
        do {
            let policy = try Policy(json: try Self.json(bytes))
            warn { $0.of(policy) }
            return policy
        } catch {
            throw .input(
                "the policy in \(name) can't be used: \(Self.place(of: error, in: bytes))\(error.words(specifier: \.sentence))"
            )
        }
    }

    /// `line 3, column 7: `; empty where the fault says it itself.
    private static func place(of fault: PolicyFault, in bytes: [UInt8]) -> String {
        if case .json = fault.reason { return "" }
        guard let place = JSONPlace(of: fault.steps, in: bytes) else { return "" }
        return "line \(place.line), column \(place.column): "
    }

    private static func json(_ bytes: [UInt8]) throws(PolicyFault) -> JSON {
        do { return try JSON(parsing: bytes) } catch { throw PolicyFault(.json(error)) }
    }

    /// All of standard input.
    func standardInput(limit: Int) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        // It may be a secret, and an array that grows leaves its bytes behind.
        bytes.reserveCapacity(min(limit, 4_096) + 1)
        while true {
            var more = console.read(min(1 << 16, limit + 1 - bytes.count))
            if more.isEmpty { return bytes }
            bytes += more
            wipe(&more)
            guard bytes.count <= limit else {
                wipe(&bytes)
                throw .input("standard input holds more than \(limit) bytes")
            }
        }
    }

    /// A secret from standard input: one line. On a terminal it is asked for, and not shown.
    func secretFromInput() throws(CommandFailure) -> Secret {
        var bytes: [UInt8]
        if console.isInputTerminal {
            console.complain(Array("secret: ".utf8))
            bytes = console.readHidden()
            console.complain([UInt8(ascii: "\n")])
        } else {
            bytes = try standardInput(limit: Secret.maximumLength + 2)
        }
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes.removeLast()
        }
        if bytes.isEmpty { throw .input("standard input holds no secret") }
        guard let secret = Secret(wiping: &bytes) else {
            let limit = Secret.maximumLength
            throw .input(
                "what standard input holds is no secret: one line of at most \(limit) visible ASCII characters")
        }
        return secret
    }

    /// `never`, a day, or a span from now.
    func expiry(_ text: String, place: String) throws(CommandFailure) -> Timestamp? {
        text == "never" ? nil : try moment(text, place: place)
    }

    func moment(_ text: String, place: String) throws(CommandFailure) -> Timestamp {
        do { return try TimeParsing.moment(text, now: now) } catch {
            throw usage("`\(text)` is no date for \(place): \(error.sentence.text)")
        }
    }

    func request() throws(CommandFailure) -> PatrolDomain.Request {
        guard line.arguments.count == 2 else { throw usage("an ACTION and a RESOURCE are needed") }
        return try Self.request(action: line.arguments[0], resource: line.arguments[1])
    }

    static func request(
        action: String, resource: String
    ) throws(CommandFailure) -> PatrolDomain.Request {
        do throws(SpecifierFault) {
            _ = try ActionPattern(parsing: action)
        } catch {
            throw .input("the action `\(action)` can't be read: \(error.sentence)")
        }
        guard !action.utf8.contains(UInt8(ascii: "*")) else {
            throw .input("the action `\(action)` is a pattern: one action is asked for")
        }
        do {
            return Request(Action(action), on: try Resource(parsing: resource))
        } catch {
            throw .input("the resource `\(resource)` can't be read: \(error.sentence)")
        }
    }
}
