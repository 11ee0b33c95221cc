package import PatrolDomain
import PatrolJSON

/// Reads an account out of LaunchDarkly's answers, file by file, in the order of `AnswerKind`.
///
/// What the answers are known to hold (null, missing and unknown fields, unknown words, keys for ids) is
/// accepted and noted; where it says how much somebody may do, the doubt goes to less.
package struct AccountReader: Sendable {
    /// The newest time that is known to the one who reads: when use was last looked at.
    let now: Timestamp
    var roles: RoleDirectory
    var contents: AccountImport
    var membersByID: [MemberID: Member] = [:]
    var teamPlaces: [Key: Int] = [:]
    var teamsOfMember: [MemberID: [Key]] = [:]
    private var report = ImportReport()
    private var seen: Set<String> = []
    private var counts: [AnswerKind: Count] = [:]
    private var lastKind = AnswerKind.roles

    /// - Parameters:
    ///   - source: Where the files are, in words.
    ///   - knownRoles: Custom roles that the account has already, which the files may name.
    package init(source: String, knownRoles: [Role] = [], at now: Timestamp) {
        self.now = now
        self.roles = RoleDirectory(known: knownRoles)
        self.contents = AccountImport(
            source: source, members: [], roles: [], teams: [], tokens: [], pastEntries: [])
    }

    /// Adds one file. `kind` must not come before that of an earlier file.
    package mutating func add(_ bytes: [UInt8], file: String, kind: AnswerKind) throws(AnswerFault) {
        precondition(kind.rank >= lastKind.rank, "files are read in the order of their kinds")
        lastKind = kind
        let json: JSON
        do { json = try JSON(parsing: bytes, limits: .page) } catch {
            throw AnswerFault(
                file: file, line: error.line, column: error.column, reason: .json(error.reason))
        }
        let (items, path) = try Self.items(of: json, bytes, file)
        for (place, item) in items.enumerated() {
            guard item.members != nil else {
                throw Self.fault(.entryIsNotAnObject, path + [.index(place)], bytes, file)
            }
            add(Entry(item, kind: kind, file: file, place: place))
        }
        counts[kind, default: Count()].add(items.count, total: json["totalCount"]?.integer, file: file)
    }

    /// Everything that was read.
    package func finish() -> (contents: AccountImport, report: ImportReport) {
        var report = report
        for kind in AnswerKind.allCases {
            guard let count = counts[kind], let total = count.total, total > Int64(count.found) else {
                continue
            }
            report.add(
                ImportNote(
                    .incomplete(found: count.found, total: total), file: count.file, entry: nil,
                    field: "totalCount"),
                of: kind)
        }
        return (contents, report)
    }

    private mutating func add(_ entry: Entry) {
        var entry = entry
        switch entry.kind {
        case .roles: addRole(&entry)
        case .teams: addTeam(&entry)
        case .members: addMember(&entry)
        case .tokens: addToken(&entry)
        case .auditLog: addPastEntry(&entry)
        }
        for note in entry.notes { report.add(note, of: entry.kind) }
    }

    /// The entry's id or key, once in all files of the kind; nil leaves the entry out.
    mutating func identity<ID>(
        _ field: String, in entry: inout Entry, _ make: (String) -> ID?
    ) -> ID? {
        guard let text = entry.text(field) else {
            entry.note(.leftOut("it has no `\(field)`"), field)
            return nil
        }
        guard let id = make(text) else {
            entry.note(.leftOut("`\(text)` can't be used here"), field)
            return nil
        }
        guard seen.insert("\(entry.kind.rawValue) \(text)").inserted else {
            entry.note(.repeated, field)
            return nil
        }
        return id
    }

    /// Whether this is the first entry of the kind with such a text in such a field, in any case.
    mutating func isUnique(_ text: String, _ field: String, in entry: inout Entry) -> Bool {
        if seen.insert("\(entry.kind.rawValue) \(field) \(text.lowercased())").inserted { return true }
        entry.note(.leftOut("another entry has `\(text)` as well"), field)
        return false
    }

    private static func items(
        of json: JSON, _ bytes: [UInt8], _ file: String
    ) throws(AnswerFault) -> ([JSON], path: [JSONPlace.Step]) {
        if let elements = json.elements { return (elements, []) }
        guard let items = json["items"] else { throw fault(.noItems, [], bytes, file) }
        guard let elements = items.elements else {
            throw fault(.noItems, [.name("items")], bytes, file)
        }
        return (elements, [.name("items")])
    }

    private static func fault(
        _ reason: AnswerFault.Reason, _ path: [JSONPlace.Step], _ bytes: [UInt8], _ file: String
    ) -> AnswerFault {
        let place = JSONPlace(of: path, in: bytes) ?? JSONPlace(line: 1, column: 1)
        return AnswerFault(file: file, line: place.line, column: place.column, reason: reason)
    }

    private struct Count {
        var found = 0
        var total: Int64?
        var file = ""

        mutating func add(_ count: Int, total: Int64?, file: String) {
            found += count
            self.total = total ?? self.total
            self.file = file
        }
    }
}

extension AnswerKind {
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
