import PatrolTestSupport
import Testing

/// The configurations in `docs/gateway.md`, as they stand there.
@Suite struct GatewayDocumentTests {
    private static let headers = [
        "Remote-User", "Remote-Groups", "Remote-Email", "X-Patrol-Token-Id", "X-Patrol-Scopes", "X-Patrol-Kind",
        "X-Patrol-Token-Expires", "X-Request-Id",
    ]

    private let document: String
    private let folder: TemporaryFolder

    init() throws {
        let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/docs/gateway.md"
        document = try #require(TextFile.text(of: path))
        folder = try TemporaryFolder()
    }

    /// The block of a language.
    private func block(_ language: String) throws -> String {
        let parts = document.split(separator: "```\(language)\n", omittingEmptySubsequences: false)
        try #require(parts.count == 2, "one block of \(language)")
        return String(try #require(parts[1].split(separator: "```", omittingEmptySubsequences: false).first))
    }

    @Test(.enabled(if: SystemProgram.isWanted("nginx"), "nginx is missing"))
    func `nginx takes the configuration of the document`() throws {
        try TextFile.write(try nginx(try block("nginx")), to: folder("nginx.conf"))
        let result = try ProxyProgram.run("nginx", ["-t", "-e", folder("errors"), "-c", folder("nginx.conf")], folder: folder)
        #expect(result.exitCode == 0 && result.errors.contains("test is successful"), "\(result.errors)")
    }

    @Test(.enabled(if: SystemProgram.isWanted("caddy"), "Caddy is missing"))
    func `Caddy takes the configuration of the document`() throws {
        try TextFile.write(try block("caddy"), to: folder("Caddyfile"))
        let arguments = ["validate", "--config", folder("Caddyfile"), "--adapter", "caddyfile"]
        let result = try ProxyProgram.run("caddy", arguments, folder: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    @Test func `each configuration passes every header on`() throws {
        for language in ["nginx", "caddy"] {
            let text = try block(language)
            for header in Self.headers { #expect(text.contains(header), "\(language) \(header)") }
        }
        for header in Self.headers { #expect(document.contains("- \(header)\n"), "Traefik \(header)") }
    }

    /// What a client sends under these names must not arrive, whatever the gateway leaves empty.
    @Test(.enabled(if: SystemProgram.isWanted("nginx") && SystemProgram.isWanted("caddy"), "nginx or Caddy is missing"), arguments: ["nginx", "caddy"])
    func `a client can't say who it is, nor another method or path than was judged`(_ language: String) throws {
        let seen = [
            "$http_remote_user", "$http_remote_groups", "$http_x_patrol_scopes", "$http_x_request_id", "$http_authorization",
            "$http_x_http_method_override", "$http_x_http_method", "$http_x_method_override", "$http_x_original_url", "$http_x_rewrite_url",
        ]
        // nginx leaves out what is not answered; Caddy needs every header, as Patrol answers.
        let answered = language == "nginx" ? ["Remote-User"] : Self.headers
        let answers = answered.map { "add_header \($0) true;" }.joined(separator: " ")
        let servers = """
            server { listen unix:\(folder("patrol.sock")); location / { \(answers) return 200; } }
            server { listen unix:\(folder("api.sock")); location / { return 200 "\(seen.joined(separator: "|"))\\n"; } }
            """
        var configuration = try block(language).replacing("127.0.0.1:8080", with: Self.address(folder("patrol.sock"), language))
            .replacing("127.0.0.1:9000", with: Self.address(folder("api.sock"), language))
            .replacing("listen 127.0.0.1:8000", with: "listen unix:\(folder("proxy.sock"))")
        if language == "caddy" {
            let site = "http://api.example.org {\n"
            configuration = "{\n admin off\n auto_https off\n}\n" + configuration.replacing(site, with: site + "bind unix/\(folder("proxy.sock"))\n")
        }
        try TextFile.write(try nginx(language == "nginx" ? configuration + servers : servers), to: folder("nginx.conf"))
        let nginx = try ProxyProgram("nginx", ["-e", folder("errors"), "-c", folder("nginx.conf")], folder: folder, socket: "api.sock")
        var caddy: ProxyProgram?
        if language == "caddy" {
            try TextFile.write(configuration, to: folder("Caddyfile"))
            let arguments = ["run", "--config", folder("Caddyfile"), "--adapter", "caddyfile"]
            caddy = try ProxyProgram("caddy", arguments, folder: folder, socket: "proxy.sock")
        }
        try withExtendedLifetime((nginx, caddy)) {
            let lies = [
                "Remote-User: evil", "Remote-Groups: admins", "X-Patrol-Scopes: all", "X-Request-Id: forged", "Authorization: Bearer secret",
                "X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE", "X-Original-URL: /b", "X-Rewrite-URL: /b",
            ]
            let answer = try RawRequest.answer(to: Array("/a".utf8), at: folder("proxy.sock"), headers: lies)
            let lines = try #require(RawRequest.lines(answer), "\(String(decoding: answer, as: UTF8.self))")
            #expect(String(decoding: lines[0], as: UTF8.self) == (language == "nginx" ? "true|||||||||" : "true|true|true|true||||||"))
        }
    }

    private static func address(_ socket: String, _ language: String) -> String {
        language == "nginx" ? "unix:\(socket)" : "unix/\(socket)"
    }

    private func nginx(_ servers: String) throws -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder($0));" }.joined(separator: " ")
        return "daemon off;\nmaster_process off;\npid \(folder("pid"));\nevents { worker_connections 64; }\nhttp {\naccess_log off;\n\(temporary)\n\(servers)\n}\n"
    }
}
