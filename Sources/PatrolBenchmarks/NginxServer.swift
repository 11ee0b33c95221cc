import Glibc

/// An nginx of its own for the benchmark, with a configuration in a temporary folder.
struct NginxServer {
    let server: ServerProcess
    let port: Int

    static let program = "/usr/sbin/nginx"

    /// - Parameters:
    ///   - name: Of its files in `folder`.
    ///   - blocks: What stands in `http`, by the port that was found for the first server.
    init(_ name: String, workers: Int, in folder: String, _ blocks: (_ port: Int) throws -> String) throws {
        port = try ServerProcess.freePort()
        let home = "\(folder)/\(name)"
        mkdir(home, 0o700)
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(home)/\($0);" }
        // Started by root it would become another user, who can't enter the folder.
        let user = geteuid() == 0 ? "user root;\n" : ""
        let text = """
            \(user)daemon off;
            worker_processes \(workers);
            pid \(home)/pid;
            error_log \(home)/errors;
            events { worker_connections 4096; }
            http {
            access_log off;
            keepalive_requests 1000000000;
            keepalive_timeout 600s;
            \(temporary.joined(separator: "\n"))
            \(try blocks(port))
            }

            """
        try GatewayAccount.write(text, to: "\(home)/configuration")
        server = try ServerProcess(
            [Self.program, "-p", home, "-e", "\(home)/errors", "-c", "\(home)/configuration"],
            environment: ["PATH": "/usr/sbin:/usr/bin:/bin"], port: port)
    }
}
