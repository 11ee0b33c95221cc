import Glibc
import PatrolDomain
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Makes a made-up account. On a terminal it is shown, with somebody else at work in it; elsewhere its
    /// review is printed; then it is gone. With `--database` it stays in that new file, and with `--write`
    /// nothing is shown of it.
    mutating func demo(hasTerminal: Bool) throws(CommandFailure) -> CommandLineProgram.Ending {
        if line.has("work") { return .code(try work().rawValue) }
        if let path = line.value("write") { location.database = path }
        let isKept = line.has("write") || line.has("database")
        let place = try DemoPlace(keeping: isKept ? location : nil)
        let (console, progress) = (console, progressLine)
        let size = size
        let seed = UInt64(line.number("seed") ?? 1)
        let make = { () throws(PatrolError) -> Patrol in
            var progress = progress
            defer { progress.clear() }
            return try DemoAccount.make(at: place.location, size: size, seed: seed, now: console.now()) { told, all in
                progress.tell("audit entries", told, of: all)
            }
        }
        console.watchStops()
        if line.has("write") { return .code(try write(make).rawValue) }
        guard hasTerminal, !isJSON, !isPlain else {
            return .code(try printed(at: place, make).rawValue)
        }
        let email = line.value("as")
        return .terminal(
            TerminalRequest(
                hasColor: hasColor, keepsState: false,
                open: { () throws(PatrolError) in
                    defer { console.forgetStops() }
                    let patrol = try make()
                    let session = try patrol.signIn(as: email)
                    place.startWork()
                    return (patrol, session)
                },
                close: { place.clear() }))
    }

    /// Somebody else at work in a temporary made-up account, until the process that started this one is gone.
    /// If that was killed, the account's folder goes here.
    private mutating func work() throws(CommandFailure) -> ExitCode {
        guard let place = DemoPlace(temporary: location) else {
            throw usage("only a made-up account in a temporary folder is worked in")
        }
        let starter = getppid()
        // It outlives the terminal for as long as it takes to clear up.
        setsid()
        defer { if getppid() != starter { place.clear() } }
        try Self.door { () throws(PatrolError) in
            let patrol = try Patrol(opening: place.location)
            var activity = try DemoActivity(patrol)
            while getppid() == starter {
                usleep(UInt32(activity.pause()) * 1_000)
                guard getppid() == starter else { return }
                try activity.step()
            }
        }
        return .done
    }

    private mutating func write(
        _ make: () throws(PatrolError) -> Patrol
    ) throws(CommandFailure) -> ExitCode {
        let tally = try Self.door { () throws(PatrolError) in
            let patrol = try make()
            patrol.settle()
            return try patrol.tally()
        }
        let things = [
            Count.of(tally.members, "member"), Count.of(tally.tokens, "token"),
            Count.of(tally.auditEntries, "audit entry", "audit entries"),
        ]
        try output.line("made \(things.map(\.text).joined(separator: ", ")) in \(location.database)")
        try output.flush()
        return .done
    }

    /// The review of the account, or where it is to be read aloud the account at a glance.
    private mutating func printed(
        at place: DemoPlace, _ make: () throws(PatrolError) -> Patrol
    ) throws(CommandFailure) -> ExitCode {
        defer { place.clear() }
        let (patrol, session) = try Self.door { () throws(PatrolError) in
            let patrol = try make()
            return (patrol, try patrol.signIn(as: nil))
        }
        use(patrol, as: session)
        if isPlain { try readOut() } else { try review() }
        try output.flush()
        return .done
    }

    private var size: DemoSize {
        DemoSize(
            members: line.number("members") ?? DemoSize.standard.members,
            tokens: line.number("tokens") ?? DemoSize.standard.tokens,
            entries: line.number("entries") ?? DemoSize.standard.entries)
    }
}
