import PatrolDomain
import PatrolPresentation

/// What lies on top of the lists and gets the keys.
indirect enum Dialog: Equatable, Sendable {
    case confirmation(Confirmation)
    case form(Form)
    case creation(Creation)
    case secret(SecretScreen)
    case plain(PlainText)
    case commands(CommandList)
    case menu(Menu)
    case results(Results)
    case views(ViewMenu)
    case templates(TemplateMenu)
    case review(ReviewScreen)

    /// Whether a key on it does or throws away something.
    var isQuestion: Bool {
        switch self {
        case .confirmation: true
        case .menu(let menu): menu.purpose == .discard
        default: false
        }
    }

    var place: Place {
        switch self {
        case .confirmation, .results: .confirmation
        case .form: .form
        case .creation(let creation): creation.hasForm ? .form : .menu
        case .secret: .secret
        case .plain: .plain
        case .commands, .menu, .views, .templates: .menu
        case .review: .review
        }
    }
}

/// One command of a batch, and what it is done to, in words.
struct Step: Hashable, Sendable {
    /// The name of the thing.
    var label: SafeText
    /// The id of the row it is about; empty for a new thing.
    var rowID: String
    var command: Command
    /// What turns it back, whatever its version; nil where nothing does.
    var inverse: Command?
}

/// Commands that are done one after another.
struct Batch: Equatable, Sendable {
    /// One that was done, and its audit entry.
    struct Done: Equatable, Sendable {
        var step: Step
        var sequence: Int64
    }

    /// In the past tense, for one thing: `deleted`.
    var verb: SafeText
    var steps: [Step]
    /// Why, for the audit log.
    var comment = ""
    /// Where it turns something back, or does it again.
    var turning: Confirmation.Turning?
    var results: [Results.Item] = []
    /// Those that were done, for turning them back.
    var done: [Done] = []
    /// What met things that changed meanwhile.
    var stale: [StaleCommand] = []
    /// The rows of things that were to be turned back and had changed since.
    var outdated: Set<String> = []
    /// No further one is to be begun.
    var isStopping = false
    /// How many of the open dialogs are those that it was asked from. Those that came after they were left stay when it
    /// is done.
    var dialogCount = 0

    /// The one under way, though no other is to follow it.
    var last: Step? { results.count < steps.count ? steps[results.count] : nil }

    var current: Step? { !isStopping && results.count < steps.count ? steps[results.count] : nil }
}

/// What came of each command of a batch.
struct Results: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        var label: SafeText
        var rowID: String
        var text: SafeText
        var isDone: Bool
    }

    let verb: SafeText
    let items: [Item]
    let done: Int
    /// How many were not begun.
    var left = 0
    /// What can be asked again for things that changed meanwhile.
    var stale: [StaleCommand] = []
    /// The first item that is on the screen.
    var scroll = 0

    init(verb: SafeText, items: [Item], left: Int, stale: [StaleCommand]) {
        self.verb = verb
        self.items = items
        self.left = left
        self.stale = stale
        done = items.count { $0.isDone }
    }
}

/// A command that met a thing which had changed: asked again when it is known what changed.
struct StaleCommand: Hashable, Sendable {
    var step: Step
    var verb: SafeText
    var target: AuditTarget
    var shown: Int
    var now: Int
    /// Why it is done, as it was written.
    var comment = ""
}

/// Asks before something is done. Cancel has the focus; where much is lost, a word has to be written.
struct Confirmation: Equatable, Sendable {
    enum ImpactState: Hashable, Sendable {
        /// The question has none.
        case none
        /// What is known so far; it can't be confirmed before all of it is.
        case awaited(Impact)
        case known(Impact)
        /// It could not be found out, in words why.
        case failed(SafeText)
    }

    /// As `ImpactState`.
    enum ReplayState: Hashable, Sendable {
        case none
        case awaited(ChangeReplay)
        case known(ChangeReplay)
        case failed(SafeText)
    }

    enum Focus: Hashable, Sendable { case why, field, cancel, go }

    /// It turns back something that was done, or does it again.
    struct Turning: Hashable, Sendable {
        var direction: UndoDirection
        /// Its number in the log.
        var deed: Int
        /// The rows of its things that somebody else changed since.
        var lost: Set<String>
    }

    var title: SafeText
    var lines: [Line]
    /// All that it is about, where that may be many: it is read on its own while the lines stay.
    var roster: Roster?
    var impact: ImpactState
    /// What would have become of calls, had it been done before them.
    var replay: ReplayState
    /// Commands whose impact is not known yet: that of the first is asked for.
    private var unasked: [Command]
    /// Commands whose replay is not known yet.
    private var unplayed: [Command]
    /// On the button: `delete`.
    var button: SafeText
    var isDangerous: Bool
    /// What has to be written before the button works.
    var word: String?
    var field = TextField(limit: 140)
    /// The reason for the audit log, where one can be given; it may stay empty.
    var why: TextField?
    var focus: Focus
    var scroll = 0
    /// What went wrong, or is missing.
    var fault: SafeText?
    var verb: SafeText
    var steps: [Step]
    var turning: Turning?

    init(
        _ title: SafeText, lines: [Line], roster: Roster? = nil, button: SafeText, verb: SafeText, steps: [Step],
        asksImpact: Bool = false, asksReplay: Bool? = nil, asksWhy: Bool = false, isDangerous: Bool = true,
        word: String? = nil
    ) {
        self.title = title
        self.lines = lines
        self.roster = roster
        self.why = asksWhy ? TextField(limit: TextRule.comment.maximumLength) : nil
        self.impact = asksImpact ? .awaited(Impact()) : .none
        self.unasked = asksImpact ? steps.map(\.command) : []
        let asksReplay = asksReplay ?? asksImpact
        self.replay = asksReplay && !steps.isEmpty ? .awaited(ChangeReplay()) : .none
        self.unplayed = asksReplay ? steps.map(\.command) : []
        self.button = button
        self.isDangerous = isDangerous
        self.word = word
        self.focus = word == nil ? .cancel : .field
        self.verb = verb
        self.steps = steps
    }
}

extension Confirmation {
    var isAwaited: Bool { awaitsImpact || awaitsReplay }

    private var awaitsImpact: Bool {
        if case .awaited = impact { true } else { false }
    }

    private var awaitsReplay: Bool {
        if case .awaited = replay { true } else { false }
    }

    /// What is to be asked first: whom it touches, and what of their calls would have failed.
    var question: [Effect] { impactQuestion + replayQuestion }

    /// What is to be asked next about whom it touches: one thing after another.
    var impactQuestion: [Effect] { awaitsImpact ? unasked.prefix(1).map { .load(.impact($0)) } : [] }

    var replayQuestion: [Effect] { awaitsReplay ? unplayed.prefix(1).map { .load(.replay($0)) } : [] }

    /// Takes in what would have become of calls under one of the commands. False when that was not asked.
    mutating func take(_ found: ChangeReplay, of command: Command) -> Bool {
        guard case .awaited(let sum) = replay, unplayed.first == command else { return false }
        unplayed.removeFirst()
        let all = sum.adding(found)
        replay = unplayed.isEmpty ? .known(all) : .awaited(all)
        return true
    }

    /// That could not be found out.
    mutating func failReplay(_ command: Command, _ why: SafeText) {
        guard awaitsReplay, unplayed.first == command else { return }
        unplayed = []
        replay = .failed(why)
    }

    /// Takes in whom one of the commands touches. False when that was not asked.
    mutating func take(_ found: Impact, of command: Command) -> Bool {
        guard case .awaited(let sum) = impact, unasked.first == command else { return false }
        unasked.removeFirst()
        let all = sum.adding(found)
        impact = unasked.isEmpty ? .known(all) : .awaited(all)
        if unasked.isEmpty { roster?.sections += all.sections }
        return true
    }

    /// Whom one of the commands touches could not be found out.
    mutating func fail(_ command: Command, _ why: SafeText) {
        guard awaitsImpact, unasked.first == command else { return }
        unasked = []
        impact = .failed(why)
    }
}

extension Impact {
    /// Both together; of a thing that both touch, the worse.
    fileprivate func adding(_ other: Impact) -> Impact {
        let order = Touched.Effect.allCases
        var sum = self
        for touched in other.touched {
            guard let place = sum.touched.firstIndex(where: { $0.target == touched.target }) else {
                sum.touched.append(touched)
                continue
            }
            let (old, new) = (order.firstIndex(of: sum.touched[place].effect), order.firstIndex(of: touched.effect))
            if let old, let new, new < old { sum.touched[place] = touched }
        }
        sum.examined += other.examined
        sum.notExamined += other.notExamined
        return sum
    }
}

/// A list to choose one thing from.
struct Menu: Equatable, Sendable {
    enum Purpose: Hashable, Sendable {
        case tokenSort, memberSort, roleSort
        /// With the theme to go back to.
        case theme(before: String)
        case overlap(TokenRow)
        case rightSizing(SizedToken)
        case undo
        /// Leaving while something is being written.
        case discard
    }

    var title: SafeText
    var purpose: Purpose
    /// What there is to know before one chooses.
    var lines: [Line] = []
    var scroll = 0
    var chooser: Chooser

    /// Whether letters narrow it: what is seen at one glance stays as it is.
    var isNarrowable: Bool { chooser.items.count > 2 }
}

/// The help and the palette: what can be done, narrowed by writing; Enter does it.
struct CommandList: Equatable, Sendable {
    enum Kind: Hashable, Sendable { case help, palette }

    var kind: Kind
    var places: [Place]
    var chooser: Chooser
    /// Which of the former commands is recalled.
    var recalled: Int?
}

/// Lines alone on the screen, to be selected with the terminal's own mouse.
struct PlainText: Equatable, Sendable {
    var lines: [String]
    /// The first row of them that is on the screen.
    var top = 0
}

/// The one screen that shows a secret, once.
struct SecretScreen: Equatable, Sendable {
    var secret: ShownSecret
    /// The name of its token.
    var name: SafeText
    /// What was done with it so far.
    var note: SafeText?
    var isCopied = false
    var isWritten = false
    /// Leaving loses nothing.
    var isKept: Bool { isCopied || isWritten }
    /// Leaving was asked for, and is asked about.
    var isLeaving = false
    /// The path that is being written.
    var path: TextField?
    var fault: SafeText?
}
