import PatrolDomain
import PatrolJSON
import PatrolLaunchDarkly
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Reads LaunchDarkly's answers from the files of a folder, and takes them over in one change.
    mutating func importAccount() throws(CommandFailure) {
        let folder = line.arguments[0]
        let patrol = try open().patrol
        let known = try Self.door { () throws(PatrolError) in try patrol.roleChoices(limit: 100_000) }
        let files = try InputFile.names(in: folder).compactMap { name in
            AnswerKind(fileName: name).map { (name: name, kind: $0) }
        }
        guard !files.isEmpty else {
            let names = AnswerKind.allCases.map { "\($0.rawValue)*.json" }.joined(separator: ", ")
            throw .notFound("`\(folder)` holds none of \(names)")
        }
        var reader = AccountReader(
            source: "LaunchDarkly files in \(folder)", knownRoles: known, at: now)
        var progress = progressLine
        defer { progress.clear() }
        var read = 0
        for kind in AnswerKind.allCases {
            for file in files where file.kind == kind {
                try stopWhereAsked()
                progress.tell("files", read, of: files.count)
                read += 1
                let bytes = try InputFile.read(
                    "\(folder)/\(file.name)", limit: JSONLimits.page.bytes, sparing: location.database)
                do throws(AnswerFault) {
                    try reader.add(bytes, file: file.name, kind: kind)
                } catch {
                    throw .input("nothing was changed: \(error.description)")
                }
            }
        }
        let (contents, report) = reader.finish()
        let isTrial = line.has("dry-run")
        try stopWhereAsked()
        let outcome = isTrial ? nil : try perform(.importAccount(contents)) { progress.tell("changes", $0, of: $1) }
        progress.clear()
        try tell(contents, report, outcome, files: files.count)
    }

    private mutating func tell(
        _ contents: AccountImport, _ report: ImportReport, _ outcome: Outcome?, files: Int
    ) throws(CommandFailure) {
        let notes = report.notes
        if isJSON {
            return try output.json(
                [
                    "files": JSON(files), "members": JSON(contents.members.count),
                    "roles": JSON(contents.roles.count), "teams": JSON(contents.teams.count),
                    "tokens": JSON(contents.tokens.count), "auditEntries": JSON(contents.pastEntries.count),
                    "notes": .array(notes.map(\.json)), "hiddenNotes": JSON(report.hiddenNotes),
                    "changes": .array((outcome?.entry.changes ?? []).map(\.json)),
                    "entry": JSON(outcome?.entry.sequence),
                ], pretty: true)
        }
        for note in notes { try output.line(SafeText(note.words(specifier: \.sentence))) }
        if report.hiddenNotes > 0 { try output.line("… and \(report.hiddenNotes) more notes") }
        if !notes.isEmpty { try output.line() }
        let things = [
            Count.of(contents.members.count, "member"), Count.of(contents.roles.count, "role"),
            Count.of(contents.teams.count, "team"), Count.of(contents.tokens.count, "token"),
            Count.of(contents.pastEntries.count, "audit entry", "audit entries"),
        ]
        try output.line(
            "read \(Count.of(files, "file").text): \(things.map(\.text).joined(separator: ", "))")
        guard let outcome else { return try output.line("nothing was changed") }
        for change in outcome.entry.changes { try output.line(change.sentence) }
        try output.line(outcome.summary)
    }
}

extension FieldChange {
    fileprivate var sentence: SafeText {
        switch (before, after) {
        case (let before?, let after?): "  \(field): \(before) → \(after)"
        case (let before?, nil): "  \(field): \(before) → nothing"
        case (nil, let after): "  \(field): \(after ?? "nothing")"
        }
    }
}

extension ImportNote {
    fileprivate var json: JSON {
        [
            "file": .string(file), "entry": JSON(entry.map { Int64($0) }), "field": JSON(field),
            "code": .string(fact.code), "count": JSON(count),
            "words": .string(words(specifier: \.sentence)),
        ]
    }
}
