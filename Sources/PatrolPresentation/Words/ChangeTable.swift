package import PatrolDomain

/// The fields that an audit entry changed, before and after, as they stand side by side.
package struct ChangeTable: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        /// Only on the first line of a field.
        package var field: SafeText
        package var before: SafeText
        package var after: SafeText
    }

    package var lines: [Line]

    /// - Parameter cells: of each of the two sides.
    package init(_ changes: [FieldChange], cells: Int) {
        lines = changes.flatMap { change in
            let before = Self.wrap(change.before, to: cells)
            let after = Self.wrap(change.after, to: cells)
            return (0..<max(before.count, after.count)).map { place in
                Line(
                    field: place == 0 ? SafeText(change.field) : .empty,
                    before: place < before.count ? before[place] : .empty,
                    after: place < after.count ? after[place] : .empty)
            }
        }
    }

    private static func wrap(_ text: String?, to cells: Int) -> [SafeText] {
        guard let text else { return ["–"] }
        return SafeText.lines(of: text).flatMap { $0.wrapped(to: max(1, cells)) }
    }
}
