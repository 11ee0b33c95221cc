import PatrolDomain
import PatrolPresentation

/// What is probably mistyped: actions and resource types that the catalogue does not have. Only the
/// catalogue is asked, not the rules: another API, or a newer one, may have them.
struct CatalogueWarnings {
    /// Of one policy: the rest says the same.
    private static let most = 10

    let catalogue: Catalogue

    /// Of one question.
    func of(_ request: Request) -> [SafeText] {
        let chain = request.resource.chain
        guard let type = catalogue.type(chain) else { return [noType(chain)] }
        return type.actions.contains(request.action) ? [] : [noAction(request.action.name, in: [type], on: chain)]
    }

    /// Of the patterns of a policy that match nothing in the catalogue, each once.
    func of(_ policy: Policy) -> [SafeText] {
        var warnings: [SafeText] = []
        for warning in policy.statements.flatMap(of) where !warnings.contains(warning) {
            warnings.append(warning)
        }
        let hidden = warnings.count - Self.most
        return hidden > 0 ? warnings.prefix(Self.most) + ["… and \(hidden) more like these"] : warnings
    }

    private func of(_ statement: Statement) -> [SafeText] {
        let resources = statement.resources.patterns
        let unknown = resources.filter { !$0.isEverything && catalogue.type($0.typeChain) == nil }
        var types = catalogue.types
        if !statement.resources.isNegated, !resources.contains(where: \.isEverything) {
            let chains = Set(resources.map(\.typeChain))
            types = types.filter { chains.contains($0.chain) }
        }
        let warnings = unknown.map { noType($0.typeChain) }
        // Of a type that is unknown, so are the actions.
        guard unknown.isEmpty else { return warnings }
        let place = types.count == 1 ? types[0].chain : ""
        return warnings
            + statement.actions.patterns
            .filter { pattern in !types.contains { $0.actions.contains(where: pattern.matches) } }
            .map { noAction($0.text, in: types, on: place) }
    }

    private func noType(_ chain: String) -> SafeText {
        "the catalogue has no resource type \(chain)\(guess(chain, in: catalogue.types.map(\.chain)))"
    }

    private func noAction(_ name: String, in types: [ResourceType], on place: String) -> SafeText {
        let known = types.flatMap { $0.actions.map(\.name) }
        let on = place.isEmpty ? " on the statement's resources" : " on \(place)"
        return "the catalogue has no action `\(name)`\(on)\(guess(name, in: known))"
    }

    private func guess(_ word: String, in candidates: [String]) -> String {
        Suggestion.nearest(to: word, in: candidates).map { "; did you mean `\($0)`?" } ?? ""
    }
}
