import PatrolConfiguration
import PatrolDomain

/// What a list is narrowed to, and sorted by.
struct Selection<Order> {
    let filter: Filter
    let sort: Order
    let isReversed: Bool
}

extension CommandRun {
    /// What the view says that the line names, and what the line says itself: its filter narrows the view further,
    /// its order goes before the view's, and `--reverse` alone turns that round.
    func selection<Order: RawRepresentable<String>>(
        of list: Filter.List, usually usual: Order
    ) throws(CommandFailure) -> Selection<Order> {
        let view = try view(of: list)
        let filter = try filter(for: list, in: view)
        let reverses = line.has("reverse")
        if let sort = line.value("sort") {
            return Selection(filter: filter, sort: Order(rawValue: sort) ?? usual, isReversed: reverses)
        }
        let sort = (view?.sort).flatMap(Order.init(rawValue:)) ?? usual
        return Selection(filter: filter, sort: sort, isReversed: reverses != (view?.isReversed ?? false))
    }

    func filter(for list: Filter.List) throws(CommandFailure) -> Filter {
        try filter(for: list, in: try view(of: list))
    }

    private func filter(for list: Filter.List, in view: SavedView?) throws(CommandFailure) -> Filter {
        let own = line.value("filter") ?? ""
        // Each by itself first: a fault is counted in what was typed there.
        let ofTheLine = try parse(own, for: list, as: "`--filter`")
        guard let view else { return ofTheLine }
        let ofTheView = try parse(view.filter, for: list, as: "the filter of the view `\(view.name)`")
        if ofTheLine.isEmpty { return ofTheView }
        return try parse("\(view.filter) \(own)", for: list, as: "the view and `--filter` together")
    }

    private func parse(_ text: String, for list: Filter.List, as place: String) throws(CommandFailure) -> Filter {
        do { return try Filter(parsing: text, for: list) } catch {
            throw .usage(.other("\(place): \(error.sentence)", line.command))
        }
    }

    /// The view that the line names, a person's own before one that comes with Patrol. A blank of its name may be written
    /// as `-`, which needs no quotes in a shell.
    private func view(of list: Filter.List) throws(CommandFailure) -> SavedView? {
        guard let name = line.value("view") else { return nil }
        var file = ViewsFile(folder: PersonalFolders(environment: console.environment).configuration)
        let kept = file.read()
        if let fault = kept.fault { throw .unavailable("\(fault): the views can't be read") }
        let views = kept.views + SavedView.suggested
        let named = views.filter { $0.name == name }.nonEmpty ?? views.filter { $0.wordOfLines == name }
        if let view = named.first(where: { $0.list == list }) { return view }
        if let other = named.first { throw .notFound("the view `\(name)` is of the \(other.list.rawValue), not of the \(list.rawValue)") }
        var known: [String] = []
        for view in views where view.list == list && !known.contains("`\(view.name)`") { known.append("`\(view.name)`") }
        let those = known.isEmpty ? "`V` on the screen keeps one" : "there are \(known.joined(separator: ", "))"
        throw .notFound("the \(list.rawValue) have no view `\(name)`: \(those)")
    }
}

extension SavedView {
    /// Its name as one word of a line.
    var wordOfLines: String { name.replacing(" ", with: "-") }
}

extension Array {
    fileprivate var nonEmpty: Array? { isEmpty ? nil : self }
}
