/// A list as somebody wants to see it again: its filter and order, under a name.
package struct SavedView: Hashable, Sendable {
    package var name: String
    package var list: Filter.List
    /// As it was typed.
    package var filter: String
    /// The raw value of the list's sort; nil: the usual one.
    package var sort: String?
    package var isReversed: Bool

    /// In Unicode scalars.
    package static let maximumNameLength = 40
    package static let maximumCount = 100

    package init(name: String, list: Filter.List, filter: String, sort: String? = nil, isReversed: Bool = false) {
        self.name = name
        self.list = list
        self.filter = filter
        self.sort = sort
        self.isReversed = isReversed
    }
}
