package import PatrolDomain

extension ScopeComparison {
    /// What two scopes have to do with each other, then for each side what it alone allows.
    ///
    /// - Parameters:
    ///   - a: what the first is called: `the role `release``.
    ///   - b: what the second is called.
    package func sentences(_ a: String, _ b: String) -> [SafeText] {
        let answer: SafeText =
            switch (relation, aWithinB) {
            case (.equal, _): "equal: \(a) and \(b) allow the same"
            case (.contained, true): "contained: \(b) allows all that \(a) does, and more"
            case (.contained, _): "contained: \(a) allows all that \(b) does, and more"
            case (.overlapping, _): "overlapping: \(a) and \(b) have something in common, and each allows more"
            case (.disjoint, _): "disjoint: nothing is allowed by both \(a) and \(b)"
            case (.undecided, _): "undecided: \(a) and \(b) are too much to compare"
            }
        return [answer] + [aInB.sentence(a, beyond: b), bInA.sentence(b, beyond: a)].compactMap(\.self)
    }
}

extension Containment {
    /// `only the role `release` allows `deleteFlag` on `proj/web:env/production:flag/any`: statement 2 of …`; nil where
    /// nothing is beyond.
    fileprivate func sentence(_ one: String, beyond other: String) -> SafeText? {
        switch self {
        case .contained: nil
        case .undecided: "whether \(other) allows all that \(one) does is undecided"
        case .beyond(let witness): "only \(one): \(witness.words.text)"
        }
    }
}

extension Witness {
    /// `deleteFlag` on `proj/web:env/production:flag/any`, and what allows it.
    package var words: SafeText {
        "`\(request.action.name)` on `\(request.resource.description)` (\(reason.words(isAllowed: true).text))"
    }
}
