import PatrolDomain
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// How long a token lives that is made without an expiry of its own.
    private static let standardLife = TimeSpan.days(90)

    mutating func createToken() throws(CommandFailure) {
        let template = try chosenTemplate()
        guard let scope = try newScope(template) else {
            throw usage("a token needs `--role ROLE`, `--policy FILE` or `--template KEY`: the smallest that does its job")
        }
        let creation = CreateToken(
            kind: line.has("service") ? .service : .personal, name: line.value("name") ?? "",
            purpose: line.value("purpose") ?? template?.description ?? "", scope: scope,
            expiresAt: try newExpiry(template), networks: try networks())
        try handOver(.createToken(creation))
    }

    mutating func cloneToken() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        let creation = CreateToken(
            kind: token.kind, name: line.value("name") ?? "\(token.name) (copy)",
            purpose: line.value("purpose") ?? token.purpose, scope: token.scope,
            expiresAt: try newExpiry(), networks: token.networks)
        try handOver(.createToken(creation))
    }

    mutating func rotateToken() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        var oldSecretUntil: Timestamp?
        if let text = line.value("overlap") {
            guard let span = TimeParsing.span(text) else {
                throw usage("`\(text)` is no span for `--overlap`: write one like 12h or 7d")
            }
            oldSecretUntil = now + span
        }
        try handOver(
            .rotateToken(
                RotateToken(token: token.id, version: token.version, oldSecretUntil: oldSecretUntil)))
    }

    mutating func editToken() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        if line.has("networks") { return try editNetworks(of: token) }
        var expiry = token.expiresAt
        if let text = line.value("expires") { expiry = try self.expiry(text, place: "`--expires`") }
        let edit = EditToken(
            token: token.id, version: token.version, name: line.value("name") ?? token.name,
            purpose: line.value("purpose") ?? token.purpose, scope: try scope() ?? token.scope,
            expiresAt: expiry)
        if try showsOnly([.editToken(edit)]) { return }
        try report(perform(.editToken(edit)))
    }

    /// Another command of the account, so that the log tells one from the other.
    private mutating func editNetworks(of token: AccessToken) throws(CommandFailure) {
        for option in ["name", "purpose", "role", "policy", "expires", "dry-run"] where line.has(option) {
            throw usage("`--networks` of `tokens edit` goes without `--\(option)`")
        }
        try report(perform(.editNetworks(EditNetworks(token: token.id, version: token.version, networks: try networks()))))
    }

    /// What `--networks` says; nil: from everywhere.
    private func networks() throws(CommandFailure) -> NetworkLimit? {
        guard let text = line.value("networks"), text != "none" else { return nil }
        if let limit = NetworkLimit(text) { return limit }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let range = AddressRange(String(part.drop { $0 == " " })) else {
                throw usage("`\(part)` is no network: write one like 10.0.0.0/8 or 2001:db8::/32")
            }
            guard NetworkLimit.isNarrow(range) else {
                let least = NetworkLimit.minimumBits
                throw usage("`\(part)` is too wide to limit anything: at least /\(least.version4), or /\(least.version6) of IPv6")
            }
        }
        throw usage("a token is limited to \(NetworkLimit.maximumCount) networks at most")
    }

    mutating func expireToken() throws(CommandFailure) {
        let token = try token(line.arguments[0])
        let edit = EditToken(
            token: token.id, version: token.version, name: token.name, purpose: token.purpose,
            scope: token.scope, expiresAt: try expiry(line.arguments[1], place: "`WHEN`"))
        try report(perform(.editToken(edit)))
    }

    mutating func flagTokens() throws(CommandFailure) {
        let reason = line.value("reason") ?? ""
        var dueAt: Timestamp?
        if let text = line.value("by") { dueAt = try moment(text, place: "`--by`") }
        for token in try tokens() {
            try report(
                perform(.flagToken(token.id, reason: reason, dueAt: dueAt, version: token.version)))
        }
    }

    mutating func unflagTokens() throws(CommandFailure) {
        try performOnEach { .unflagToken($0.id, version: $0.version) }
    }

    mutating func deleteTokens() throws(CommandFailure) {
        let tokens = try tokens()
        if !line.has("yes"), !line.has("dry-run") {
            let patrol = try open().patrol
            for token in tokens {
                let detail = try Self.door { () throws(PatrolError) in try patrol.tokenDetail(token.id) }
                if let detail { tell(detail.use(now: now)) }
                try tellReplay(of: .deleteToken(token.id, version: token.version))
            }
            let one = tokens.count == 1 ? tokens[0] : nil
            try confirm(
                one.map { "delete the token `\($0.name)`" } ?? "delete \(tokens.count) tokens",
                word: one?.name ?? "yes")
        }
        if try showsOnly(tokens.map { .deleteToken($0.id, version: $0.version) }) { return }
        for token in tokens { try report(perform(.deleteToken(token.id, version: token.version))) }
    }

    mutating func adoptToken() throws(CommandFailure) {
        let kind: AccessToken.Kind =
            switch line.value("kind") {
            case "account": .accountWide
            case "service": .service
            default: .personal
            }
        var scope = Scope.account
        if kind == .accountWide {
            guard !line.has("role"), !line.has("policy"), !line.has("owner") else {
                throw usage("a token of the whole account has no role, policy or owner")
            }
        } else {
            guard let given = try self.scope() else { throw usage("`--role` or `--policy` is needed") }
            scope = given
        }
        let owner = try owner(of: kind)
        var expiresAt: Timestamp?
        if let text = line.value("expires") { expiresAt = try expiry(text, place: "`--expires`") }
        let secret = try secretFromInput()
        let adoption = AdoptToken(
            kind: kind, name: line.value("name") ?? "", purpose: line.value("purpose") ?? "",
            owner: owner, scope: scope, expiresAt: expiresAt)
        try report(perform(.adoptToken(adoption), presented: secret))
    }

    private mutating func owner(of kind: AccessToken.Kind) throws(CommandFailure) -> MemberID? {
        if kind == .accountWide { return nil }
        if let email = line.value("owner") { return try member(email).id }
        return try open().session.actor.member
    }

    private mutating func newScope(_ template: Template?) throws(CommandFailure) -> Scope? {
        guard let template else { return try scope() }
        guard !line.has("role"), !line.has("policy") else {
            throw usage("`--template` is instead of `--role` and `--policy`")
        }
        return .inline(try filled(template))
    }

    private func newExpiry(_ template: Template? = nil) throws(CommandFailure) -> Timestamp? {
        guard let text = line.value("expires") else {
            return now + (template?.expiryDays.map { .days($0) } ?? Self.standardLife)
        }
        return try expiry(text, place: "`--expires`")
    }

    /// The tokens that the line names, each once.
    mutating func tokens() throws(CommandFailure) -> [AccessToken] {
        var tokens: [AccessToken] = []
        for id in line.arguments where !tokens.contains(where: { $0.id.text == id }) {
            tokens.append(try token(id))
        }
        return tokens
    }
}

extension TokenDetail {
    /// What is known of its use, before it is deleted.
    func use(now: Timestamp) -> SafeText {
        let week = use.filter { $0.day >= now - .days(7) }
        let calls = week.reduce(0) { $0 + $1.allowed }
        let last = row.token.lastUsedAt.map { "used \(TimeText.relative($0, now: now).text)" }
            ?? "no use is known"
        // The networks of calls are not always known.
        let from = recentNetworks > 0 ? " from \(Count.of(recentNetworks, "network").text)" : ""
        let more = calls > 0 ? "; \(Count.of(calls, "call").text) this week\(from)" : ""
        return "\(row.token.name) (\(row.token.id.text)): \(last)\(more)"
    }
}
