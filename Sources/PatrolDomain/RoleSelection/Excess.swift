/// What one scope gives beyond another, by the catalogue: exact, with an example of each kind.
package struct Excess: Hashable, Sendable {
    /// Actions on one type of resource of which at least one request is allowed beyond.
    package struct Part: Hashable, Sendable {
        /// The type's chain: `proj/*:env/*:flag/*`.
        package var chain: String
        /// What a person calls it: `feature flag`.
        package var name: String
        package var actions: [Action]
        /// A request for each action, which the one allows and the other does not.
        package var examples: [Request]
    }

    /// In the order of the catalogue.
    package let parts: [Part]
    /// Whether anything goes beyond at all, also what the catalogue does not know.
    package let containment: Containment
    /// Some actions could not be decided in the steps there are: there may be more than `count`.
    package let isPartial: Bool

    package static let nothing = Excess(parts: [], containment: .contained, isPartial: false)

    init(parts: [Part], containment: Containment, isPartial: Bool) {
        self.parts = parts
        self.containment = containment
        self.isPartial = isPartial
    }

    /// How many pairs of an action and a type of resource: the closed catalogue.
    package var count: Int { parts.reduce(0) { $0 + $1.actions.count } }

    /// Proven to be nothing.
    package var isNothing: Bool { containment == .contained }

    /// What tells most about it: a deletion before another change, a change before a look.
    package var gravest: Request? {
        let all = parts.flatMap(\.examples)
        return all.first { $0.action.name.hasPrefix("delete") } ?? all.first { !$0.action.isView } ?? all.first
            ?? containment.witness?.request
    }
}

extension ScopeAnalysis {
    /// What `given` allows beyond `needed`, action by action of the catalogue.
    ///
    /// - Parameter steps: What each of the questions may take.
    package mutating func excess(
        of given: Authority, beyond needed: Authority, steps: Int = maximumSteps
    ) -> Excess {
        let containment = containment(of: TokenAuthority(given), in: TokenAuthority(needed), steps: steps)
        if containment == .contained { return .nothing }
        let statements = (given.grants + needed.grants).flatMap(\.policy.statements)
        var parts: [Excess.Part] = []
        var likenesses: [Action: Likeness] = [:]
        let (one, other) = (prepare(given), prepare(needed))
        var isPartial = containment == .undecided || prepared[one].isTooBroad || prepared[other].isTooBroad
        for type in catalogue.types {
            var left = steps
            let kind = writer.kinds.add(type.pattern.chain.map(\.type))
            let allowed = formula(of: [one], for: kind, steps: &left)
            let denied = !formula(of: [other], for: kind, steps: &left)
            if case .none = find(allowed, denied, kind, steps: &left) { continue }
            var part = Excess.Part(chain: type.chain, name: type.name, actions: [], examples: [])
            // Actions that all statements treat alike have one answer.
            var answers: [Likeness: Resource?] = [:]
            for action in type.actions {
                let likeness = likenesses[action] ?? Likeness(action, statements)
                likenesses[action] = likeness
                let answer: Resource?
                if let known = answers[likeness] {
                    answer = known
                } else {
                    let named = writer.pool.literal(.action, writer.patterns.add(Array(action.name.utf8)))
                    let asked = writer.pool.all([allowed, named])
                    switch find(asked, denied, kind, steps: &left) {
                    // What is said to go beyond does: the evaluation itself is asked.
                    case .found(let request) where given.decide(request).isAllowed && !needed.decide(request).isAllowed:
                        answer = request.resource
                    case .none: answer = nil
                    case .found, .unknown:
                        answer = nil
                        isPartial = true
                    }
                    answers.updateValue(answer, forKey: likeness)
                }
                guard let answer else { continue }
                part.actions.append(action)
                part.examples.append(Request(action, on: answer))
            }
            if !part.actions.isEmpty { parts.append(part) }
        }
        return Excess(parts: parts, containment: containment, isPartial: isPartial)
    }
}

/// Which statements speak of an action, and what is said of it where none does.
private struct Likeness: Hashable {
    private var words: [UInt64]
    private let isView: Bool
    private let isOfOwnTokens: Bool

    init(_ action: Action, _ statements: [Statement]) {
        words = [UInt64](repeating: 0, count: statements.count / 64 + 1)
        for (place, statement) in statements.enumerated() where statement.actions.holds({ $0[$1].matches(action) }) {
            words[place / 64] |= 1 << (place % 64)
        }
        isView = action.isView
        isOfOwnTokens = Action.ofOwnTokens.contains(action)
    }
}
