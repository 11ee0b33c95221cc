import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

/// One command at work.
struct CommandRun {
    var line: ParsedLine
    let console: Console
    var output: Output
    var location: Location
    /// Of the API that the account's tokens are for.
    let catalogue: Catalogue
    private var opened: Opened?

    struct Opened {
        let patrol: Patrol
        let session: Session
        var isReadOnly = false
    }

    init(_ line: ParsedLine, on console: Console) throws(CommandFailure) {
        self.line = line
        self.console = console
        self.output = Output(console.write)
        guard line.command.verb.isAboutAnAccount else {
            // Help is given whatever is wrong with the environment.
            location = Location(database: "", keyFolder: "")
            catalogue = .launchDarkly
            return
        }
        let known = Location(option: line.value("database"), environment: console.environment)
        guard let location = known ?? (line.command.verb.isAboutFiles ? Location(database: "", keyFolder: "") : nil) else {
            throw .unavailable("no place for the account is known: give --database, or set $HOME")
        }
        self.location = location
        let path = line.value("catalogue") ?? console.environment("PATROL_CATALOGUE")
        self.catalogue = try Self.catalogue(path, sparing: location.database)
    }

    var now: Timestamp { console.now() }
    var isJSON: Bool { line.has("json") }
    /// Whether what is printed is to be read aloud: a fact a line, in words.
    var isPlain: Bool { !isJSON && Self.isPlain(line, console) }
    var wording: Wording { Wording(now: now, isSpoken: isPlain) }
    /// Of the window that tables are cut to; nil: nothing is cut.
    var width: Int? { console.isOutputTerminal ? console.columns : nil }

    static func isPlain(_ line: ParsedLine, _ console: Console) -> Bool {
        line.command.verb == .overview || line.has("plain") || line.has("accessible") || isPlain(console)
    }

    /// Whether the environment asks for it, for every command.
    static func isPlain(_ console: Console) -> Bool {
        !["", "0"].contains(console.environment("ACCESSIBLE") ?? "")
    }

    /// Runs the command, and hands over everything that it printed.
    consuming func end() throws(CommandFailure) -> ExitCode {
        if line.command.verb.isLong { console.watchStops() }
        let code = try run()
        try output.flush()
        if line.command.isChange { opened?.patrol.settle() }
        return code
    }

    private mutating func run() throws(CommandFailure) -> ExitCode {
        switch line.command.verb {
        case .initialize: try initialize()
        // Their endings are not codes.
        case .demo, .serve: return .done
        case .overview: try readOut()
        case .review: try review()
        case .check: return try check()
        case .explain: return try explain()
        case .comparePolicies: try comparePolicies()
        case .catalogue: try showCatalogue()
        case .completions: try output.own(Completions.text(for: line.arguments[0]) ?? "")
        case .manual: try output.own(Manual.page(keys: console.keys()))
        case .help: try help()
        case .version: try output.line("patrol \(ProgramVersion.text)")
        case .backUp: try backUp()
        case .listMembers: try listMembers()
        case .showMember: try showMember()
        case .inviteMember: try inviteMember()
        case .changeMemberRoles: try changeMemberRoles()
        case .removeMember: try removeMember()
        case .acceptInvitation: try report(perform(.acceptInvitation))
        case .transferOwnership: try transferOwnership()
        case .listRoles: try listRoles()
        case .showRole: try showRole()
        case .rankRoles: try rankRoles()
        case .listTemplates: try listTemplates()
        case .showTemplate: try showTemplate()
        case .saveTemplate: try saveTemplate()
        case .deleteTemplate: try deleteTemplate()
        case .createRole: try createRole()
        case .editRole: try editRole()
        case .deleteRole: try deleteRole()
        case .listTokens: try listTokens()
        case .showToken: try showToken()
        case .createToken: try createToken()
        case .editToken: try editToken()
        case .cloneToken: try cloneToken()
        case .rotateToken: try rotateToken()
        case .expireToken: try expireToken()
        case .flagTokens: try flagTokens()
        case .unflagTokens: try unflagTokens()
        case .deleteTokens: try deleteTokens()
        case .adoptToken: try adoptToken()
        case .quarantineTokens: try quarantineTokens()
        case .thawTokens: try performOnEach { .thawToken($0.id, version: $0.version) }
        case .planScope: try planScope()
        case .cancelPlans: try performOnEach { .cancelPlan($0.id, version: $0.version) }
        case .applyPlans: try performOnEach { .applyPlan($0.id, version: $0.version) }
        case .restoreScope: try performOnEach { .restoreScope($0.id, version: $0.version) }
        case .tidy: try tidy()
        case .proposeScope: try proposeScope()
        case .replayToken: return try replayToken()
        case .replayRole: return try replayRole()
        case .replayMember: return try replayMember()
        case .suppressFinding: try suppressFinding()
        case .liftSuppression: try liftSuppression()
        case .listRules: try listRules()
        case .listSettings: try listSettings()
        case .setSetting: try setSetting()
        case .resetSettings: try resetSettings()
        case .startReview: try startReview()
        case .listReviews: try listReviews()
        case .showReview: try showReview()
        case .decideReview: try decideReview()
        case .closeReview: try closeReview()
        case .reportReview: try reportReview()
        case .verifyReport: return try verifyReport()
        case .audit, .listAudit: try audit()
        case .showAudit: try showAudit()
        case .verifyAudit: return try verifyAudit()
        case .importAccount: try importAccount()
        case .exportAccount: try exportAccount()
        case .importUsage: try importUsage()
        case .showUsage: try showUsage()
        case .checkRoutes: return try checkRoutes()
        case .listRoutes: try listRoutes()
        case .matchRoute: return try matchRoute()
        case .exampleRoutes: try showExampleRoutes()
        }
        return .done
    }

    private mutating func help() throws(CommandFailure) {
        guard let text = HelpText.of(line.arguments) else {
            throw .usage(.unknownCommand(line.arguments.joined(separator: " "), suggestion: nil))
        }
        try output.own(text)
    }
}

extension CommandRun {
    /// Opens the account and signs in, once. One that can't be written to is opened to be read, for a command
    /// that changes nothing.
    mutating func open() throws(CommandFailure) -> Opened {
        if let opened { return opened }
        let email = line.value("as")
        let new = try Self.door { () throws(PatrolError) in
            let (patrol, isReadOnly) = try openDoor()
            return Opened(patrol: patrol, session: try patrol.signIn(as: email), isReadOnly: isReadOnly)
        }
        opened = new
        return new
    }

    private func openDoor() throws(PatrolError) -> (Patrol, isReadOnly: Bool) {
        do throws(PatrolError) {
            let isLong = line.command.verb.isLong
            defer { if !isLong { console.forgetStops() } }
            return (try Patrol(opening: location, catalogue: catalogue, updating: updating), false)
        } catch {
            guard case .unavailable = error, line.command.verb.isReading,
                let patrol = try? Patrol(opening: location, readOnly: true, catalogue: catalogue)
            else { throw error }
            return (patrol, true)
        }
    }

    mutating func use(_ patrol: Patrol, as session: Session) {
        opened = Opened(patrol: patrol, session: session)
    }

    /// Asks the door, whose errors become failures of the command.
    static func door<Value>(_ body: () throws(PatrolError) -> Value) throws(CommandFailure) -> Value {
        do throws(PatrolError) { return try body() } catch { throw CommandFailure(error) }
    }

    var terminalRequest: TerminalRequest {
        let (location, catalogue, console, updating) = (location, catalogue, console, updating)
        let email = line.value("as")
        return TerminalRequest(hasColor: hasColor) { () throws(PatrolError) in
            defer { console.forgetStops() }
            let patrol = try Patrol(opening: location, catalogue: catalogue, updating: updating)
            return (patrol, try patrol.signIn(as: email))
        }
    }

    var hasColor: Bool {
        !line.has("no-color") && (console.environment("NO_COLOR") ?? "").isEmpty
    }

    /// Something for the person that is not the answer itself.
    func tell(_ sentence: SafeText) {
        console.complain(Array("\(sentence.text)\n".utf8))
    }

    /// A line that says how far a long command is.
    var progressLine: ProgressLine {
        ProgressLine(console, isShown: !isJSON && !isPlain && !line.has("quiet"))
    }

    /// Says that an account of an older version is brought up to date, which can be stopped.
    private var updating: () -> Void {
        let console = console
        let isSaid = console.isErrorTerminal && !isJSON && !line.has("quiet")
        return {
            console.watchStops()
            guard isSaid else { return }
            console.complain(Array("bringing the account up to date, once: Ctrl-C leaves it as it is\n".utf8))
        }
    }

    /// Ends a long command between two of its steps, where that was asked for.
    func stopWhereAsked() throws(CommandFailure) {
        if console.isStopAsked() { throw .stopped("stopped; nothing was changed") }
    }

    /// Says what the catalogue does not know.
    func warn(_ warnings: (CatalogueWarnings) -> [SafeText]) {
        for warning in warnings(CatalogueWarnings(catalogue: catalogue)) { tell(warning) }
    }

    func usage(_ text: String) -> CommandFailure { .usage(.other(text, line.command)) }
}

/// The version that `patrol version` prints.
enum ProgramVersion {
    static let text = "0.1.0"
}
