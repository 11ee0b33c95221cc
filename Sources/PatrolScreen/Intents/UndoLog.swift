import PatrolDomain
import PatrolPresentation

/// Something that was done here, and how it is turned back.
struct Deed: Hashable, Sendable {
    /// One thing of it.
    struct Change: Hashable, Sendable {
        var label: SafeText
        var rowID: String
        var command: Command
        var inverse: Command
        /// The version of the thing that is as it was before the deed.
        var before: Int
        /// The version that is as the deed left it.
        var after: Int
        /// The audit entry up to which all that happened to the thing since the deed was done here.
        var sequence: Int64
    }

    /// Among those of the log; the log gives it.
    var id = 0
    /// In the past tense: `flagged`.
    var verb: SafeText
    /// One name, or how many.
    var label: SafeText
    var at: Timestamp
    /// Those things that can be turned back.
    var changes: [Change]
    /// Why it can't be turned back.
    var obstacle: SafeText?

    var words: SafeText { "\(verb.text) \(label.text)" }

    static func label(_ names: [SafeText]) -> SafeText {
        names.count == 1 ? "`\(names[0].text)`" : Count.of(names.count, "thing")
    }
}

enum UndoDirection: Hashable, Sendable { case undo, redo }

/// What was done here and what of it was undone, the last thing last, so many of each.
///
/// To turn something back makes a new version of its thing that is as an older one was. Whatever knew the older one
/// knows the newer one from then on, so that one thing after another can be turned back; a version that somebody else
/// made is known to none of them.
struct UndoLog: Hashable, Sendable {
    static let limit = 50

    private(set) var done: [Deed] = []
    private(set) var undone: [Deed] = []
    /// Audit entries of what was done here.
    private(set) var own: Set<Int64> = []
    private var lastID = 0

    /// Something new was done: what was undone before can't be done again.
    mutating func note(_ deed: Deed) {
        undone = []
        append(deed, \.done)
    }

    mutating func noteOwn(_ sequence: Int64) { own.insert(sequence) }

    func deed(_ id: Int, _ direction: UndoDirection) -> Deed? {
        (direction == .undo ? done : undone).first { $0.id == id }
    }

    /// It can't be turned back any more.
    mutating func close(_ id: Int, _ direction: UndoDirection, _ why: SafeText) {
        guard direction == .undo else { return undone.removeAll { $0.id == id } }
        guard let place = done.firstIndex(where: { $0.id == id }) else { return }
        (done[place].changes, done[place].obstacle) = ([], why)
    }

    /// Some of its things were turned back: those can be turned the other way from now on.
    ///
    /// - Parameters:
    ///   - entries: the audit entry for each thing that was turned back.
    ///   - lost: things that can't be turned back any more.
    mutating func turn(_ id: Int, _ direction: UndoDirection, entries: [String: Int64], lost: Set<String>) {
        renew(deed(id, direction)?.changes ?? [], direction, entries)
        guard var rest = deed(id, direction) else { return }
        var turned = rest
        turned.changes = rest.changes.reversed().filter { entries[$0.rowID] != nil }
        rest.changes.removeAll { entries[$0.rowID] != nil || lost.contains($0.rowID) }
        if turned.changes.isEmpty, rest.changes.isEmpty { return close(id, direction, Self.changedSince) }
        rest.label = Deed.label(rest.changes.map(\.label))
        turned.label = Deed.label(turned.changes.map(\.label))
        switch direction {
        case .undo:
            Self.replace(id, by: rest, in: &done)
            append(turned, \.undone)
        case .redo:
            Self.replace(id, by: rest, in: &undone)
            append(turned, \.done)
        }
    }

    static let changedSince: SafeText = "it was changed since by somebody else"

    /// Whether all its things were changed here again later: that has to be undone before.
    func hasLater(than deed: Deed) -> Bool {
        let left = Dictionary(deed.changes.map { ($0.rowID, $0.after) }) { $1 }
        var above: Set<String> = []
        for other in done where other.id != deed.id {
            for change in other.changes where left[change.rowID] == change.before { above.insert(change.rowID) }
        }
        return !left.isEmpty && above.count == left.count
    }

    private mutating func append(_ deed: Deed, _ list: WritableKeyPath<UndoLog, [Deed]>) {
        guard !deed.changes.isEmpty || deed.obstacle != nil else { return }
        lastID += 1
        var deed = deed
        deed.id = lastID
        self[keyPath: list] = (self[keyPath: list] + [deed]).suffix(Self.limit)
    }

    private static func replace(_ id: Int, by rest: Deed, in list: inout [Deed]) {
        guard let place = list.firstIndex(where: { $0.id == id }) else { return }
        if rest.changes.isEmpty { list.remove(at: place) } else { list[place] = rest }
    }

    // MARK: Versions

    private struct Renewal {
        var old: Int
        var new: Int
        var sequence: Int64
    }

    private mutating func renew(_ changes: [Deed.Change], _ direction: UndoDirection, _ entries: [String: Int64]) {
        var renewals: [String: Renewal] = [:]
        for change in changes {
            guard let sequence = entries[change.rowID] else { continue }
            let (old, shown) = direction == .undo ? (change.before, change.after) : (change.after, change.before)
            renewals[change.rowID] = Renewal(old: old, new: shown + 1, sequence: sequence)
        }
        Self.renew(&done, renewals)
        Self.renew(&undone, renewals)
    }

    private static func renew(_ deeds: inout [Deed], _ renewals: [String: Renewal]) {
        for deed in deeds.indices {
            for place in deeds[deed].changes.indices {
                let change = deeds[deed].changes[place]
                guard let renewal = renewals[change.rowID] else { continue }
                if change.before == renewal.old { deeds[deed].changes[place].before = renewal.new }
                if change.after == renewal.old { deeds[deed].changes[place].after = renewal.new }
                if change.before == renewal.old || change.after == renewal.old {
                    deeds[deed].changes[place].sequence = renewal.sequence
                }
            }
        }
    }
}
