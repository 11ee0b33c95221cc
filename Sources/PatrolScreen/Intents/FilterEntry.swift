import PatrolDomain
import PatrolPresentation

/// A filter that is being typed: what to go back to, what is wrong with it, and how it could go on.
struct FilterEntry: Hashable, Sendable {
    var pane: Pane
    var field: TextField
    var textBefore: String
    var fault: Fault?
    /// What can be written where the cursor stands.
    var offer: Offer?
    /// Where ↑ and ↓ are in the history, and what was written before.
    var browsing: (place: Int, draft: String)? {
        get { browsed.map { ($0, draft) } }
        set { (browsed, draft) = (newValue?.place, newValue?.draft ?? "") }
    }

    private var browsed: Int?
    private var draft = ""

    struct Fault: Hashable, Sendable {
        var sentence: SafeText
        /// How many scalars stand before the faulty word.
        var place: Int
    }

    init(pane: Pane, field: TextField, textBefore: String) {
        self.pane = pane
        self.field = field
        self.textBefore = textBefore
    }

    /// The longest filter that can be typed, in Unicode scalars.
    static let limit = 200
}

extension FilterEntry {
    /// Words that could stand where the cursor is, and which of them was taken with Tab.
    struct Offer: Hashable, Sendable {
        var completion: FilterCompletion
        /// Those of a closed list, then those that the account knows.
        var words: [String]
        /// The place among the words of the one that stands there now.
        var taken: Int?
        /// What is asked for more words.
        var question: Query?

        /// The most words that are offered at once.
        static let limit = 8
    }
}

extension Filter.List {
    /// What to type, for those who open it for the first time.
    var example: SafeText {
        switch self {
        case .members: "role:admin  pending  seen>30d  !finding:no-expiry"
        case .roles: "deploy  created<30d"
        case .tokens: "owner:ada  unused>90d  flagged  finding:wildcard"
        case .audit: "by:ada  on:token  action:delete  refused"
        }
    }
}

extension Model {
    mutating func openFilter() {
        let text = filterText(of: front)
        filterEntry = FilterEntry(pane: front, field: TextField(text, limit: FilterEntry.limit), textBefore: text)
    }

    /// Enter keeps the filter, Esc goes back to the one before, Tab goes on with a word that is offered, ↑ and ↓ through
    /// the filters that were kept, PgUp and PgDn through the list.
    mutating func takeInFilter(_ key: Key) -> [Effect] {
        guard var entry = filterEntry else { return [] }
        switch key {
        case .enter: return keepFilter(entry)
        case .escape:
            filterEntry = nil
            return setFilter(entry.textBefore, of: entry.pane)
        case .pageDown, .pageUp: return run(key == .pageDown ? .pageDown : .pageUp)
        case .up, .down:
            guard entry.browse(filterHistory[entry.pane] ?? [], by: key == .up ? 1 : -1) else { return [] }
            filterEntry = entry
            return refilter()
        case .tab, .backTab:
            guard entry.takeOffer(by: key == .tab ? 1 : -1) else { return [] }
            filterEntry = entry
            // Where there is no other word, Tab goes on with what can follow this one.
            return refilter(keepsOffer: entry.offer.map { $0.words.count > 1 } ?? false)
        case .right where entry.field.isAtEnd && entry.offer?.words.isEmpty == false:
            _ = entry.takeOffer(by: 1)
            filterEntry = entry
            return refilter()
        default:
            let outcome = entry.field.take(key)
            note(outcome)
            if outcome == .changed { entry.browsing = nil }
            filterEntry = entry
            return outcome == .changed ? refilter() : outcome == .moved ? offerWords() : []
        }
    }

    private mutating func keepFilter(_ entry: FilterEntry) -> [Effect] {
        if let fault = entry.fault {
            // It stays open: what is wrong is marked, and nothing that was typed is lost.
            status = Status(fault.sentence, .bad)
            return []
        }
        filterEntry = nil
        let text = entry.field.text
        if !text.isEmpty {
            let older = (filterHistory[entry.pane] ?? []).filter { $0 != text }
            filterHistory[entry.pane] = Array(([text] + older).prefix(Remembered.historyLength))
        }
        return setFilter(text, of: entry.pane)
    }

    /// What is written becomes the filter as soon as it means something.
    mutating func refilter(keepsOffer: Bool = false) -> [Effect] {
        guard var entry = filterEntry else { return [] }
        var effects: [Effect] = []
        do throws(FilterFault) {
            _ = try Filter(parsing: entry.field.text, for: entry.pane.filterList)
            entry.fault = nil
            filterEntry = entry
            effects = setFilter(entry.field.text, of: entry.pane)
        } catch {
            entry.fault = FilterEntry.Fault(sentence: error.sentence, place: error.place)
            filterEntry = entry
        }
        return keepsOffer ? effects : effects + offerWords()
    }

    // MARK: Words that could stand there

    /// Offers words for where the cursor stands, and asks the account for more where it knows them.
    private mutating func offerWords() -> [Effect] {
        guard var entry = filterEntry else { return [] }
        let old = entry.offer?.question
        entry.offer = Filter.completion(of: entry.field.text, at: entry.field.cursor, for: entry.pane.filterList)
            .map { completion in
                let known = completion.open == .action ? actions(containing: completion.written) : completion.candidates
                let words = known.filter { $0 != completion.written }
                return FilterEntry.Offer(completion: completion, words: words, question: Self.question(completion))
            }
        filterEntry = entry
        guard let question = entry.offer?.question, question != old else { return [] }
        return [.load(question)]
    }

    /// Names of actions that begin with this, then those that have it elsewhere in them, each by the alphabet.
    private func actions(containing written: String) -> [String] {
        guard !written.isEmpty else { return [] }
        let wanted = written.lowercased()
        let names = Set(catalogue.types.flatMap(\.actions).map(\.name)).sorted()
        let (first, others) = (names.filter { $0.lowercased().hasPrefix(wanted) }, names.filter { $0.lowercased().contains(wanted) })
        return Array((first + others.filter { !first.contains($0) }).prefix(FilterEntry.Offer.limit))
    }

    private static func question(_ completion: FilterCompletion) -> Query? {
        guard !completion.written.isEmpty else { return nil }
        let filter = Filter(terms: [.init(.text(completion.written))])
        let request = PageRequest(.first, limit: FilterEntry.Offer.limit)
        return switch completion.open {
        case .member?: .members(request, sort: .name, isReversed: false, filter: filter)
        case .role?: .roles(request, sort: .key, isReversed: false, filter: filter)
        case .action?, nil: nil
        }
    }

    /// The answer to what was asked for the words. False when it was for something else.
    mutating func takeWords(_ answer: Answer, to query: Query) -> Bool {
        guard var entry = filterEntry, var offer = entry.offer, offer.question == query else { return false }
        let found: [String] =
            switch answer {
            case .members(let page): page.items.map(\.row.member.email)
            case .roles(let page): page.items.map(\.row.key)
            default: []
            }
        guard offer.taken == nil else { return true }
        for word in found.map(Self.quoted) where !offer.words.contains(word) && word != offer.completion.written {
            offer.words.append(word)
        }
        entry.offer = offer
        filterEntry = entry
        return true
    }
}

extension FilterEntry {
    /// Puts the next of the words in the place of what is written. False when there are none.
    mutating func takeOffer(by step: Int) -> Bool {
        guard var offer, !offer.words.isEmpty else { return false }
        let count = offer.words.count
        let next = offer.taken.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
        let word = offer.words[next]
        guard field.replace(offer.completion.range, with: word) else { return false }
        let start = offer.completion.range.lowerBound
        offer.completion.range = start..<start + word.unicodeScalars.count
        offer.taken = next
        self.offer = offer
        browsing = nil
        return true
    }

    /// Goes to an older filter, or back to a newer one and at last to what was written. Begins only with an empty
    /// text, or with the one that is in force. False when there is nothing there.
    mutating func browse(_ history: [String], by step: Int) -> Bool {
        if browsing == nil {
            guard step > 0, field.isEmpty || field.text == textBefore else { return false }
        }
        let draft = browsing?.draft ?? field.text
        var place = (browsing?.place ?? -1) + step
        // The filter in force is on the screen already.
        while step > 0, place < history.count, browsing == nil, history[place] == draft { place += 1 }
        guard place < history.count, place >= -1 else { return false }
        field = TextField(place < 0 ? draft : history[place], limit: Self.limit)
        browsing = place < 0 ? nil : (place, draft)
        return true
    }
}
