/// What was read, and what was odd about it.
package struct ImportReport: Hashable, Sendable {
    /// More single notes than these are only counted.
    package static let maximumNotes = 1_000

    /// In the order of reading.
    package private(set) var notes: [ImportNote] = []
    /// How many notes there are beyond `notes`.
    package private(set) var hiddenNotes = 0

    private var summaries: [Summary: Int] = [:]

    package init() {}

    mutating func add(_ note: ImportNote, of kind: AnswerKind) {
        if note.fact.isSummarised {
            let summary = Summary(kind: kind, field: note.field, code: note.fact.code)
            if let place = summaries[summary] {
                notes[place].count += 1
                return
            }
            summaries[summary] = notes.count
        } else if notes.count >= Self.maximumNotes {
            hiddenNotes += 1
            return
        }
        notes.append(note)
    }

    private struct Summary: Hashable {
        var kind: AnswerKind
        var field: String?
        var code: String
    }
}
