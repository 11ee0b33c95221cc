import CRawClient
import Glibc

/// A connection that is kept open, and asks one thing after the other.
final class GatewayConnection {
    struct Answer {
        var status: Int
        /// `X-Patrol-Reason`, where it says one.
        var reason: String
    }

    private let connection: Int32
    private var waiting: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 8_192)
    private static let patience: Int32 = 10_000

    init(port: Int) throws {
        connection = raw_connect_port(UInt32(port))
        guard connection >= 0 else { throw BenchmarkFault.server("no connection to port \(port): \(-connection)") }
    }

    deinit { raw_close(connection) }

    /// Sends a whole request, and waits for the whole answer.
    func ask(_ request: [UInt8]) throws -> Answer {
        guard raw_send(connection, request, request.count) == 0 else { throw BenchmarkFault.server("the connection was closed") }
        var end = Self.headEnd(waiting)
        while end == nil {
            try receive()
            end = Self.headEnd(waiting)
        }
        let head = waiting[..<(end ?? 0)]
        guard head.count > 12, let status = Self.number(head[9..<12]) else { throw BenchmarkFault.server("no status line") }
        let length = Self.value(of: "content-length", in: head).flatMap(Self.number) ?? 0
        while waiting.count < head.count + length { try receive() }
        let reason = status == 200 ? "" : Self.value(of: "x-patrol-reason", in: head).map { String(decoding: $0, as: UTF8.self) }
        waiting.removeFirst(head.count + length)
        return Answer(status: status, reason: reason ?? "")
    }

    private func receive() throws {
        let count = raw_receive(connection, &chunk, chunk.count, Self.patience)
        guard count > 0 else { throw BenchmarkFault.server("the connection ended: \(count)") }
        waiting += chunk.prefix(count)
    }

    /// Behind the empty line.
    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { end in
            bytes[end - 1] == 10 && bytes[end - 2] == 13 && bytes[end - 3] == 10 && bytes[end - 4] == 13
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? { Int(String(decoding: digits, as: UTF8.self)) }

    /// - Parameter name: In lower case.
    private static func value(of name: StaticString, in head: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let length = name.utf8CodeUnitCount
        for line in head.split(separator: 10) where line.count > length + 1 {
            let start = line.startIndex
            guard line[start + length] == UInt8(ascii: ":"),
                (0..<length).allSatisfy({ line[start + $0] | 0x20 == name.utf8Start[$0] })
            else { continue }
            return line[(start + length + 1)...].drop { $0 == 0x20 }.prefix { $0 != 13 }
        }
        return nil
    }
}
