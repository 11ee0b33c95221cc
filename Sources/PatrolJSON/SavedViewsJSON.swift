package import PatrolDomain

/// Views in a file: `{"views": [{"name": …, "list": "tokens", "filter": …, "sort": …, "reversed": true}]}`.
extension JSON {
    /// This file's content with what became other between two lists of views, told apart by name and list. Everything else stays
    /// as it is, also what is no view to this version.
    package func changing(views before: [SavedView], to after: [SavedView]) -> JSON {
        var elements = self["views"]?.elements ?? []
        let gone = before.filter { one in !after.contains { $0.isSame(as: one) } }
        elements.removeAll { element in element.savedView.map { view in gone.contains { $0.isSame(as: view) } } ?? false }
        for view in after where !before.contains(view) {
            if let place = elements.firstIndex(where: { $0.savedView?.isSame(as: view) ?? false }) {
                elements[place] = JSON(view: view, besides: elements[place])
            } else {
                elements.append(JSON(view: view, besides: [:]))
            }
        }
        return merged(with: ["views": .array(elements)])
    }

    private init(view: SavedView, besides former: JSON) {
        var members = [
            JSONMember("name", .string(view.name)), JSONMember("list", .string(view.list.rawValue)),
            JSONMember("filter", .string(view.filter)),
        ]
        if let sort = view.sort { members.append(JSONMember("sort", .string(sort))) }
        if view.isReversed { members.append(JSONMember("reversed", true)) }
        let known = ["name", "list", "filter", "sort", "reversed"]
        self = .object(members + (former.members ?? []).filter { !known.contains($0.name) })
    }

    /// The views of this file. What is no view is passed over, and so is what is too much.
    package var savedViews: [SavedView] {
        let views = (self["views"]?.elements ?? []).compactMap(\.savedView)
        return Array(views.prefix(SavedView.maximumCount))
    }

    /// Also of those that are too much.
    package var viewCount: Int { (self["views"]?.elements ?? []).count { $0.savedView != nil } }

    /// Whether this may be a file of views: an object, whose member of that name is a list if it is there.
    package var hasViews: Bool { members != nil && (self["views"] == nil || self["views"]?.elements != nil) }

    private var savedView: SavedView? {
        guard let name = self["name"]?.string, (1...SavedView.maximumNameLength).contains(name.unicodeScalars.count),
            let list = self["list"]?.string.flatMap(Filter.List.init(rawValue:)),
            let filter = self["filter"]?.string
        else { return nil }
        return SavedView(
            name: name, list: list, filter: filter, sort: self["sort"]?.string,
            isReversed: self["reversed"]?.bool ?? false)
    }
}

extension SavedView {
    /// Whether this is the other one, perhaps as it was before.
    fileprivate func isSame(as other: SavedView) -> Bool { name == other.name && list == other.list }
}
