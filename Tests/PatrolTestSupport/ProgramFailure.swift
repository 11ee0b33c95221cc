/// A program under test did not do what was waited for: what, and what was to be seen instead.
package struct ProgramFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// How a program ended.
package enum ProgramEnd: Hashable, Sendable {
    case exited(Int)
    case killed(signal: Int)
}
