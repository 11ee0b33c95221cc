import PatrolJSON
import PatrolScreen

extension JSON {
    init(remembered: Remembered) {
        let lists = Pane.allCases.compactMap { pane in
            remembered.lists[pane].map { JSONMember(pane.name, JSON(memory: $0)) }
        }
        let histories = Pane.allCases.compactMap { pane in
            remembered.filterHistory[pane].map { JSONMember(pane.name, JSON($0)) }
        }
        self = [
            "pane": .string(remembered.pane.name), "zoomed": .bool(remembered.isZoomed), "lists": .object(lists),
            "filterHistory": .object(histories), "commandHistory": JSON(remembered.commandHistory),
            "mouse": .bool(remembered.hasMouse), "dates": .bool(remembered.hasAbsoluteTimes),
        ]
    }

    private init(memory: Remembered.ListMemory) {
        self = [
            "filter": .string(memory.filter), "sort": JSON(memory.sort), "reversed": .bool(memory.isReversed),
        ]
    }

    fileprivate var memory: Remembered.ListMemory {
        Remembered.ListMemory(
            filter: self["filter"]?.string ?? "", sort: self["sort"]?.string,
            isReversed: self["reversed"]?.bool ?? false)
    }

    fileprivate var texts: [String] { (elements ?? []).compactMap(\.string) }
}

extension Remembered {
    /// What is missing or of another kind is as usual. Nil where this is no object.
    init?(json: JSON) {
        guard json.members != nil else { return nil }
        func byPane<Value>(_ name: String, _ value: (JSON) -> Value) -> [Pane: Value] {
            Dictionary(
                uniqueKeysWithValues: Pane.allCases.compactMap { pane in
                    json[name]?[pane.name].map { (pane, value($0)) }
                })
        }
        self.init(
            pane: Pane.allCases.first { $0.name == json["pane"]?.string } ?? .tokens,
            isZoomed: json["zoomed"]?.bool ?? false,
            lists: byPane("lists", \.memory), filterHistory: byPane("filterHistory", \.texts),
            commandHistory: json["commandHistory"]?.texts ?? [], hasMouse: json["mouse"]?.bool ?? false,
            hasAbsoluteTimes: json["dates"]?.bool ?? false)
    }
}

extension Pane {
    /// In files.
    fileprivate var name: String {
        switch self {
        case .members: "members"
        case .roles: "roles"
        case .tokens: "tokens"
        case .audit: "audit"
        }
    }
}
