extension CommandTable {
    static let serving: [CommandSpec] = [
        CommandSpec(
            .serve, "serve", "check the calls of an API for the proxy before it, and speak LaunchDarkly's REST API",
            options: [
                OptionSpec("listen", "PLACE", "127.0.0.1:8080 otherwise; [::1]:8080, or unix:PATH"),
                OptionSpec("routes", "FILE", .file, "which call needs which action on which resource"),
                OptionSpec("trusted-proxies", "RANGES", "who may say what the original request was; 127.0.0.0/8 otherwise"),
                OptionSpec("public", help: "listen where others can read what is sent"),
                OptionSpec("socket-mode", "MODE", "of a Unix socket, 660 otherwise"),
                OptionSpec("threads", "N", .number(1...64), "as many as processors otherwise"),
                OptionSpec("realm", "TEXT", "what the tokens are for, in challenges"),
                OptionSpec("api-key-header", help: "take a token as X-API-Key, too"),
                OptionSpec("limit-per-token", "N", .number(0...1_000_000), "calls in 10 seconds; 0, no limit, otherwise"),
                OptionSpec("limit-per-address", "N", .number(0...1_000_000), "calls in 10 seconds; 0, no limit, otherwise"),
                OptionSpec("connections", "N", .number(16...100_000), "open at once, 4,096 otherwise"),
                OptionSpec("connections-per-address", "N", .number(0...100_000), "0, no limit, otherwise"),
                OptionSpec("idle", "SECONDS", .number(1...3_600), "until a silent connection is closed, 60 otherwise"),
                OptionSpec("access-log", "FILE", .file, "a line of JSON for each call; - is standard output"),
                OptionSpec("drain", "SECONDS", .number(0...600), "to finish what goes on at the end, 10 otherwise"),
            ],
            notes: [
                "It runs until SIGTERM. SIGHUP reads the routes and opens the access log again.",
                "A socket that systemd hands over is taken in the place of --listen.",
                "Without --routes the proxy says itself what a call needs, in the fields",
                "X-Patrol-Action and X-Patrol-Resource.",
                "docs/gateway.md has the configuration of nginx, Caddy, Traefik and Envoy.",
            ])
    ]
}

extension ParsedLine {
    /// The words for the gateway's own program.
    func gatewayWords(database: String) -> [String] {
        let own = command.options.flatMap { option -> [String] in
            guard has(option.name) else { return [] }
            return option.value == nil ? ["--\(option.name)"] : ["--\(option.name)", value(option.name) ?? ""]
        }
        return ["--database", database] + own
    }
}
