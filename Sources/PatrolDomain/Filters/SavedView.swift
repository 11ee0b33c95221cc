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

    /// What everybody looks for, there without being saved.
    package static let suggested = [
        SavedView(name: "over-privileged", list: .tokens, filter: "finding:account-wide,admin,wildcard,self-escalating,over-privileged"),
        SavedView(name: "not used for 90 days", list: .tokens, filter: "unused>90d", sort: "lastUsed", isReversed: true),
        SavedView(name: "account-wide", list: .tokens, filter: "kind:account"),
        SavedView(name: "expiring soon", list: .tokens, filter: "expires<14d", sort: "expires"),
        SavedView(name: "flagged for deletion", list: .tokens, filter: "flagged", sort: "flag"),
        SavedView(name: "refused lately", list: .audit, filter: "refused"),
    ]
}
