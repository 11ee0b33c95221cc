import PatrolDomain
import PatrolPresentation

/// A line of the palette: a command of the table, and what follows its name.
struct CommandLine: Hashable, Sendable {
    var binding: Binding
    /// Nil where nothing follows.
    var argument: String?

    /// The longest name that begins the line; a name alone goes before a shorter one with an argument.
    init?(_ text: String, in bindings: [Binding]) {
        let line = Self.trimmed(text)
        if let exact = bindings.first(where: { $0.name.text == line }) {
            (binding, argument) = (exact, nil)
            return
        }
        let candidates = bindings.filter { $0.argument != nil && line.hasPrefix($0.name.text + " ") }
        guard let found = candidates.max(by: { $0.name.text.utf8.count < $1.name.text.utf8.count }) else { return nil }
        binding = found
        argument = Self.trimmed(String(line.dropFirst(found.name.text.count + 1)))
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// How well a few letters fit a name: all of them must stand in it, in their order.
enum FuzzyMatch {
    /// Smaller is better; nil: they don't fit. Letters at the beginnings of words, and side by side, fit best.
    static func score(_ letters: String, in name: String) -> Int? {
        let wanted = Array(letters.lowercased().unicodeScalars.filter { $0 != " " })
        let text = Array(name.lowercased().unicodeScalars)
        var (place, score, last) = (0, 0, -1)
        for letter in wanted {
            guard let found = text[place...].firstIndex(of: letter) else { return nil }
            let isStart = found == 0 || text[found - 1] == " "
            score += found == last + 1 ? 0 : isStart ? 1 : 3 + found - last
            (last, place) = (found, found + 1)
        }
        return score * 100 + text.count
    }
}

extension Model {
    // MARK: The items

    mutating func openCommands(_ kind: CommandList.Kind) {
        var chooser = Chooser(kind == .help ? helpItems : commandItems(for: ""))
        chooser.isGiven = kind == .palette
        dialogs.append(.commands(CommandList(kind: kind, places: places, chooser: chooser)))
    }

    private var helpItems: [Chooser.Item] {
        let places = places
        let bindings = keys.bindings(in: places).filter { !$0.keys.isEmpty }
        return Topic.allCases.flatMap { topic in
            bindings.filter { $0.topic == topic }.map { binding in
                let keys = keys.keys(of: binding.intent, in: places).map(\.words.text).joined(separator: " ")
                return Chooser.Item(
                    binding.name.text, SafeText(keys), note: binding.words, keywords: binding.name.text,
                    obstacle: obstacle(binding.intent).map { "\(binding.name.text): \($0.text)" }, group: SafeText(topic.rawValue))
            }
        }
    }

    /// Everything that the palette can do, in the order of the table.
    private var commandBindings: [Binding] { keys.bindings(in: Pane.allCases.map { Place($0) }) }

    /// What fits the line that is being written: names of commands, or what can follow one.
    func commandItems(for text: String) -> [Chooser.Item] {
        let bindings = commandBindings
        if let line = CommandLine(text, in: bindings), let argument = line.argument {
            return argumentItems(line.binding, argument)
        }
        if let binding = bindings.first(where: { $0.argument != nil && text == $0.name.text + " " }) {
            return argumentItems(binding, "")
        }
        if text.isEmpty {
            let recent = commandHistory.prefix(5).compactMap { text in CommandLine(text, in: bindings).map { (text, $0) } }
            let names = Set(recent.map(\.0))
            return recent.map { item($1.binding, line: $0) }
                + bindings.filter { !names.contains($0.name.text) }.map { item($0, line: $0.name.text) }
        }
        let scored = bindings.enumerated().compactMap { place, binding in
            FuzzyMatch.score(text, in: binding.name.text).map {
                (score: $0, place: place, item: item(binding, line: binding.name.text))
            }
        }
        // What is written out stands first, and what can be done here before what can't.
        func standing(_ item: Chooser.Item) -> Int { item.id == text ? 0 : item.obstacle == nil ? 1 : 2 }
        return scored.sorted { (standing($0.item), $0.score, $0.place) < (standing($1.item), $1.score, $1.place) }.map(\.item)
    }

    private func item(_ binding: Binding, line: String) -> Chooser.Item {
        let isBare = line == binding.name.text
        let label = isBare ? binding.commandText : SafeText(line)
        let isFree = isBare && binding.argument?.isOptional != false || binding.argument == nil
        return Chooser.Item(line, label, note: keyNote(binding), obstacle: isFree ? obstacle(binding.intent) : nil)
    }

    /// The keys of a command. Those that mean something else here, or nothing, stand with their list.
    private func keyNote(_ binding: Binding) -> SafeText {
        let words = keys.keys(of: binding.intent, in: places).map(\.words.text).joined(separator: " ")
        guard !words.isEmpty, !keys.isBound(binding.intent, in: places) else { return SafeText(words) }
        let lists = Pane.allCases.filter { binding.places.contains(Place($0)) }.map(\.title.text)
        return lists.count == Pane.allCases.count ? "\(words) in a list" : "\(words) in \(lists.joined(separator: ", "))"
    }

    private func argumentItems(_ binding: Binding, _ text: String) -> [Chooser.Item] {
        let name = binding.name.text
        let choices: [String]
        switch binding.argument {
        case .column: choices = columnNames
        case .theme: choices = themes
        case .list: choices = Pane.allCases.map { $0.title.text.lowercased() }
        case .view: choices = knownViews.map(\.name)
        default:
            let words = binding.argument?.placeholder ?? ""
            return [
                Chooser.Item(
                    "\(name) \(text)", text.isEmpty ? "\(name) \(words.text)" : SafeText("\(name) \(text)"),
                    note: binding.words, obstacle: text.isEmpty ? nil : argumentFault(binding, text))
            ]
        }
        let scored = choices.compactMap { choice in FuzzyMatch.score(text, in: choice).map { ($0, choice) } }
        let found = scored.sorted { $0.0 < $1.0 }.map { Chooser.Item("\(name) \($0.1)", SafeText("\(name) \($0.1)")) }
        guard found.isEmpty, let fault = argumentFault(binding, text) else { return found }
        return [Chooser.Item("\(name) \(text)", SafeText("\(name) \(text)"), obstacle: fault)]
    }

    private var columnNames: [String] {
        let names: [String] =
            switch front {
            case .members: MemberSort.allCases.map(\.rawValue)
            case .roles: RoleSort.allCases.map(\.rawValue)
            case .tokens: TokenSort.allCases.map(\.rawValue)
            case .audit: []
            }
        return names.flatMap { [$0, $0 + " reversed"] }
    }

    /// What is wrong with what follows the name; nil where it means something.
    private func argumentFault(_ binding: Binding, _ text: String) -> SafeText? {
        switch binding.argument {
        case .filter:
            do throws(FilterFault) {
                _ = try Filter(parsing: text, for: front.filterList)
                return nil
            } catch { return error.sentence }
        case .column:
            return columnNames.contains(text)
                ? nil : front == .audit ? "the audit log is sorted by time" : "there is no column `\(text)`"
        case .theme: return themes.contains(text) ? nil : "there is no theme `\(text)`"
        case .list:
            return Pane.allCases.contains { $0.title.text.lowercased() == text } ? nil : "there is no list `\(text)`"
        case .view: return knownViews.contains { $0.name == text } ? nil : "there is no view `\(text)`"
        case .token, .member, .role, nil: return nil
        }
    }

    // MARK: Keys

    mutating func take(_ key: Key, in list: CommandList) -> [Effect] {
        var list = list
        switch key {
        case .escape where list.kind == .help && !list.chooser.query.isEmpty, "/" where list.kind == .help:
            // A slash begins a search anew, as in less.
            _ = list.chooser.dropQuery()
        case .escape:
            dialogs.removeLast()
            return []
        case .enter: return enter(list)
        case .tab where list.kind == .palette: complete(&list)
        case .up where list.kind == .palette && (list.chooser.query.isEmpty || list.recalled != nil):
            recallCommand(&list, older: true)
        case .down where list.recalled != nil: recallCommand(&list, older: false)
        default:
            let before = list.chooser.query.text
            if case .refused(let why) = list.chooser.take(key) { status = Status(why, .warning) }
            if list.chooser.query.text != before { list.recalled = nil }
            refreshCommands(&list, before: before)
        }
        replaceTop(.commands(list))
        return []
    }

    /// After something was written or pasted.
    mutating func refreshCommands(_ list: inout CommandList, before: String) {
        let text = list.chooser.query.text
        guard list.kind == .palette, text != before else { return }
        list.chooser.items = commandItems(for: text)
    }

    private func complete(_ list: inout CommandList) {
        guard let item = list.chooser.current else { return }
        let line = CommandLine(item.id, in: commandBindings)
        let takesMore = line?.binding.argument != nil && line?.argument == nil
        list.chooser.write(takesMore ? item.id + " " : item.id)
        list.chooser.items = commandItems(for: list.chooser.query.text)
    }

    private func recallCommand(_ list: inout CommandList, older: Bool) {
        let next = older ? (list.recalled ?? -1) + 1 : (list.recalled ?? 0) - 1
        guard next < commandHistory.count else { return }
        list.recalled = next < 0 ? nil : next
        list.chooser.write(next < 0 ? "" : commandHistory[next])
        list.chooser.items = commandItems(for: list.chooser.query.text)
    }

    private mutating func enter(_ list: CommandList) -> [Effect] {
        guard let item = list.chooser.current else {
            status = Status("there is no command `\(list.chooser.query.text)`", .bad)
            return []
        }
        // Faults are told where they are made, and nothing that was written is lost.
        if let why = item.obstacle, list.kind == .palette, CommandLine(item.id, in: commandBindings)?.argument != nil {
            status = Status(why, .bad)
            return []
        }
        guard let line = CommandLine(item.id, in: commandBindings) else { return [] }
        if let argument = line.binding.argument, !argument.isOptional, line.argument?.isEmpty != false {
            var list = list
            complete(&list)
            replaceTop(.commands(list))
            status = Status("write what follows: \(line.binding.name.text) \(argument.placeholder.text)", .warning)
            return []
        }
        dialogs.removeLast()
        if list.kind == .palette { remember(command: item.id) }
        bring(line.binding.intent)
        guard let argument = line.argument, !argument.isEmpty else { return run(line.binding.intent) }
        return run(line.binding.argument, argument)
    }

    private mutating func remember(command: String) {
        commandHistory.removeAll { $0 == command }
        commandHistory = Array(([command] + commandHistory).prefix(Remembered.historyLength))
    }

    // MARK: Doing it

    private mutating func run(_ kind: CommandArgument?, _ text: String) -> [Effect] {
        switch kind {
        case .filter: return setFilter(text, of: front)
        case .column: return sort(by: text)
        case .theme:
            theme = text
            return [.useTheme(text, isChosen: true)]
        case .list:
            if let pane = Pane.allCases.first(where: { $0.title.text.lowercased() == text }) { show(pane) }
            return []
        case .view: return knownViews.first { $0.name == text }.map { apply($0) } ?? []
        case .token:
            guard let id = TokenID(text) else { return find(text, in: .tokens) }
            trail.append(Visit(pane: front, isDetailFocused: isDetailFocused, subject: detail.pinned))
            detail.pinned = .token(id)
            isDetailFocused = true
            return []
        case .member: return find(text, in: .members)
        case .role: return find(text, in: .roles)
        case nil: return []
        }
    }

    /// A list narrowed to some words; Esc leads back.
    private mutating func find(_ words: String, in pane: Pane) -> [Effect] {
        var visit = Visit(pane: front, isDetailFocused: isDetailFocused, subject: detail.pinned)
        visit.filteredPane = pane
        visit.filterText = filterText(of: pane)
        trail.append(visit)
        front = pane
        isDetailFocused = false
        detail.pinned = nil
        return setFilter(Self.quoted(words), of: pane)
    }

    private mutating func sort(by text: String) -> [Effect] {
        let words = text.split(separator: " ").map { String($0) }
        setSort(words.first, isReversed: words.count > 1, of: front)
        return restart(front)
    }

    mutating func setSort(_ name: String?, isReversed: Bool, of pane: Pane) {
        let name = name ?? ""
        switch pane {
        case .members: memberOrder = MemberOrder(sort: MemberSort(rawValue: name) ?? .name, isReversed: isReversed)
        case .roles: roleOrder = RoleOrder(sort: RoleSort(rawValue: name) ?? .kind, isReversed: isReversed)
        case .tokens: tokenOrder = TokenOrder(sort: TokenSort(rawValue: name) ?? .risk, isReversed: isReversed)
        case .audit: break
        }
    }
}
