package import PatrolDomain

/// Everything on the screen, as one value.
package struct Model: Equatable, Sendable {
    package var size: Size
    package var now: Timestamp

    /// Nothing is loaded yet: `start` says what to load first.
    package init(size: Size, now: Timestamp) {
        self.size = size.clamped
        self.now = now
    }
}
