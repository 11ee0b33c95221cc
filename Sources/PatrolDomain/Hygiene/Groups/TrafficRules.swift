/// From where, by which program, and how a token is used.
enum TrafficRules {
    static let entries = [
        RuleEntry(
            .shared, "HYG-15", "shared", .traffic, [.medium, .high], [.sharedNetworks, .sharedClients, .recent],
            remedy: .ask, basis: .hours, standards: ["NHI9"]),
        RuleEntry(
            .newNetwork, "HYG-16", "new-network", .traffic, [.medium, .high], [.learning, .forgotten, .recent],
            remedy: .ask, basis: .hours, standards: ["NHI2"]),
        RuleEntry(
            .newClient, "HYG-17", "new-client", .traffic, [.low, .medium], [.learning, .forgotten, .recent],
            remedy: .ask, basis: .hours, standards: ["NHI2"]),
        RuleEntry(
            .unpinned, "HYG-19", "unpinned", .traffic, [.medium, .high], remedy: .limitNetworks, basis: .secrets,
            standards: ["NHI4"]),
        RuleEntry(
            .denialBurst, "HYG-20", "denials", .traffic, [.high], [.denials, .denialActions, .denialSpan, .recent],
            remedy: .ask, basis: .hours, standards: ["ASVS 16.3.2"]),
        RuleEntry(
            .unsafePresentation, "HYG-23", "unsafe", .traffic, [.high], [.recent], remedy: .rotate, basis: .signals,
            standards: ["NHI4", "RFC 6750 5.3"]),
        RuleEntry(
            .crossedLines, "HYG-29", "crossed", .traffic, [.medium], [.recent], remedy: .ask, basis: .hours,
            standards: ["NHI8", "NHI10"]),
    ]

    static func judge(_ subject: Subject, into verdict: inout Verdict) {
        unsafe(subject, into: &verdict)
        pinning(subject, into: &verdict)
        guard let use = subject.facts.use else { return }
        let traffic = Traffic(subject, use)
        traffic.sharing(into: &verdict)
        traffic.novelty(into: &verdict)
        traffic.denials(into: &verdict)
        traffic.crossing(into: &verdict)
    }

    /// A token that is checked elsewhere may be limited there.
    private static func pinning(_ subject: Subject, into verdict: inout Verdict) {
        guard subject.mayWrite, subject.token.networks == nil, subject.token.origin != .imported else { return }
        let start = subject.now - .days(30)
        let networks = subject.facts.use?.networks.filter { $0.value.lastAt >= start }.keys.sorted() ?? []
        verdict.add(.unpinned, .medium, .networks(Array(networks.prefix(NetworkLimit.maximumCount))))
    }

    private static func unsafe(_ subject: Subject, into verdict: inout Verdict) {
        let recent = subject.settings.span(.recent)
        for signal in subject.facts.signals where signal.kind == .inQuery || signal.kind == .inClear {
            guard subject.now - signal.lastAt <= recent else { continue }
            verdict.look(at: signal.lastAt + recent + Verdict.moment)
            guard !verdict.holds(.unsafePresentation) else { continue }
            verdict.add(
                .unsafePresentation, .high, .signal(signal.kind, count: signal.count, lastAt: signal.lastAt))
        }
    }
}

/// The traffic of one token. Nothing here begins by time alone; all of it ends by it.
private struct Traffic {
    let subject: Subject
    let use: UseFacts
    let basis: UseBasis?
    let recent: TimeSpan

    init(_ subject: Subject, _ use: UseFacts) {
        self.subject = subject
        self.use = use
        basis = subject.basis
        recent = subject.settings.span(.recent)
    }

    private func isRecent(_ moment: Timestamp) -> Bool { subject.now - moment <= recent }

    private func lately(_ sightings: [String: UseFacts.Sighting]) -> [String: UseFacts.Sighting] {
        sightings.filter { isRecent($0.value.lastAt) }
    }

    private func end(_ moment: Timestamp) -> Timestamp { moment + recent + Verdict.moment }

    func sharing(into verdict: inout Verdict) {
        let severity: Severity = subject.mayWrite ? .high : .medium
        if let crossing = use.crossing, isRecent(crossing.at), crossing.networks.count == 2 {
            verdict.add(
                .shared, severity, .twoNetworks(crossing.networks[0], crossing.networks[1], at: crossing.at), basis: basis)
            return verdict.look(at: end(crossing.at))
        }
        let (networks, clients) = (lately(use.networks), lately(use.clients))
        guard networks.count >= subject.settings[.sharedNetworks], clients.count >= subject.settings[.sharedClients],
            let first = (Array(networks.values) + Array(clients.values)).map(\.lastAt).min()
        else { return }
        verdict.add(.shared, severity, .shared(networks: networks.count, clients: clients.count), basis: basis)
        verdict.look(at: end(first))
    }

    func novelty(into verdict: inout Verdict) {
        guard let first = use.firstAllowedAt else { return }
        let learnt = first + subject.settings.span(.learning)
        func newest(_ sightings: [String: UseFacts.Sighting]) -> (text: String, at: Timestamp)? {
            sightings.filter { $0.value.firstAt >= learnt && isRecent($0.value.firstAt) }
                .map { (text: $0.key, at: $0.value.firstAt) }.max { ($0.at, $0.text) < ($1.at, $1.text) }
        }
        let network = newest(use.networks)
        if let network {
            verdict.add(
                .newNetwork, subject.isAdmin ? .high : .medium, .network(network.text, since: network.at), basis: basis)
            verdict.look(at: end(network.at))
        }
        if let client = newest(use.clients) {
            verdict.add(
                .newClient, network == nil ? .low : .medium, .client(client.text, since: client.at), basis: basis)
            verdict.look(at: end(client.at))
        }
    }

    func denials(into verdict: inout Verdict) {
        guard let burst = use.burst, isRecent(burst.at) else { return }
        verdict.add(
            .denialBurst, .high, .denials(calls: burst.calls, actions: burst.actions, at: burst.at), basis: basis)
        verdict.look(at: end(burst.at))
    }

    func crossing(into verdict: inout Verdict) {
        let lines = lately(use.environments).sorted { $0.key < $1.key }
        let live = lines.first { Self.isProduction($0.key) }
        let other = lines.first { !Self.isProduction($0.key) }
        if let live, let other {
            verdict.add(.crossedLines, .medium, .environments(live.key, other.key), basis: basis)
            return verdict.look(at: end(min(live.value.lastAt, other.value.lastAt)))
        }
        guard subject.token.kind == .service,
            let person = lately(use.clients).filter({ Self.interactive.contains($0.key.lowercased()) }).min(by: { $0.key < $1.key })
        else { return }
        verdict.add(.crossedLines, .medium, .interactive(person.key), basis: basis)
        verdict.look(at: end(person.value.lastAt))
    }

    private static func isProduction(_ environment: String) -> Bool {
        let word = environment.lowercased()
        if word.hasPrefix("non") || word.hasPrefix("pre") { return false }
        return word.hasPrefix("prod") || word.hasSuffix("-prod") || word.hasSuffix("-production") || word == "live"
    }

    /// Families of clients behind which a person sits.
    private static let interactive: Set<String> = [
        "firefox", "chrome", "safari", "edge", "opera", "mozilla", "postman", "insomnia", "bruno", "httpie",
    ]
}
