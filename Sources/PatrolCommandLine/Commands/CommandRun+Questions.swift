import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Whether the secret on standard input may do something.
    mutating func check() throws(CommandFailure) -> ExitCode {
        let request = try request()
        warn { $0.of(request) }
        let patrol = try open().patrol
        let secret = try secretFromInput()
        let network = line.value("network") ?? ""
        let result = try Self.door { () throws(PatrolError) in
            try patrol.check(secret, request, network: network)
        }
        if isJSON {
            let token: JSON =
                result.token.map { ["id": .string($0.id.text), "name": .string($0.name)] } ?? .null
            try output.json(.object(result.decision.fields + [JSONMember("token", token)]))
        } else {
            try output.line(result.decision.answer)
        }
        return result.decision.isAllowed ? .done : .refused
    }

    /// Whether somebody may do something, without a secret.
    mutating func explain() throws(CommandFailure) -> ExitCode {
        if line.has("batch") {
            guard line.arguments.isEmpty, try subject() == nil else {
                throw usage("`--batch` reads its questions from standard input")
            }
            return try answerBatch()
        }
        let request = try request()
        guard let subject = try subject() else {
            throw usage("for whom? Give `--token ID`, `--member EMAIL` or `--role KEY`")
        }
        warn { $0.of(request) }
        let explainer = Explainer(try open().patrol)
        let decision = try Self.door { () throws(PatrolError) in
            try explainer.refresh()
            return try explainer.decide(request, for: subject)
        }
        if isJSON {
            let words = JSONMember("explanation", .string(decision.sentence.text))
            try output.json(.object(decision.fields + [words]))
        } else {
            try output.line(decision.answer)
        }
        return decision.isAllowed ? .done : .refused
    }

    private func subject() throws(CommandFailure) -> Explainer.Subject? {
        let given = ["token", "member", "role"].filter { line.has($0) }
        guard given.count <= 1 else {
            throw usage("`--\(given[0])` and `--\(given[1])` exclude each other")
        }
        guard let name = given.first, let value = line.value(name) else { return nil }
        guard let subject = Explainer.Subject(name, value) else {
            throw .notFound("there is no token with the id `\(value)`")
        }
        return subject
    }
}

extension Explainer.Subject {
    /// `token`, `member` or `role`, and what names it. Nil where that can't be its name.
    init?(_ kind: String, _ name: String) {
        switch kind {
        case "member": self = .member(name)
        case "role": self = .role(name)
        default:
            guard let id = TokenID(name) else { return nil }
            self = .token(id)
        }
    }
}

extension Decision {
    /// `allow: statement 2 of the role `release` allows it`
    var answer: SafeText {
        "\(isAllowed ? "allow" : "deny"): \(reason.words(isAllowed: isAllowed).text)"
    }
}
