import PatrolTestSupport

/// nginx or Caddy with the configuration of `docs/gateway.md`, between a client and an API that says what reached it.
final class DocumentedProxy {
    enum Kind: String, CaseIterable, Sendable {
        case nginx, caddy

        var isWanted: Bool { SystemProgram.isWanted("nginx") && SystemProgram.isWanted(rawValue) }
    }

    /// What the API got, by name.
    private static let seen = [
        "uri": "$request_uri", "user": "$http_remote_user", "groups": "$http_remote_groups", "token": "$http_x_patrol_token_id",
        "scopes": "$http_x_patrol_scopes", "kind": "$http_x_patrol_kind", "reason": "$http_x_patrol_reason",
        "expires": "$http_x_patrol_token_expires", "request": "$http_x_request_id", "authorization": "$http_authorization",
    ]

    private let folder: TemporaryFolder
    private var programs: [ProxyProgram] = []

    /// - Parameter port: of the gateway.
    init(_ kind: Kind, gateway port: UInt16) throws {
        folder = try TemporaryFolder()
        let configuration = try Self.block(kind.rawValue)
            .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
            .replacing("127.0.0.1:9000", with: kind == .nginx ? "unix:\(folder("api.sock"))" : "unix/\(folder("api.sock"))")
            .replacing("listen 127.0.0.1:8000", with: "listen unix:\(folder("proxy.sock"))")
        try TextFile.write(nginx(api + (kind == .nginx ? configuration : "")), to: folder("nginx.conf"))
        programs.append(
            try ProxyProgram("nginx", ["-e", folder("errors"), "-c", folder("nginx.conf")], folder: folder, socket: "api.sock"))
        guard kind == .caddy else { return }
        let site = "http://api.example.org {\n"
        try TextFile.write(
            "{\n admin off\n auto_https off\n}\n"
                + configuration.replacing(site, with: site + "bind unix/\(folder("proxy.sock"))\n"), to: folder("Caddyfile"))
        programs.append(
            try ProxyProgram(
                "caddy", ["run", "--config", folder("Caddyfile"), "--adapter", "caddyfile"], folder: folder, socket: "proxy.sock"))
    }

    struct Answer {
        let status: Int
        let text: String
        /// What the API said that reached it; nil where nothing did.
        let reached: [String: String]?

        func has(_ field: String) -> Bool { text.lowercased().contains("\n" + field.lowercased()) }
    }

    /// What comes back to a call with this secret.
    func call(_ target: String, _ secret: String? = nil, fields: [String] = []) throws -> Answer {
        let headers = fields + (secret.map { ["Authorization: Bearer \($0)"] } ?? [])
        let bytes = try RawRequest.answer(to: Array(target.utf8), at: folder("proxy.sock"), headers: headers)
        let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count == 3, let status = Int(words[1]) else { throw ProgramFailure("no answer to \(target): \(text)") }
        let lines = text.split(separator: "\n").map(String.init)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("reached=") }) else {
            return Answer(status: status, text: text, reached: nil)
        }
        let pairs = lines[start...].compactMap { line in line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) } }
        return Answer(status: status, text: text, reached: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }

    /// An API that reads paths in its own way: it decodes them, takes `..` out and makes one slash of several.
    private var api: String {
        let lines = Self.seen.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\\n" }.joined()
        func place(_ location: String, _ name: String) -> String { "location \(location) { return 200 \"reached=\(name)\\n\(lines)\"; }" }
        return "server { listen unix:\(folder("api.sock")); \(place("/", "open")) \(place("~* ^/closed", "closed")) }\n"
    }

    private func nginx(_ servers: String) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder($0));" }
        return "daemon off;\nmaster_process off;\npid \(folder("pid"));\nevents { worker_connections 64; }\n"
            + "http {\naccess_log off;\n\(temporary.joined(separator: " "))\n\(servers)\n}\n"
    }

    private static func block(_ language: String) throws -> String {
        let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/docs/gateway.md"
        let parts = (TextFile.text(of: path) ?? "").split(separator: "```\(language)\n", omittingEmptySubsequences: false)
        guard parts.count == 2, let block = parts[1].split(separator: "```").first else {
            throw ProgramFailure("no block of \(language) in \(path)")
        }
        return String(block)
    }
}
