import PatrolDomain
import PatrolPresentation

/// What lies on top of the lists and gets the keys.
indirect enum Dialog: Equatable, Sendable {
    case confirmation(Confirmation)
    case form(Form)
    case creation(Creation)
    case secret(SecretScreen)
    case commands(CommandList)
    case menu(Menu)
    case results(Results)

    var place: Place {
        switch self {
        case .confirmation, .results: .confirmation
        case .form: .form
        case .creation(let creation): creation.hasForm ? .form : .menu
        case .secret: .secret
        case .commands, .menu: .menu
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
}

/// Commands that are done one after another.
struct Batch: Equatable, Sendable {
    /// In the past tense, for one thing: `deleted`.
    var verb: SafeText
    var steps: [Step]
    var results: [Results.Item] = []

    var current: Step? { results.count < steps.count ? steps[results.count] : nil }
}

/// What came of each command of a batch.
struct Results: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        var label: SafeText
        var rowID: String
        var text: SafeText
        var isDone: Bool
    }

    var verb: SafeText
    var items: [Item]
    var scroll = 0
}

/// A command that met a thing which had changed: asked again when it is known what changed.
struct StaleCommand: Equatable, Sendable {
    var step: Step
    var verb: SafeText
    var target: AuditTarget
    var shown: Int
    var now: Int
}

/// Asks before something is done. Cancel has the focus; where much is lost, a word has to be written.
struct Confirmation: Equatable, Sendable {
    enum ImpactState: Hashable, Sendable {
        /// The question has none.
        case none
        case awaited
        case known(Impact)
    }

    enum Focus: Hashable, Sendable { case field, cancel, go }

    var title: SafeText
    var lines: [Line]
    var impact: ImpactState
    /// On the button: `delete`.
    var button: SafeText
    var isDangerous: Bool
    /// What has to be written before the button works.
    var word: String?
    var field = TextField(limit: 140)
    var focus: Focus
    var scroll = 0
    /// What went wrong, or is missing.
    var fault: SafeText?
    var verb: SafeText
    var steps: [Step]

    init(
        _ title: SafeText, lines: [Line], button: SafeText, verb: SafeText, steps: [Step],
        impact: ImpactState = .none, isDangerous: Bool = true, word: String? = nil
    ) {
        self.title = title
        self.lines = lines
        self.impact = impact
        self.button = button
        self.isDangerous = isDangerous
        self.word = word
        self.focus = word == nil ? .cancel : .field
        self.verb = verb
        self.steps = steps
    }
}

/// A list to choose one thing from.
struct Menu: Equatable, Sendable {
    enum Purpose: Hashable, Sendable {
        case tokenSort, memberSort
        /// With the theme to go back to.
        case theme(before: String)
        case overlap(TokenRow)
        /// Leaving while something is being written.
        case discard
    }

    var title: SafeText
    var purpose: Purpose
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
}

/// The one screen that shows a secret, once.
struct SecretScreen: Equatable, Sendable {
    var secret: ShownSecret
    /// The name of its token.
    var name: SafeText
    /// What was done with it so far.
    var note: SafeText?
    /// It was copied or written, so that leaving loses nothing.
    var isKept = false
    /// Leaving was asked for, and is asked about.
    var isLeaving = false
    /// The path that is being written.
    var path: TextField?
    var fault: SafeText?
}
