import Glibc
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite(.serialized) struct `Files of use` {
    let folder = TemporaryFolder()
    var path: String { folder["patrol.db"] }

    static let lines = 60_000
    static let file = UseImport(
        digest: [UInt8](repeating: 7, count: 32), source: "log", firstAt: Made.start, lastAt: Made.start + .days(1),
        lines: lines, at: Made.start)

    private static func call(_ line: Int) -> HourOfUse {
        HourOfUse(
            of: Made.token(1).id, at: Made.start + .minutes(line % 1_440), action: Action("a\(line % 7)"),
            resource: "proj/p\(line % 97)", outcome: line % 5 == 0 ? .denied : .allowed, calls: 1 + line % 3)
    }

    /// Reads on from where it was left, as an import does, until the end.
    static func readOn(_ path: String) throws {
        let store = try Store(opening: path)
        var done = try store.read { r throws(StorageError) in try r.useImport(file.digest)?.done ?? 0 }
        while done < lines {
            let end = min(lines, done + 500)
            let hours = (done + 1...end).map(call)
            try store.write { w throws(StorageError) in
                if done == 0 { try w.beginImport(file) }
                try w.countUse(UseBatch(hours: hours), at: Made.start)
                try w.advanceImport(file, from: done, to: end, calls: hours.reduce(0) { $0 + $1.calls })
            }
            done = end
        }
    }

    /// Killed at any moment, as often as it takes: each call is counted once in the end.
    @Test func `killed in the middle, it goes on and counts nothing twice`() async throws {
        let store = try Store.founded(at: path)
        try store.apply(.insertToken(Made.token(1)))
        var random = SplitMix(seed: 9)
        var steps: Set<Int> = []
        for _ in 0..<8 {
            let life = 5 + Int(random.next() % 60)
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, life = life as Int] in
                Child.dieAfter(milliseconds: life)
                while true { try? Files_of_use.readOn(path) }
            }
            let known = try store.read { r throws(StorageError) in try r.useImport(Self.file.digest) }
            let done = known?.done ?? 0
            #expect(known?.calls ?? 0 == (0..<done).reduce(0) { $0 + Self.call($1 + 1).calls })
            #expect(try counted(store) == known?.calls ?? 0)
            steps.insert(done)
        }
        try Self.readOn(path)
        #expect(try counted(store) == (1...Self.lines).reduce(0) { $0 + Self.call($1).calls })
        #expect(steps.count > 1)
        let check = try store.reader.rows("PRAGMA integrity_check(5)") { row throws(StorageError) in try row.text(0) }
        #expect(check == ["ok"])
    }

    private func counted(_ store: Store) throws -> Int {
        try store.read { r throws(StorageError) in
            try r.useSummary(of: Made.token(1).id, since: Made.start).actions.reduce(0) { $0 + $1.calls }
        }
    }

    @Test func `two who read the same file don't both count it`() throws {
        let store = try Store.founded(at: path)
        try store.apply(.insertToken(Made.token(1)))
        try store.write { w throws(StorageError) in
            try w.beginImport(Self.file)
            try w.advanceImport(Self.file, from: 0, to: 500, calls: 5)
        }
        #expect(throws: StorageError.conflict(detail: "somebody else imports the same file")) {
            try store.write { w throws(StorageError) in
                try w.countUse(UseBatch(hours: [Self.call(1)]), at: Made.start)
                try w.advanceImport(Self.file, from: 0, to: 500, calls: 5)
            }
        }
        #expect(try counted(store) == 0)
    }

    @Test func `only files of one source overlap`() throws {
        let store = try Store.founded(at: path)
        try store.write { w throws(StorageError) in try w.beginImport(Self.file) }
        func overlaps(_ source: String, _ first: Int, _ last: Int) throws -> Bool {
            let other = UseImport(
                digest: [UInt8](repeating: 8, count: 32), source: source, firstAt: Made.start + .hours(first),
                lastAt: Made.start + .hours(last), lines: 1, at: Made.start)
            return try store.read { r throws(StorageError) in try r.useImport(overlapping: other) } != nil
        }
        #expect(try overlaps("log", -5, 0) && overlaps("log", 24, 30) && overlaps("log", 3, 4) && overlaps("log", -1, 99))
        #expect(try !overlaps("log", -5, -1) && !overlaps("log", 25, 30) && !overlaps("other", 3, 4))
    }
}

private typealias Files_of_use = `Files of use`
