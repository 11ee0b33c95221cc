import PatrolDomain
import PatrolJSON
import PatrolLaunchDarkly
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Most roles and teams that are written.
    private static let mostRoles = 100_000

    /// Writes the account into a new folder, in the shape of LaunchDarkly's answers.
    mutating func exportAccount() throws(CommandFailure) {
        let folder = line.arguments[0]
        let patrol = try open().patrol
        let (account, tally, roles, teams) = try Self.door { () throws(PatrolError) in
            (
                try patrol.account(), try patrol.tally(), try patrol.roleChoices(limit: Self.mostRoles),
                try patrol.teams(limit: Self.mostRoles)
            )
        }
        var files = ExportFiles(
            folder: folder, isMade: try Folder.makeEmpty(folder), writer: AnswerWriter(account: account.id),
            progress: progressLine, isStopAsked: console.isStopAsked)
        do throws(CommandFailure) {
            try Self.write(patrol, tally, roles, teams, into: &files)
            files.progress.clear()
        } catch {
            files.progress.clear()
            files.discard()
            throw error
        }
        if isJSON {
            return try output.json([
                "folder": .string(folder), "files": JSON(files.count), "entries": JSON(files.entries),
            ])
        }
        try output.line(
            "wrote \(Count.of(files.entries, "entry", "entries").text) in \(Count.of(files.count, "file").text) to \(folder)")
    }

    private static func write(
        _ patrol: Patrol, _ tally: Tally, _ roles: [Role], _ teams: [Team], into files: inout ExportFiles
    ) throws(CommandFailure) {
        let writer = files.writer
        let rolesByID = Dictionary(roles.map { ($0.id, $0) }) { first, _ in first }
        var teamsOfMember: [MemberID: [Team]] = [:]
        for team in teams {
            for member in team.members { teamsOfMember[member, default: []].append(team) }
        }
        try files.write(.roles, total: roles.count) { (add) throws(CommandFailure) in
            try Self.pages(limit: .max, from: { (page) throws(PatrolError) in try patrol.roles(page) }) {
                (rows) throws(CommandFailure) in
                for row in rows { if let json = writer.role(row) { try add(json) } }
            }
        }
        try files.write(.teams, total: teams.count) { (add) throws(CommandFailure) in
            for team in teams {
                try add(writer.team(team, roles: team.customRoles.compactMap { rolesByID[$0] }))
            }
        }
        var members: [MemberID: Member] = [:]
        try files.write(.members, total: tally.members) { (add) throws(CommandFailure) in
            try Self.pages(limit: .max, from: { (page) throws(PatrolError) in try patrol.members(page) }) {
                (rows) throws(CommandFailure) in
                for row in rows where row.member.removedAt == nil {
                    let member = row.member
                    members[member.id] = member
                    try add(writer.member(member, teams: teamsOfMember[member.id] ?? [], roles: rolesByID))
                }
            }
        }
        try files.write(.tokens, total: tally.tokens) { (add) throws(CommandFailure) in
            try Self.pages(
                limit: .max, from: { (page) throws(PatrolError) in try patrol.tokens(page, sort: .created) }
            ) { (rows) throws(CommandFailure) in
                for row in rows where row.token.deletedAt == nil {
                    try add(writer.token(row.token, owner: row.token.owner.flatMap { members[$0] }))
                }
            }
        }
        try files.write(.auditLog, total: 0, expected: tally.auditEntries) { (add) throws(CommandFailure) in
            try Self.pages(limit: .max, from: { (page) throws(PatrolError) in try patrol.audit(page) }) {
                (rows) throws(CommandFailure) in
                for row in rows { if let json = writer.entry(row) { try add(json) } }
            }
        }
    }
}

/// The pages of the lists, each a new file.
private struct ExportFiles {
    let folder: String
    /// Whether the folder was made for them.
    let isMade: Bool
    let writer: AnswerWriter
    var progress: ProgressLine
    let isStopAsked: () -> Bool
    private(set) var entries = 0
    private var written: [String] = []

    init(
        folder: String, isMade: Bool, writer: AnswerWriter, progress: ProgressLine, isStopAsked: @escaping () -> Bool
    ) {
        self.folder = folder
        self.isMade = isMade
        self.writer = writer
        self.progress = progress
        self.isStopAsked = isStopAsked
    }

    var count: Int { written.count }

    /// Takes away again what was written: half an account is none.
    func discard() { Folder.clear(folder, of: written, isMade: isMade) }

    /// Writes one list; an empty one has one page without entries.
    mutating func write(
        _ kind: AnswerKind, total: Int, expected: Int? = nil,
        _ body: ((JSON) throws(CommandFailure) -> Void) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var items: [JSON] = []
        var page = 0
        var told = 0
        func end(hasNext: Bool) throws(CommandFailure) {
            let json = writer.page(of: kind, items, number: page, total: total, hasNext: hasNext)
            if isStopAsked() { throw .stopped("stopped; nothing was written") }
            let path = "\(folder)/\(kind.fileName(page: page + 1))"
            let file = try NewFile(path)
            written.append(path)
            var bytes: [UInt8] = []
            json.write(to: &bytes, pretty: true)
            bytes.append(UInt8(ascii: "\n"))
            try file.finish(bytes)
            page += 1
            entries += items.count
            told += items.count
            progress.tell(SafeText(kind.rawValue), told, of: expected ?? total)
            items.removeAll(keepingCapacity: true)
        }
        try body { (json) throws(CommandFailure) in
            if items.count == kind.pageSize { try end(hasNext: true) }
            items.append(json)
        }
        try end(hasNext: false)
    }
}
