extension ResourcePattern {
    /// The types of its chain as a catalogue writes them, whatever its keys and selectors are:
    /// `proj/*:env/*:flag/*` for `proj/web:env/*;prod:flag/x`. Empty for `*`.
    package var typeChain: String {
        chain.map { $0.key == nil ? $0.type : "\($0.type)/*" }.joined(separator: ":")
    }
}
