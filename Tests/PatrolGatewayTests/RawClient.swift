import CRawClient
import PatrolTestSupport

/// An answer as it came over the wire.
struct RawAnswer {
    let status: Int
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    func value(_ name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A connection on which bytes are sent as they are.
final class RawClient {
    private let connection: Int32
    private var waiting: [UInt8] = []

    init(port: UInt16) throws {
        connection = raw_connect_port(UInt32(port))
        guard connection >= 0 else { throw ProgramFailure("no connection to port \(port): \(connection)") }
    }

    init(path: String) throws {
        connection = raw_connect_path(path)
        guard connection >= 0 else { throw ProgramFailure("no connection to `\(path)`: \(connection)") }
    }

    deinit { raw_close(connection) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        guard raw_send(connection, bytes, bytes.count) == 0 else { throw ProgramFailure("the connection was closed") }
    }

    func finish() { raw_finish(connection) }

    /// Sends a request with an empty line behind its head, and a body with its length.
    func request(
        _ method: String, _ target: String, _ fields: [(String, String)] = [], body: String? = nil
    ) throws -> RawAnswer {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.utf8.count)\r\n" }
        try send(text + "\r\n" + (body ?? ""))
        return try answer(hasBody: method != "HEAD")
    }

    /// The next answer.
    func answer(hasBody: Bool = true) throws -> RawAnswer {
        let end: [UInt8] = Array("\r\n\r\n".utf8)
        var place = find(end)
        while place == nil {
            try receive()
            place = find(end)
        }
        let head = String(decoding: waiting[..<(place ?? 0)], as: UTF8.self)
        waiting.removeFirst((place ?? 0) + 4)
        let lines = head.split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw ProgramFailure("no status line: \(head)") }
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: parts[0].lowercased(), value: String(parts.last ?? "").trimmed)
        }
        let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        while hasBody && waiting.count < length { try receive() }
        let body = hasBody ? Array(waiting.prefix(length)) : []
        waiting.removeFirst(body.count)
        return RawAnswer(status: status, fields: fields, body: body)
    }

    /// What comes until the connection is closed, or nothing for so long.
    func rest(within milliseconds: Int32 = 2_000) -> String {
        while (try? receive(within: milliseconds)) != nil {}
        defer { waiting = [] }
        return String(decoding: waiting, as: UTF8.self)
    }

    /// What comes until it holds this text.
    func wait(for text: String) throws -> String {
        while !String(decoding: waiting, as: UTF8.self).contains(text) { try receive() }
        return String(decoding: waiting, as: UTF8.self)
    }

    private func receive(within milliseconds: Int32 = 10_000) throws {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = raw_receive(connection, &bytes, bytes.count, milliseconds)
        guard count > 0 else {
            throw ProgramFailure("the connection ended (\(count)) after: \(String(decoding: waiting, as: UTF8.self))")
        }
        waiting += bytes.prefix(count)
    }

    private func find(_ text: [UInt8]) -> Int? {
        guard waiting.count >= text.count else { return nil }
        return (0...(waiting.count - text.count)).first { waiting[$0..<$0 + text.count].elementsEqual(text) }
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
