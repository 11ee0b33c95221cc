import Glibc

/// What it costs that an nginx asks the gateway about each call before it hands it on.
struct ProxyFigures {
    let folder: String
    let workers: Int
    let rounds: Int

    private static let connections = 32

    /// - Parameter gateway: Its port.
    func measure(_ account: GatewayAccount, gateway: Int) throws {
        let upstream = try NginxServer("upstream", workers: workers, in: folder) { port in
            "server { listen 127.0.0.1:\(port); location / { default_type text/plain; return 200 ok; } }"
        }
        let asking = try ServerProcess.freePort()
        let front = try NginxServer("front", workers: workers, in: folder) { port in
            Self.configuration(plain: port, asking: asking, upstream: upstream.port, gateway: gateway)
        }
        let script = "\(folder)/front.lua"
        try LoadRun.writeScript(account.clientRequests, to: script)
        let connection = try GatewayConnection(port: asking)
        for request in account.clientRequests.prefix(200) {
            let status = try connection.ask(request).status
            guard status == 200 else { throw BenchmarkFault.server("nginx refused a call: \(status)") }
        }
        guard try connection.ask(Array("GET /projects/web HTTP/1.1\r\nHost: a\r\n\r\n".utf8)).status == 401 else {
            throw BenchmarkFault.server("nginx let a call through that brought no token")
        }
        let comparison = try LoadComparison(
            ("nginx and its upstream", front.port), ("the same, and it asks", asking), script: script,
            connections: Self.connections, rounds: rounds)
        comparison.printAll("Calls a second through nginx to an upstream, by wrk over \(Self.connections) connections")
        withExtendedLifetime((upstream, front)) {}
    }

    private static func configuration(plain: Int, asking: Int, upstream: Int, gateway: Int) -> String {
        """
        upstream api { server 127.0.0.1:\(upstream); keepalive 64; keepalive_requests 1000000000; }
        upstream patrol { server 127.0.0.1:\(gateway); keepalive 64; keepalive_requests 1000000000; }
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        server {
            listen 127.0.0.1:\(plain);
            location / { proxy_pass http://api; }
        }
        server {
            listen 127.0.0.1:\(asking);
            location / {
                auth_request /patrol;
                proxy_pass http://api;
            }
            location = /patrol {
                internal;
                proxy_pass http://patrol/authz/nginx;
                proxy_pass_request_body off;
                proxy_set_header Connection "";
                proxy_set_header Content-Length "";
                proxy_set_header X-Original-Method $request_method;
                proxy_set_header X-Original-URI $request_uri;
                proxy_set_header X-Forwarded-For $remote_addr;
            }
        }
        """
    }
}
