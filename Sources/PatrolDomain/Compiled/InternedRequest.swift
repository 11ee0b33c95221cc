/// A request in the numbers of a `Vocabulary`. Good for as long as what made it, whatever changes in the account,
/// where it is remembered.
package struct InternedRequest: Hashable, Sendable {
    let action: UInt32
    let resource: UInt32

    /// Whether it means the same as long as what made it; else only until the next is interned.
    package var isRemembered: Bool { action != 0 && resource != 0 }
}

/// How much a `Vocabulary` remembers. What comes after is looked at each time, at a microsecond or two more.
package struct VocabularyLimits: Sendable {
    package var resources = 1 << 17
    package var segments = 1 << 17
    package var actions = 4_096
    /// Of all texts together.
    package var bytes = 32 << 20
    /// Blocks of 8 bytes, each 32 pairs of a word and a pattern.
    package var blocks = 1 << 22

    package init() {}
}
