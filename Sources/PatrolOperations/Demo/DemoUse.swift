internal import PatrolDomain
internal import PatrolStorage

/// What the tokens of a made-up account were used for: most of them lately, some long ago, some never.
struct DemoUse {
    var random: DemoRandom
    let now: Timestamp
    private var batch = UseBatch()

    init(random: DemoRandom, now: Timestamp) {
        self.random = random
        self.now = now
    }

    private static let log = "edge-access.log"

    mutating func tell(of world: DemoWorld, into transaction: WriteTransaction) throws(StorageError) {
        for (place, token) in world.tokens.enumerated() {
            if token.origin == .created {
                // A plot of three months for the first thousand; for the others their last day.
                tell(of: token, in: world, isPlotted: place < 1_000)
            } else if token.kind == .accountWide, let last = token.lastUsedAt {
                tellOfOld(token, until: last)
            }
            if batch.hours.count > UseBatch.maximumRows / 2 { try write(transaction) }
        }
        // The old tokens are checked elsewhere: their use comes from a log, of which three days are missing.
        let gap = now - .days(41)
        batch.windows = [
            UseWindow(start: now - .days(120), end: gap, source: Self.log),
            UseWindow(start: gap + .days(3), end: now, source: Self.log),
        ]
        try write(transaction)
    }

    private mutating func write(_ transaction: WriteTransaction) throws(StorageError) {
        try transaction.countUse(batch, at: now)
        batch = UseBatch()
    }

    private mutating func tell(of token: AccessToken, in world: DemoWorld, isPlotted: Bool) {
        let age = (now - token.createdAt).wholeDays
        let silence: Int
        switch random.below(100) {
        case 0..<16: return
        case 16..<30: silence = 91 + random.below(120)
        case 30..<44: silence = 8 + random.below(60)
        default: silence = 0
        }
        guard silence < age else { return }
        let calls = calls(of: token, in: world, count: isPlotted ? 3 : 1)
        let days = isPlotted ? min(age, 90) : silence + 1
        for day in stride(from: silence, to: max(days, silence + 1), by: isPlotted ? 1 + random.below(3) : 1_000) {
            let time = now - .days(day) - .minutes(random.below(600) + (day == 0 ? 2 : 0))
            if time > token.createdAt { tell(of: token, calls, at: time) }
        }
    }

    /// What one token calls again and again.
    private struct Habit {
        var requests: [(request: Request, isAllowed: Bool)] = []
        var network: String
        var client: String
    }

    private mutating func calls(of token: AccessToken, in world: DemoWorld, count: Int) -> Habit {
        let actions = DemoWords.uses.first { token.name.hasPrefix($0.name) }?.actions ?? ["viewProject"]
        let authority = world.authority(of: token, at: now)
        let project = DemoWords.projects.first { token.name.hasSuffix($0) } ?? random.pick(DemoWords.projects)
        let word = String(token.name.prefix { $0 != " " })
        var habit = Habit(
            network: random.pick(DemoWords.networks), client: DemoWords.clients[word] ?? DemoWords.clients[""] ?? "")
        if let limit = token.networks?.ranges.first { habit.network = limit.text }
        for action in actions.prefix(count).map(Action.init) {
            let resource = Self.resource(of: action, in: token.scope, project: project, flag: random.pick(DemoWords.projectFlags))
            let request = Request(action, on: resource)
            habit.requests.append((request, authority.decide(request).isAllowed))
        }
        return habit
    }

    private mutating func tell(of token: AccessToken, _ habit: Habit, at time: Timestamp) {
        for (request, isAllowed) in habit.requests {
            // What is never allowed is not tried every day.
            guard isAllowed || random.chance(3) else { continue }
            // Some are shared: they come from everywhere.
            let isElsewhere = random.chance(2) && token.networks == nil
            batch.hours.append(
                HourOfUse(
                    of: token.id, at: time, action: request.action, resource: request.resource.description,
                    network: isElsewhere ? random.pick(DemoWords.networks) : habit.network, client: habit.client,
                    outcome: isAllowed ? .allowed : .denied, calls: 1 + random.below(isAllowed ? 240 : 12)))
        }
    }

    /// The old token of the whole account, which many programs share.
    private mutating func tellOfOld(_ token: AccessToken, until last: Timestamp) {
        let clients = Set(DemoWords.clients.values).sorted()
        var time = last
        while time > now - .days(90) {
            for _ in 0..<2 {
                let action = Action(random.pick(random.pick(DemoWords.uses).actions))
                let resource = Self.resource(
                    of: action, in: token.scope, project: random.pick(DemoWords.projects),
                    flag: random.pick(DemoWords.projectFlags))
                batch.hours.append(
                    HourOfUse(
                        of: token.id, at: time, action: action, resource: resource.description,
                        network: random.pick(DemoWords.networks), client: random.pick(clients), outcome: .allowed,
                        calls: 1 + random.below(90)))
            }
            time = time - .minutes(60 + random.below(1_300))
            if time > now - .days(41) && time < now - .days(38) { time = now - .days(41) - .minutes(10) }
        }
    }

    /// A thing that this action is done to: inside of what an inline policy names, if there is one.
    private static func resource(of action: Action, in scope: Scope, project: String, flag: String) -> Resource {
        var text = action.isView ? "proj/\(project)" : "proj/\(project):env/staging:flag/\(flag)"
        if case .inline(let policy) = scope {
            for statement in policy.statements {
                guard case .matching(let actions) = statement.actions, case .matching(let resources) = statement.resources,
                    actions.contains(where: { $0.matches(action) }), let first = resources.first, first.text != "*"
                else { continue }
                text = first.text.hasSuffix("*") ? first.text.dropLast() + flag : first.text
            }
        }
        if action == Action("createEnvironment") { text = "proj/\(project):env/preview" }
        return (try? Resource(parsing: text)) ?? .account
    }
}
