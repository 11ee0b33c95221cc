internal import CSystem
internal import Glibc
internal import PatrolDomain
internal import PatrolJSON
internal import Synchronization

/// What came and what was answered, a line of JSON each: with ids of tokens, never a secret, and without the query of an
/// address, where people put secrets. Lines are gathered and written together.
final class AccessLog: Sendable {
    struct Line {
        var at: Timestamp
        /// By which the request is found again.
        var name: String
        var endpoint: String
        var address: String
        var method: String
        /// Without its query.
        var path: String
        var status: Int
        var reason: String
        var token: String
        var action: String
        var resource: String
    }

    private struct State {
        var descriptor: Int32
        var waiting: [UInt8] = []
        /// Lines that there was no room for.
        var lost = 0
    }

    /// Bytes that may wait. What comes beyond is counted, and said.
    private static let maximumWaiting = 4 << 20
    private static let enough = 64 << 10

    private let path: String
    private let state: Mutex<State>

    /// - Parameter path: `-` is standard output. A new file is its owner's alone.
    init(path: String) throws(GatewayFault) {
        self.path = path
        state = Mutex(State(descriptor: try Self.open(path)))
    }

    /// Opens the file again, after somebody moved it away.
    ///
    /// - Throws: where it can't be opened; the one before it goes on.
    func reopen() throws(GatewayFault) {
        guard path != "-" else { return }
        let descriptor = try Self.open(path)
        state.withLock { state in
            Self.write(&state)
            close(state.descriptor)
            state.descriptor = descriptor
        }
    }

    func add(_ line: Line) {
        let bytes = Array(line.json.text().utf8)
        state.withLock { state in
            guard state.waiting.count + bytes.count < Self.maximumWaiting else {
                state.lost += 1
                return
            }
            state.waiting += bytes
            state.waiting.append(UInt8(ascii: "\n"))
            if state.waiting.count >= Self.enough { Self.write(&state) }
        }
    }

    /// Writes what waits. To be called now and then.
    func flush() { state.withLock { Self.write(&$0) } }

    private static func open(_ path: String) throws(GatewayFault) -> Int32 {
        if path == "-" { return 1 }
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw GatewayFault(sentence: "the access log `\(path)` can't be opened: \(String(cString: strerror(errno)))") }
        return descriptor
    }

    private static func write(_ state: inout State) {
        if state.lost > 0 {
            state.waiting += Array("{\"lostLines\":\(state.lost)}\n".utf8)
            state.lost = 0
        }
        var written = 0
        state.waiting.withUnsafeBytes { bytes in
            while written < bytes.count {
                let count = Glibc.write(state.descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                // A log that can't be written stops nobody: what waits stays, up to its limit.
                if count <= 0 { return }
                written += count
            }
        }
        state.waiting.removeFirst(written)
    }
}

extension AccessLog.Line {
    /// Characters of a text from outside that are kept.
    private static let longestText = 1_000

    fileprivate var json: JSON {
        var members = [
            JSONMember("at", .string(at.iso8601Milliseconds)), JSONMember("request", .string(SecretFormat.redacted(name))),
            JSONMember("endpoint", .string(endpoint)), JSONMember("status", JSON(status)),
        ]
        let texts = [
            ("reason", reason), ("token", token), ("method", method), ("path", path), ("action", action),
            ("resource", resource), ("address", address),
        ]
        for (name, text) in texts where !text.isEmpty {
            // Cut after the secrets are out: half of one would not be recognised.
            members.append(JSONMember(name, .string(String(SecretFormat.redacted(text).prefix(Self.longestText)))))
        }
        return .object(members)
    }
}

extension Timestamp {
    /// `2026-11-24T05:57:03.123Z`.
    fileprivate var iso8601Milliseconds: String {
        let rest = String(((milliseconds % 1_000) + 1_000) % 1_000)
        return iso8601.dropLast() + "." + String(repeating: "0", count: 3 - rest.utf8.count) + rest + "Z"
    }
}
