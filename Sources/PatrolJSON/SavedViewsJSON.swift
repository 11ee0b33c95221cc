package import PatrolDomain

/// Views in a file: `{"views": [{"name": …, "list": "tokens", "filter": …, "sort": …, "reversed": true}]}`.
extension JSON {
    package init(views: [SavedView]) {
        self = ["views": .array(views.map(JSON.init(view:)))]
    }

    private init(view: SavedView) {
        var members = [
            JSONMember("name", .string(view.name)), JSONMember("list", .string(view.list.rawValue)),
            JSONMember("filter", .string(view.filter)),
        ]
        if let sort = view.sort { members.append(JSONMember("sort", .string(sort))) }
        if view.isReversed { members.append(JSONMember("reversed", true)) }
        self = .object(members)
    }

    /// The views of this file. What is no view is passed over, and so is what is too much.
    package var savedViews: [SavedView] {
        let views = (self["views"]?.elements ?? []).compactMap(\.savedView)
        return Array(views.prefix(SavedView.maximumCount))
    }

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
