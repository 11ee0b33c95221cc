import Glibc

/// nginx or Caddy at work in a folder of its own.
package final class ProxyProgram {
    private let program: PipedProgram

    package static var isRecording: Bool { getenv("PATROL_RECORD") != nil }

    /// Starts it, and waits until it listens at a socket.
    package init(_ name: String, _ arguments: [String], folder: TemporaryFolder, socket: String) throws {
        let path = try Self.required(name)
        program = try PipedProgram(path, arguments, environment: Self.environment(folder), folder: folder.path)
        for _ in 0..<1_200 {
            if let answer = try? RawRequest.answer(to: Array("/".utf8), at: folder(socket)), !answer.isEmpty { return }
            usleep(25_000)
        }
        throw ProgramFailure("`\(name)` does not listen: \(try stop())")
    }

    /// Runs it to its end, as to check a configuration.
    package static func run(_ name: String, _ arguments: [String], folder: TemporaryFolder) throws -> PipedProgram.Result {
        try PipedProgram.run(try required(name), arguments, environment: environment(folder), folder: folder.path)
    }

    private static func required(_ name: String) throws -> String {
        guard let path = SystemProgram.path(of: name) else { throw ProgramFailure("`\(name)` is missing") }
        return path
    }

    private static func environment(_ folder: TemporaryFolder) -> [String: String] {
        ["HOME": folder.path, "XDG_DATA_HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "PATH": "/usr/sbin:/usr/bin:/bin"]
    }

    private func stop() throws -> String {
        program.process.send(signal: SIGKILL)
        return try program.finish().errors
    }
}

/// A request whose target goes out as it is, byte by byte.
package enum RawRequest {
    /// All that came back; empty where nobody listens.
    package static func answer(to target: [UInt8], at socket: String, headers: [String] = []) throws -> [UInt8] {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ProgramFailure("no socket: error \(errno)") }
        defer { close(descriptor) }
        var wait = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8.prefix($0.count - 1)) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard connected == 0 else { return [] }
        let lines = (["Host: api.example.org", "Connection: close"] + headers).map { "\($0)\r\n" }.joined()
        let request = Array("GET ".utf8) + target + Array(" HTTP/1.1\r\n\(lines)\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return [] }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 { answer += chunk[..<count] }
        return answer
    }

    /// The lines of the body of an answer with status 200; nil of any other.
    package static func lines(_ answer: [UInt8]) -> [[UInt8]]? {
        guard answer.starts(with: Array("HTTP/1.1 200 ".utf8)) else { return nil }
        let end = Array("\r\n\r\n".utf8)
        guard let start = answer.indices.first(where: { answer[$0...].starts(with: end) }) else { return nil }
        return answer[(start + 4)...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    }
}
