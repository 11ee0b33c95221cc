import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Whether one scope allows all that another does.
    mutating func comparePolicies() throws(CommandFailure) {
        let (nameOfA, nameOfB) = (line.arguments[0], line.arguments[1])
        guard nameOfA != "-" || nameOfB != "-" else { throw usage("standard input is one policy, not two") }
        let (a, b) = (try compared(nameOfA), try compared(nameOfB))
        var analysis = ScopeAnalysis(catalogue: catalogue)
        let comparison = analysis.comparison(of: a.scope, with: b.scope)
        if isJSON { return try output.json(comparison.json, pretty: true) }
        for sentence in comparison.sentences(a.words, b.words) { try output.line(sentence) }
        for (scope, words) in [a, b] {
            if let why = scope.standing { try output.line("\(words) allows nothing now: \(why.words.text)") }
        }
    }

    private enum Subject {
        case file(String)
        case named(Explainer.Subject)
    }

    private mutating func compared(_ name: String) throws(CommandFailure) -> (scope: TokenAuthority, words: String) {
        switch try subject(name) {
        case .file(let path):
            let grant = Grant(
                GrantName("inline policy", source: .inlinePolicy), policy: try policy(at: path), basePermissions: .noAccess)
            let words = path == "-" ? "standard input" : "`\(path)`"
            return (TokenAuthority(Authority(grants: [grant], holder: nil)), words)
        case .named(.role(let key)):
            if let base = BaseRole(rawValue: key) {
                let authority = Authority(grants: base == .noAccess ? [] : [base.grant(holder: nil)], holder: nil)
                return (TokenAuthority(authority), "the base role \(key)")
            }
            _ = try role(key)
            return (try authority(of: .role(key)), "the role `\(key)`")
        case .named(.token(let id)):
            let token = try token(id.text)
            return (try authority(of: .token(id)), "the token `\(token.name)`")
        case .named(.member(let email)): return (try authority(of: .member(email)), "the member `\(email)`")
        }
    }

    private mutating func authority(of subject: Explainer.Subject) throws(CommandFailure) -> TokenAuthority {
        let explainer = Explainer(try open().patrol)
        return try Self.door { () throws(PatrolError) in try explainer.authority(of: subject) }
    }

    /// What a name is the name of. One with a slash is a path.
    private mutating func subject(_ name: String) throws(CommandFailure) -> Subject {
        if name == "-" { return .file(name) }
        for (prefix, kind) in [("token:", "token"), ("role:", "role")] where name.hasPrefix(prefix) {
            let rest = String(name.dropFirst(prefix.count))
            guard let subject = Explainer.Subject(kind, rest) else {
                throw .notFound("there is no token with the id `\(rest)`")
            }
            return .named(subject)
        }
        if name.utf8.contains(UInt8(ascii: "/")) { return .file(name) }
        let isFile = !InputFile.isMissing(name)
        let found = try (isFile ? ["file"] : []) + kinds(named: name, isFile: isFile)
        guard found.count < 2 else {
            let ways = found.map { $0 == "file" ? "`./\(name)`" : "`\($0):\(name)`" }.joined(separator: " or ")
            throw usage("`\(name)` is a \(found.joined(separator: " and a ")): say \(ways)")
        }
        guard let kind = found.first else { throw .notFound("there is no file, role or token `\(name)`") }
        return Explainer.Subject(kind, name).flatMap { kind == "file" ? nil : .named($0) } ?? .file(name)
    }

    /// Which of a role and a token has this name. Where there is a file of the name, no account is needed.
    private mutating func kinds(named name: String, isFile: Bool) throws(CommandFailure) -> [String] {
        if BaseRole(rawValue: name) != nil { return ["role"] }
        guard Key(name) != nil || TokenID(name) != nil else { return [] }
        let opened: Opened
        do { opened = try open() } catch {
            if isFile { return [] }
            throw error
        }
        return try Self.door { () throws(PatrolError) in
            var kinds: [String] = []
            if let key = Key(name), let role = try opened.patrol.role(key: key), role.deletedAt == nil {
                kinds.append("role")
            }
            if let id = TokenID(name), let token = try opened.patrol.token(id), token.deletedAt == nil {
                kinds.append("token")
            }
            return kinds
        }
    }
}

extension ScopeComparison {
    fileprivate var json: JSON {
        [
            "relation": .string(relation.rawValue), "aWithinB": aWithinB.map(JSON.bool) ?? .null,
            "bWithinA": bWithinA.map(JSON.bool) ?? .null, "aBeyondB": aInB.witness?.json ?? .null,
            "bBeyondA": bInA.witness?.json ?? .null,
        ]
    }
}

extension Witness {
    fileprivate var json: JSON {
        [
            "action": .string(request.action.name), "resource": .string(request.resource.description),
            "statement": reason.decidingStatement.map(JSON.init) ?? .null,
        ]
    }
}
