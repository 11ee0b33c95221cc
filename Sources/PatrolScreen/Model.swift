package import PatrolDomain
import PatrolPresentation

/// Everything on the screen, as one value.
package struct Model: Equatable, Sendable {
    package var size: Size
    package var now: Timestamp
    /// Whether the terminal's encoding is UTF-8; if not, borders and symbols are ASCII.
    package var isUnicode: Bool
    /// What each key does.
    package var keys = KeyTable.standard
    /// What can be done to which kinds of resources, for choosing and for telling what a scope reaches.
    let catalogue: Catalogue

    /// Who is looking at what; nil until it is loaded.
    var account: AccountView?

    /// The list in front, and whether the keys go to the detail instead.
    var front = Pane.tokens
    var isDetailFocused = false
    var isZoomed = false
    /// Moments are told as dates and times, not as how long ago.
    var hasAbsoluteTimes = false

    var members = ListState<MemberRow>()
    var roles = ListState<RoleRow>()
    var tokens = ListState<TokenRow>()
    var audit = ListState<AuditRow>()
    var feed = FeedState()
    /// The newest audit entries, for the strip under other lists: whatever is read or filtered in the log.
    var newest: [AuditRow] = []
    var tokenOrder = TokenOrder()
    var memberOrder = MemberOrder()
    var roleOrder = RoleOrder()
    /// How much happened lately; nil until it is known.
    var activity: Activity?
    /// When that was asked last.
    var activityAskedAt: Timestamp?
    /// Lists under names of the person's own.
    package var views: [SavedView] = []
    /// What was typed into the filters, and chosen in the palette, the newest first.
    var filterHistory: [Pane: [String]] = [:]
    var commandHistory: [String] = []
    var hasMouse = false

    /// The templates of tokens; nil until they are loaded.
    var templates: [TemplateRow]?

    var detail = DetailState()
    /// Where `o` and the like came from, to go back to with Esc.
    var trail: [Visit] = []

    /// The filter that is being typed.
    var filterEntry: FilterEntry?
    /// The last one is on top and gets the keys.
    var dialogs: [Dialog] = []
    var status: Status?
    /// Marking everything that a filter lets through, page by page.
    var marking: Marking?
    /// Commands under way, one after another.
    var batch: Batch?
    /// What is looked up about things before a question about them is asked.
    var inquiry: Inquiry?
    /// The token whose proposal was asked for by a key, and is to be shown when it comes.
    var sizingWanted: TokenID?
    /// What was done here, and what of it was undone.
    var undoLog = UndoLog()
    /// Since when a question is on top: no key may press its button in the first moment.
    var questionSince: Timestamp?
    var questionDepth = 0
    /// Ctrl-C was pressed, and nothing since.
    var isQuitArmed = false
    var themes: [String] = []
    var theme = ""

    /// Nothing is loaded yet: `start` says what to load first.
    package init(
        size: Size, now: Timestamp, isUnicode: Bool = true, catalogue: Catalogue = .launchDarkly
    ) {
        self.catalogue = catalogue
        self.size = size.clamped
        self.now = now
        self.isUnicode = isUnicode
    }

    /// The moment at which relative times are told: what is made of it stays the same for ten seconds.
    var shownNow: Timestamp { Timestamp(milliseconds: now.milliseconds / 10_000 * 10_000) }

    var layout: Layout {
        Layout(
            size: size, front: front, isDetailOpen: isDetailFocused, isZoomed: isZoomed)
    }
}

/// What is said about the last thing that happened.
struct Status: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case note, good, warning, bad }

    var text: SafeText
    var kind: Kind

    init(_ text: SafeText, _ kind: Kind = .note) {
        self.text = text
        self.kind = kind
    }
}

struct MemberOrder: Hashable, Sendable {
    var sort = MemberSort.name
    var isReversed = false
}

struct RoleOrder: Hashable, Sendable {
    var sort = RoleSort.kind
    var isReversed = false
}

struct TokenOrder: Hashable, Sendable {
    var sort = TokenSort.risk
    var isReversed = false
}

/// Whether the newest audit entries are in view, and how many came since they were.
struct FeedState: Hashable, Sendable {
    var isFollowing = true
    /// The number of entries when the newest ones were last in view.
    var seen: Int?
    var unseen = 0
}

/// A place on the way: the list and the pinned thing that were in front.
struct Visit: Hashable, Sendable {
    var pane: Pane
    var isDetailFocused: Bool
    var subject: Subject?
    /// The filter of `filteredPane` before it was narrowed to come here.
    var filteredPane: Pane?
    var filterText = ""
}

/// What a detail is about.
enum Subject: Hashable, Sendable {
    case member(MemberID)
    case role(RoleReference)
    case token(TokenID)
    case entry(AuditRow)
}
