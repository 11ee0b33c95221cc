package import PatrolDomain

extension Grade {
    /// What it takes.
    package var words: SafeText {
        switch self {
        case .a: "at least 90 days known and 1,000 calls"
        case .b: "at least 30 days known and 100 calls"
        case .c: "little is known"
        case .d: "too little is known"
        }
    }
}

extension Withheld {
    /// Why nothing is proposed, without a full stop.
    package var sentence: SafeText {
        switch self {
        case .notInForce(let why): return why.words
        case .tooYoung(let age, let needed):
            return
                "it has had its scope for \(Count.of(age.wholeDays, "day").text); it takes \(Count.of(needed.wholeDays, "day").text) to judge"
        case .useNotKnown(let coverage):
            return "\(coverage.words.text), and it takes 99 % of them"
        case .tooFewCalls(let calls, let needed):
            return "\(Count.of(calls, "call").text) in the time looked at; it takes \(needed) to judge"
        case .resourceNotKnown(let action, let calls):
            return
                "on what `\(action.name)` was called (\(Count.of(calls, "call").text)) is not on record, so what it needs can't be told"
        case .tooMuchUse: return "more of its use is on record than is read for one token"
        case .tooManyKinds(let limit):
            return "it made more than \(Count.number(limit).text) kinds of calls"
        case .notExpressible:
            return "no scope was found that covers its use and is proven to give nothing that it may not do now"
        }
    }
}

extension Proposal.Option {
    /// `the role `release``, `an inline policy of 2 statements`
    package var title: SafeText { scope.long(roleKeys: roleKeys) }

    /// The statements of an inline policy; a role's are its own.
    package var statements: [SafeText] {
        if case .inline(let policy) = scope { policy.sentences } else { [] }
    }
}

extension Proposal.Evidence {
    /// `1,204 calls in the last 90 days, use known 87 of 90 days`
    package var words: SafeText {
        let beat = hasBeat ? "; its calls come with long pauses, so 400 days were looked at" : ""
        return "\(Count.of(calls, "call").text) in \(coverage.lastDays.text), \(coverage.words.text)\(beat)"
    }
}

extension Proposal {
    /// Why it is in the proposal though it was not used: `used by 4 of 5 tokens with the same purpose: …`
    package var hints: [SafeText] {
        needs.compactMap { need in
            guard case .siblings(let count, let all) = need.reason else { return nil }
            return "\(need.request.words.text): used by \(count) of \(all) tokens with the same purpose"
        }
    }

    /// `87 % of what it may do now is not needed; with the proposal 12 %`
    package var excessWords: SafeText {
        "\(excess) % of what it may do now is not needed; with the proposal \(option.excess) %"
    }
}

extension Proposal.Obstacle {
    package var sentence: SafeText {
        switch self {
        case .isService: "the scope of a service token is fixed: make a narrower one in its place, and flag this one"
        case .isAccountWide: "a token of the whole account is what it is: make a narrower one in its place, and flag this one"
        }
    }
}

extension ScopeDifference {
    /// What is lost, in plain words: types of which nothing is left together, then actions by type.
    /// - Parameter most: so many names in a list; the rest is counted.
    package func losses(_ catalogue: Catalogue, most: Int = 6) -> [SafeText] {
        let left = Set((narrowed + kept).map(\.chain))
        let gone = Self.byType(lost.filter { !left.contains($0.chain) }, catalogue)
        var lines: [SafeText] = []
        if !gone.isEmpty {
            let names = gone.map { catalogue.type($0.chain)?.name ?? $0.chain }
            lines.append("everything on: \(Self.list(names, most: most + 4).text)")
        }
        for (chain, actions) in Self.byType(lost.filter { left.contains($0.chain) }, catalogue) {
            lines.append("on \(Self.name(chain, catalogue)): \(Self.list(actions.map(\.name), most: most).text)")
        }
        return lines
    }

    /// What is still possible, but on less.
    package func narrowings(_ catalogue: Catalogue, most: Int = 6) -> [SafeText] {
        Self.byType(narrowed, catalogue).map { chain, actions in
            "on \(Self.name(chain, catalogue)): \(Self.list(actions.map(\.name), most: most).text)"
        }
    }

    private static func name(_ chain: String, _ catalogue: Catalogue) -> String {
        catalogue.type(chain).map { "\($0.name)s" } ?? chain
    }

    private static func list(_ names: [String], most: Int) -> SafeText {
        let shown = names.prefix(most).joined(separator: ", ")
        return names.count > most ? "\(shown) and \(Count.number(names.count - most).text) more" : "\(shown)"
    }

    private static func byType(
        _ actions: [TypeAction], _ catalogue: Catalogue
    ) -> [(chain: String, actions: [Action])] {
        let byChain = Dictionary(grouping: actions, by: \.chain)
        return catalogue.types.compactMap { type in byChain[type.chain].map { (type.chain, $0.map(\.action)) } }
    }
}

extension ScopeLikeness {
    /// Without a full stop.
    package var sentence: SafeText {
        switch self {
        case .same(let role): "its scope grants the same as the role `\(role)`"
        case .beyondAdmin: "its scope grants all that an admin may, and more"
        }
    }

    /// Whether it says that the scope is an admin's.
    package var isWide: Bool {
        switch self {
        case .same(let role): role == BaseRole.admin.rawValue || role == BaseRole.owner.rawValue
        case .beyondAdmin: true
        }
    }
}
