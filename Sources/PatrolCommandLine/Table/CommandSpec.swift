import PatrolDomain

/// One command of the command line, as data. Parsing, help and completions are made from it.
struct CommandSpec: Hashable, Sendable {
    /// What is run.
    let verb: Verb
    /// The words that name it: `["tokens", "create"]`.
    let words: [String]
    /// One line, without a full stop.
    let summary: String
    let arguments: [ArgumentSpec]
    let options: [OptionSpec]
    /// Lines of the help below the options: what to know, and examples.
    let notes: [String]
    /// It changes the account, so it takes `--comment`.
    let isChange: Bool

    init(
        _ verb: Verb, _ words: String, _ summary: String, arguments: [ArgumentSpec] = [],
        options: [OptionSpec] = [], notes: [String] = [], isChange: Bool = false
    ) {
        self.verb = verb
        self.words = words.split(separator: " ").map(String.init)
        self.summary = summary
        self.arguments = arguments
        self.options = options
        self.notes = notes
        self.isChange = isChange
    }

    var name: String { words.joined(separator: " ") }

    /// Its own options, then those that every command has.
    var allOptions: [OptionSpec] { options + (isChange ? [.comment] : []) + OptionSpec.everywhere }

    /// Its own options as people are told of them. One without help is for Patrol itself.
    var shownOptions: [OptionSpec] { (options + (isChange ? [.comment] : [])).filter { !$0.help.isEmpty } }

    /// `patrol tokens flag ID… [options]`
    var usage: String {
        (["patrol"] + words + arguments.map(\.usage)).joined(separator: " ") + " [options]"
    }
}

struct ArgumentSpec: Hashable, Sendable {
    /// As the help shows it: `ID`.
    let name: String
    let isOptional: Bool
    let isRepeated: Bool
    let kind: ValueKind

    init(_ name: String, _ kind: ValueKind = .text, isOptional: Bool = false, isRepeated: Bool = false) {
        self.name = name
        self.isOptional = isOptional
        self.isRepeated = isRepeated
        self.kind = kind
    }

    var usage: String {
        let shown = isRepeated ? "\(name)…" : name
        return isOptional ? "[\(shown)]" : shown
    }
}

struct OptionSpec: Hashable, Sendable {
    /// Without the dashes.
    let name: String
    /// The value as the help shows it; nil for a switch.
    let value: String?
    let kind: ValueKind
    let help: String
    let isRequired: Bool
    let isRepeated: Bool

    init(
        _ name: String, _ value: String, _ kind: ValueKind, _ help: String,
        isRequired: Bool = false, isRepeated: Bool = false
    ) {
        self.name = name
        self.value = value
        self.kind = kind
        self.help = help
        self.isRequired = isRequired
        self.isRepeated = isRepeated
    }

    init(
        _ name: String, _ value: String, _ help: String, isRequired: Bool = false, isRepeated: Bool = false
    ) {
        self.init(name, value, .text, help, isRequired: isRequired, isRepeated: isRepeated)
    }

    /// A switch.
    init(_ name: String, help: String) {
        self.name = name
        self.value = nil
        self.kind = .text
        self.help = help
        self.isRequired = false
        self.isRepeated = false
    }

    var usage: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }
}

/// What a value must look like, and how it is completed.
enum ValueKind: Hashable, Sendable {
    case text
    case file
    case folder
    /// A whole number in this range.
    case number(ClosedRange<Int>)
    case words([String])
    /// What a list is narrowed to.
    case filter(Filter.List)
    /// The name of a view of this list.
    case view(Filter.List)
}

extension OptionSpec {
    static let comment = OptionSpec("comment", "TEXT", .text, "why, for the audit log")

    /// Before or after the words of a command.
    static let everywhere = [
        OptionSpec(
            "database", "PATH", .file,
            "the account's file; else $PATROL_DATABASE, else $XDG_DATA_HOME/patrol/patrol.db"),
        OptionSpec(
            "catalogue", "FILE", .file,
            "resource types and actions of another API; else $PATROL_CATALOGUE, else LaunchDarkly's"),
        OptionSpec("as", "EMAIL", .text, "act as this member; the audit log says so"),
        OptionSpec("json", help: "answer in JSON, for programs"),
        OptionSpec("plain", help: "lines for reading aloud: a fact a line, no columns, no screen; $ACCESSIBLE=1 does the same"),
        OptionSpec("accessible", help: "the same as --plain"),
        OptionSpec("quiet", help: "no line of progress on standard error"),
        OptionSpec("no-color", help: "no colours; $NO_COLOR does the same"),
        OptionSpec("help", help: "explain the command"),
    ]

    static func filter(of list: Filter.List) -> OptionSpec {
        let example =
            switch list {
            case .members: "role:writer seen>30d"
            case .roles: "!created>90d"
            case .tokens: "owner:ada unused>90d"
            case .audit: "by:kim refused"
            }
        return OptionSpec("filter", "TERMS", .filter(list), "only what matches, such as `\(example)`")
    }

    static func view(of list: Filter.List) -> OptionSpec {
        OptionSpec("view", "NAME", .view(list), "the filter and the order kept under this name by V on the screen")
    }

    static let reverse = OptionSpec("reverse", help: "the other way round")

    /// The orders of a list: one for each of its columns.
    static func sort<Order: CaseIterable & RawRepresentable<String>>(_ orders: Order.Type) -> OptionSpec {
        OptionSpec("sort", "ORDER", .words(Order.allCases.map(\.rawValue)), "by what")
    }

    static let limit = OptionSpec("limit", "N", .number(1...10_000_000), "at most so many rows")
    static let dryRun = OptionSpec("dry-run", help: "change nothing: tell whom it would touch, and which calls would have failed")
    static let yes = OptionSpec("yes", help: "do it without asking")
}

/// Every command there is.
enum Verb: String, CaseIterable, Hashable, Sendable {
    case initialize, demo, overview, review, check, explain, comparePolicies, catalogue, completions, manual, help, version, backUp
    case listMembers, showMember, inviteMember, changeMemberRoles, removeMember, acceptInvitation
    case transferOwnership
    case listRoles, showRole, rankRoles, createRole, editRole, deleteRole
    case listTokens, showToken, createToken, editToken, cloneToken, rotateToken, expireToken
    case flagTokens, unflagTokens, deleteTokens, adoptToken, suppressFinding, liftSuppression
    case quarantineTokens, thawTokens, planScope, cancelPlans, applyPlans, restoreScope, tidy
    case proposeScope, replayToken, replayRole, replayMember
    case listTemplates, showTemplate, saveTemplate, deleteTemplate
    case listRules, listSettings, setSetting, resetSettings
    case startReview, listReviews, showReview, decideReview, closeReview, reportReview, verifyReport
    case audit, listAudit, showAudit, verifyAudit
    case importAccount, exportAccount
    case importUsage, showUsage
    case serve
    case checkRoutes, listRoutes, matchRoute, exampleRoutes

    var isAboutAnAccount: Bool {
        switch self {
        case .help, .version, .completions, .manual: false
        default: true
        }
    }

    /// It reads files alone, and works where no account could be.
    var isAboutFiles: Bool {
        switch self {
        case .checkRoutes, .listRoutes, .matchRoute, .exampleRoutes: true
        default: false
        }
    }

    /// It may take long, says how far it is, and can be stopped between two of its steps.
    var isLong: Bool {
        switch self {
        case .demo, .importAccount, .importUsage, .exportAccount, .backUp, .verifyAudit, .tidy, .startReview, .reportReview,
            .verifyReport:
            true
        default: false
        }
    }

    /// It writes nothing into the account, not even what is counted.
    var isReading: Bool {
        switch self {
        case .proposeScope, .replayToken, .replayRole, .replayMember, .comparePolicies: true
        case .checkRoutes, .listRoutes, .matchRoute, .exampleRoutes: true
        case .overview, .review, .explain, .listMembers, .showMember, .listRoles, .showRole, .rankRoles, .listTokens, .showToken, .audit,
            .listTemplates, .showTemplate, .listAudit, .listRules, .listSettings, .showAudit, .verifyAudit, .exportAccount, .showUsage,
            .listReviews, .showReview, .reportReview, .verifyReport:
            true
        default: false
        }
    }
}
