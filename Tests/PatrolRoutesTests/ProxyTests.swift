import PatrolTestSupport
import Testing

@testable import PatrolRoutes

/// What a real proxy has judged, and what it passes on. With `proxy_pass` to an address alone nginx passes the path on as it
/// came; with a path behind the address it is decoded, put right and encoded anew. Both are in use.
@Suite struct ProxyTests {
    private static let targets: [[UInt8]] =
        [
            "/a/b", "/a//b", "//a", "/a/./b", "/a/../b", "/a/b/..", "/a/%2e%2e/b", "/a/.%2e/b", "/a%2fb", "/a%2F..%2Fb", "/a%5cb", "/a\\b",
            "/a%2541", "/a%25zz", "/a%25%34%31", "/a;x=1/b", "/a%3bx/b", "/a/..;/b", "/a%3fx", "/a%3Fx?y", "/a%23x", "/a#x", "/a?x#y",
            "/%61dmin", "/caf%c3%a9", "/a%20b", "/a+b", "/a?x=/../b", "/a/", "/A", "/a|b{c}<d>\"^`", "/a%7cb%7b", "/...", "/a.b/.c", "/a?", "/?a",
            "/a:b@c!$&'()*,=~-_", "http://api.example.org/a/b", "http://evil.example/a",
        ].map { Array($0.utf8) } + [[0x2F, 0x61, 0xC3, 0xA9], [0x2F, 0xFF], Array("/%ff%c0%af".utf8)]

    /// Of the targets, those that are clear, and so have to come through.
    private static let leastClear = 14

    @Test(.enabled(if: SystemProgram.isWanted("nginx"), "nginx is missing"), arguments: ["plain.sock", "uri.sock"])
    func `what is judged clear is what nginx passes on`(_ socket: String) throws {
        let folder = try TemporaryFolder()
        try TextFile.write(Self.nginx(folder), to: folder("nginx.conf"), mode: 0o600)
        let nginx = try ProxyProgram("nginx", ["-e", folder("errors"), "-c", folder("nginx.conf")], folder: folder, socket: "upstream.sock")
        try withExtendedLifetime(nginx) { try compare(folder(socket)) }
    }

    @Test(.enabled(if: SystemProgram.isWanted("nginx") && SystemProgram.isWanted("caddy"), "nginx or Caddy is missing"))
    func `what is judged clear is what Caddy passes on`() throws {
        let folder = try TemporaryFolder()
        try TextFile.write(Self.nginx(folder), to: folder("nginx.conf"), mode: 0o600)
        try TextFile.write(Self.caddy(folder), to: folder("Caddyfile"), mode: 0o600)
        let nginx = try ProxyProgram("nginx", ["-e", folder("errors"), "-c", folder("nginx.conf")], folder: folder, socket: "upstream.sock")
        let arguments = ["run", "--config", folder("Caddyfile"), "--adapter", "caddyfile"]
        let caddy = try ProxyProgram("caddy", arguments, folder: folder, socket: "caddy.sock")
        try withExtendedLifetime((nginx, caddy)) { try compare(folder("caddy.sock")) }
    }

    /// The upstream answers with what it saw, and with what was judged before.
    private func compare(_ socket: String) throws {
        var clear = 0
        for target in Self.targets {
            guard let lines = RawRequest.lines(try RawRequest.answer(to: target, at: socket)) else { continue }
            try #require(lines.count == 3, "\(String(decoding: target, as: UTF8.self))")
            let (seen, judged) = (lines[0], lines[1])
            let words = "\(target) judged as \(String(decoding: judged, as: UTF8.self)), seen as \(String(decoding: seen, as: UTF8.self))"
            var judgedPath = RequestPath()
            guard judgedPath.read(judged.span, host: "api.example.org".utf8Span.span) == nil else { continue }
            clear += 1
            var seenPath = RequestPath()
            let fault = seenPath.read(seen.span, host: "".utf8Span.span)
            #expect(fault == nil, "\(words)")
            #expect(seenPath.text == judgedPath.text, "\(words)")
        }
        #expect(clear >= Self.leastClear, "\(clear)")
    }

    private static func nginx(_ folder: TemporaryFolder) -> String {
        func temporary(_ name: String) -> String { "\(name)_temp_path \(folder(name));" }
        let upstream = "unix:\(folder("upstream.sock"))"
        func proxy(_ socket: String, pass: String) -> String {
            """
            server {
              listen unix:\(folder(socket));
              location = /authz {
                internal;
                proxy_pass http://unix:\(folder("judge.sock")):/authz/nginx;
                proxy_set_header X-Original-URI $request_uri;
              }
              location / {
                auth_request /authz;
                auth_request_set $judged $upstream_http_x_seen;
                proxy_set_header X-Judged $judged;
                proxy_pass \(pass);
              }
            }
            """
        }
        return """
            daemon off;
            master_process off;
            pid \(folder("pid"));
            events { worker_connections 64; }
            http {
              access_log off;
              \(["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(temporary).joined(separator: " "))
              server { listen \(upstream); location / { return 200 "$request_uri\\n$http_x_judged\\n"; } }
              server { listen unix:\(folder("judge.sock")); location / { add_header X-Seen $http_x_original_uri; return 200; } }
              server { listen unix:\(folder("forward.sock")); location / { add_header X-Judged $http_x_forwarded_uri; return 200; } }
              \(proxy("plain.sock", pass: "http://\(upstream)"))
              \(proxy("uri.sock", pass: "http://\(upstream):/"))
            }
            """
    }

    private static func caddy(_ folder: TemporaryFolder) -> String {
        """
        {
          admin off
          auto_https off
        }
        http://:80 {
          bind unix/\(folder("caddy.sock"))
          forward_auth unix/\(folder("forward.sock")) {
            uri /authz/forward
            copy_headers X-Judged
          }
          reverse_proxy unix/\(folder("upstream.sock"))
        }
        """
    }
}
