import Glibc
@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite(.serialized) struct `Several processes` {
    let folder = TemporaryFolder()
    var path: String { folder["patrol.db"] }

    /// What was acknowledged is there, the log is whole, and each change has its entry.
    private func requireWhole(_ logs: [String]) throws {
        let store = try Store(opening: path)
        let verdict = try store.verifyAudit()
        #expect(verdict.faults == [])
        try store.read { reading throws(StorageError) in
            #expect(try reading.lastSequence() == verdict.entries)
            // One entry founded the account; each of the others invited one.
            #expect(try Int64(reading.tally().members) == verdict.entries)
            for log in logs {
                for operation in Child.acknowledged(in: log) {
                    let entry = try reading.entry(operation: operation)
                    #expect(entry != nil, "an acknowledged operation is lost")
                }
            }
        }
        let check = try store.reader.rows("PRAGMA integrity_check(5)") { row throws(StorageError) in
            try row.text(0)
        }
        #expect(check == ["ok"])
    }

    @Test func `eight writers at once are all served, and none is lost`() async throws {
        _ = try Store.founded(at: path)
        let logs = (0..<8).map { folder["log\($0)"] }
        await withTaskGroup(of: Void.self) { group in
            for log in logs {
                group.addTask { [path] in
                    await #expect(processExitsWith: .success) {
                        [path = path as String, log = log as String] in
                        try Child.write(to: path, log: log, count: 100_000, milliseconds: 2_000)
                        exit(0)
                    }
                }
            }
        }
        let counts = logs.map { Child.acknowledged(in: $0).count }
        try requireWhole(logs)
        let total = counts.reduce(0, +)
        #expect(total > 80, "\(counts)")
        #expect(counts.min()! * 8 * 4 > total, "unfair: \(counts)")
    }

    /// A process may die at any moment, while others go on writing.
    @Test func `killed writers lose nothing that was acknowledged`() async throws {
        _ = try Store.founded(at: path)
        var random = SplitMix(seed: 42)
        var logs: [String] = []
        for round in 0..<12 {
            let log = folder["log\(round)"]
            logs.append(log)
            let life = 15 + Int(random.next() % 120)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, log = log as String, life = life as Int] in
                Child.dieAfter(milliseconds: life)
                try Child.write(to: path, log: log, count: 1_000_000)
                exit(0)
            }
            if round % 4 == 3 { try requireWhole(logs) }
        }
        try requireWhole(logs)
        #expect(logs.map { Child.acknowledged(in: $0).count }.reduce(0, +) > 0)
    }

    @Test func `a stopped holder of the turn stops nobody for longer than they agreed to`() throws {
        let store = try Store.founded(at: path)
        let queue = try WriterQueue(beside: store.opening.path)
        try queue.enter(deadline: TimeSpan(milliseconds: 0))
        let start = Child.now()
        #expect(throws: StorageError.busy(holder: getpid())) {
            try store.write(deadline: TimeSpan(milliseconds: 300)) { _ throws(StorageError) in }
        }
        #expect((250...2_000).contains(Child.now() - start))
        #expect(throws: StorageError.busy(holder: getpid())) {
            try store.write(deadline: TimeSpan(milliseconds: 0)) { _ throws(StorageError) in }
        }
        queue.leave()
        try store.apply(.insertMember(Made.member(1)))
    }

    @Test func `a foreign writer is waited for, but not for ever`() throws {
        let store = try Store.founded(at: path)
        let foreign = try store.opening.connect(mayWrite: true)
        try foreign.execute("BEGIN IMMEDIATE")
        #expect(throws: StorageError.busy(holder: nil)) {
            try store.write(deadline: TimeSpan(milliseconds: 100)) { _ throws(StorageError) in }
        }
        try foreign.execute("ROLLBACK")
        try store.apply(.insertMember(Made.member(1)))
    }

    @Test func `a commit of another process wakes the one that listens`() async throws {
        let store = try Store.founded(at: path)
        let descriptor = store.changeDescriptor
        #expect(descriptor >= 0)
        _ = try store.drainChanges()
        #expect(try !store.drainChanges())
        let log = folder["log"]
        await #expect(processExitsWith: .success) {
            [path = path as String, log = log as String] in
            try Child.write(to: path, log: log, count: 3)
            exit(0)
        }
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&wanted, 1, 1_000) == 1)
        #expect(try store.drainChanges())
        #expect(try !store.drainChanges())
        #expect(poll(&wanted, 1, 0) == 0)
        #expect(try store.read { r throws(StorageError) in try r.tally().members } == 4)
    }

    @Test func `counted use rings for nobody, and is seen when somebody looks`() throws {
        let store = try Store.founded(at: path)
        try store.apply(.insertToken(Made.token(1)))
        let other = try Store(opening: path)
        var wanted = pollfd(fd: store.changeDescriptor, events: Int16(POLLIN), revents: 0)
        _ = try store.drainChanges()
        try other.write { writing throws(StorageError) in
            try writing.countUse(of: Made.token(1).id, "a", at: Made.start, allowed: 1)
            try writing.storeRisk(of: Made.token(1).id, .clean, dueAt: nil)
        }
        #expect(poll(&wanted, 1, 0) == 0)
        #expect(try store.drainChanges())
    }

    @Test func `a doorbell that was taken away is hung up again`() throws {
        let store = try Store.founded(at: path)
        let other = try Store(opening: path)
        var wanted = pollfd(fd: store.changeDescriptor, events: Int16(POLLIN), revents: 0)
        unlink(path + "-bell")
        #expect(poll(&wanted, 1, 1_000) == 1)
        _ = try store.drainChanges()
        try other.apply(.insertMember(Made.member(1)))
        #expect(poll(&wanted, 1, 1_000) == 1)
        #expect(try store.drainChanges())
    }

    @Test func `somebody who does not ring is seen too`() throws {
        let store = try Store.founded(at: path)
        _ = try store.drainChanges()
        let foreign = try store.opening.connect(mayWrite: true)
        try foreign.execute("BEGIN; UPDATE tally SET members = members + 1; COMMIT")
        #expect(try store.drainChanges())
    }

    @Test func `a long log is copied back under the write lock`() throws {
        let store = try Store.founded(at: path)
        let comment = String(repeating: "x", count: 2_000)
        for _ in 0..<250 {
            _ = try store.write { w throws(StorageError) in
                for _ in 0..<10 { try w.record(Made.ruling(Made.event(comment: comment))) }
            }
        }
        // Without a checkpoint the log would hold more than 11 MB.
        #expect(File.read(path + "-wal").count < 9 << 20)
        #expect(File.read(path).count > 4 << 20)
        #expect(try store.verifyAudit().isWhole)
    }
}
