import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Which role is the smallest for a need, and what each gives beyond it.
    mutating func rankRoles() throws(CommandFailure) {
        guard !(line.has("policy") && line.has("template")) else {
            throw usage("`--policy` and `--template` exclude each other")
        }
        let template = try chosenTemplate()
        var need = try policy()
        if let template { need = try filled(template) }
        guard let need else { throw usage("what must it do? Give `--policy FILE` or `--template KEY`") }
        let opened = try open()
        let ranking = try Self.door { () throws(PatrolError) in
            try opened.patrol.ranking(of: need, as: opened.session)
        }
        guard !ranking.isEmpty else { throw .input("the policy allows nothing, so every role covers it") }
        if isJSON { return try output.json(ranking.json, pretty: true) }
        try show("What covers it, the least beyond it first", ranking.facts)
    }
}

extension RoleRanking {
    fileprivate var facts: [Fact] {
        var facts = need.sentences.map { Fact("need", $0) }
        facts += candidates.enumerated().map { place, candidate in
            let example = candidate.excess.example.map { ": \($0.text)" } ?? ""
            return Fact("\(place + 1)", "\(candidate.way.words.text), \(candidate.excess.words.text)\(example)")
        }
        facts += undecided.map { Fact("undecided", $0.words) }
        if pairsLeftOut > 0 {
            facts.append(Fact("not tried", "\(Count.of(pairsLeftOut, "more pair").text) of roles"))
        }
        if !misses.isEmpty { facts.append(Fact("too small", Count.of(misses.count, "role"))) }
        if let sentence = withheldSentence { facts.append(Fact("withheld", sentence)) }
        return facts
    }

    fileprivate var json: JSON {
        [
            "need": need.json,
            "candidates": .array(
                candidates.map { candidate in
                    .object(candidate.way.fields + [JSONMember("excess", candidate.excess.json)])
                }),
            "notCovering": .array(
                misses.map { .object($0.way.fields + [JSONMember("lacks", $0.lacking.json)]) }),
            "undecided": .array(undecided.map { .object($0.fields) }),
            "pairsLeftOut": JSON(pairsLeftOut), "withheld": withheld.json,
        ]
    }
}

extension RoleRanking.Way {
    fileprivate var fields: [JSONMember] {
        switch self {
        case .inline(let policy): [JSONMember("way", "inline"), JSONMember("policy", policy.json)]
        case .base(let role): [JSONMember("way", "base"), JSONMember("roles", JSON([role.rawValue]))]
        case .custom(let roles): [JSONMember("way", "custom"), JSONMember("roles", JSON(roles.map(\.key.text)))]
        }
    }
}

extension Excess {
    fileprivate var json: JSON {
        let proof: JSON =
            switch containment {
            case .contained: .bool(false)
            case .beyond: .bool(true)
            case .undecided: .null
            }
        return [
            "beyond": proof, "actions": JSON(count), "isLowerBound": .bool(isPartial),
            "example": gravest?.json ?? .null,
            "parts": .array(
                parts.map { ["type": .string($0.chain), "name": .string($0.name), "actions": JSON($0.actions.map(\.name))] }),
        ]
    }
}

extension Request {
    fileprivate var json: JSON { ["action": .string(action.name), "resource": .string(resource.description)] }
}
