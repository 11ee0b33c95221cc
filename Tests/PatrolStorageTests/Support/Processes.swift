import CSystem
import Glibc
import PatrolCrypto
@testable import PatrolDomain
@testable import PatrolStorage

/// What the child processes of tests do: each runs in a process of its own and ends with `exit`.
enum Child {
    /// Writes until `count` rulings are acknowledged or `milliseconds` have passed, one line of
    /// hexadecimal digits, the operation, into the file at `log` for each: after it was acknowledged.
    static func write(to path: String, log: String, count: Int, milliseconds: Int64 = 60_000) throws {
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        precondition(descriptor >= 0, "a log for a child")
        let store = try Store(opening: path)
        let end = now() + milliseconds
        for _ in 0..<count where now() < end {
            let operation = RandomBytes.make(count: 16)
            let id = MemberID("m-" + hexadecimal(operation))!
            var member = Made.member(1)
            member = Member(id: id, email: "\(id.text)@example.org", createdAt: member.createdAt)
            try store.write(deadline: .minutes(1)) { writing throws(StorageError) in
                _ = try writing.record(
                    Made.ruling(Made.event(.memberInvited), [.insertMember(member)]),
                    operation: operation, at: Made.start)
            }
            let line = hexadecimal(operation) + "\n"
            _ = line.withCString { Glibc.write(descriptor, $0, strlen($0)) }
        }
        close(descriptor)
    }

    /// Kills this process after so many milliseconds, wherever it is then.
    static func dieAfter(milliseconds: Int) {
        var thread = pthread_t()
        let argument = UnsafeMutableRawPointer(bitPattern: max(1, milliseconds))
        let code = pthread_create(&thread, nil, { argument in
            usleep(UInt32(Int(bitPattern: argument)) * 1_000)
            kill(getpid(), SIGKILL)
            return nil
        }, argument)
        precondition(code == 0, "a thread for a child")
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// The whole lines of a child's log.
    static func acknowledged(in log: String) -> [[UInt8]] {
        let text = String(decoding: File.read(log), as: UTF8.self)
        return text.split(separator: "\n").filter { $0.utf8.count == 32 }.map { line in
            let digits = Array(line.utf8)
            return (0..<16).map { place in
                UInt8(String(decoding: digits[place * 2..<place * 2 + 2], as: UTF8.self), radix: 16)!
            }
        }
    }
}
