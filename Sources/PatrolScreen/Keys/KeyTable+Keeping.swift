import PatrolPresentation

extension KeyTable {
    /// Quarantine, scopes for later, and the way back.
    static let keeping: [Binding] = [
        Binding(
            .quarantineToken, ["b"], [.tokens], "quarantine",
            "refuse it for a while, to see who misses it; let it out again"),
        Binding(.thawToken, ["B"], [.tokens], "thaw", "let it out of quarantine, or all that are marked"),
        Binding(.planScope, ["n"], [.tokens], "plan scope", "give it a narrower scope later, so that its owner has notice"),
        Binding(.cancelPlan, ["N"], [.tokens], "drop plan", "drop the scope that is planned"),
        Binding(.applyPlan, [">"], [.tokens], "apply plan", "give it the planned scope now"),
        Binding(.restoreScope, ["<"], [.tokens], "former scope", "give its former scope back"),
    ]
}
