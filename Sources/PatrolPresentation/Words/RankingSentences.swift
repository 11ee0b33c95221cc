package import PatrolDomain

extension Excess {
    /// How much more it gives: `nothing more`, `12 actions more`.
    package var words: SafeText {
        if isNothing { return "nothing more" }
        if isPartial { return "\(Count.number(count).text) or more actions more" }
        return count == 0 ? "nothing more that the catalogue knows" : "\(Count.of(count, "action").text) more"
    }

    /// The most telling of it: ``also `deleteFlag` on `proj/web:env/test:flag/x` ``. Nil where there is nothing.
    package var example: SafeText? {
        gravest.map { "also `\($0.action.name)` on `\($0.resource.description)`" }
    }
}

extension Excess.Part {
    /// `12 actions on feature flag: deleteFlag, updateOn, updateRules and 9 more`
    package var sentence: SafeText {
        let first = actions.prefix(3).map(\.name).joined(separator: ", ")
        let more = actions.count > 3 ? " and \(Count.number(actions.count - 3).text) more" : ""
        return "\(name.isEmpty ? chain : name): \(first)\(more)"
    }
}

extension RoleRanking.Way {
    /// `inline policy`, `base role reader`, `role `release``, `roles `a` and `b``
    package var words: SafeText {
        switch self {
        case .inline: "inline policy"
        case .base(let role): "base role \(role.rawValue)"
        case .custom(let roles):
            "\(roles.count == 1 ? "role" : "roles") \(roles.map { "`\($0.key.text)`" }.joined(separator: " and "))"
        }
    }
}

extension RoleRanking {
    /// What of the need is withheld, as a sentence; nil where nothing is.
    package var withheldSentence: SafeText? {
        if withheld.isNothing { return nil }
        guard let request = withheld.gravest else { return "it could not be decided whether you may do all of it yourself" }
        return
            "you may not do all of it yourself, so some is withheld: \(Count.of(max(1, withheld.count), "action").text), such as `\(request.action.name)` on `\(request.resource.description)`"
    }
}
