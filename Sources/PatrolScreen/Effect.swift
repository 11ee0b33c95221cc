package import PatrolDomain

/// What the screen wants done. Each `load` and `perform` is answered by one `Reply`.
package enum Effect: Equatable, Sendable {
    case load(Query)
    case perform(Command, comment: String)
    /// Puts text into the clipboard; answered by `copied`.
    case copy(String)
    /// Puts the secret into the clipboard: never logged, no trace in the terminal; answered by `copied`.
    case copySecret(ShownSecret)
    /// Empties the clipboard again; answered by `clipboardCleared`.
    case clearClipboard
    /// Writes the secret and a line feed to a new file (O_EXCL, O_NOFOLLOW, 0600); answered by
    /// `secretWritten` or `secretNotWritten`.
    case writeSecret(ShownSecret, path: String)
    /// A secret is on the screen and must be gone from the terminal at once: every cell is written over, so that no history
    /// of the terminal keeps it, and then everything is drawn anew.
    case scrub
    /// Draws everything anew.
    case redraw
    /// Wants `Reply.themes`.
    case listThemes
    /// Uses this theme from now on; for good where somebody chose it, else to look at it, or back from that.
    case useTheme(String, isChosen: Bool)
    /// Stops running queries as soon as possible; what is not answered gets `failed(…, "cancelled")`.
    case cancel
    /// Has mouse clicks and the wheel told as messages, or leaves them to the terminal.
    case captureMouse(Bool)
    /// Keeps these views, and no others, for the next time.
    case saveViews([SavedView])
    /// Stops the process as Ctrl-Z does.
    case suspend
    case quit
}

/// Everything that can be asked, as data.
package enum Query: Hashable, Sendable {
    case account
    case members(PageRequest, sort: MemberSort, isReversed: Bool, filter: Filter)
    case roles(PageRequest, sort: RoleSort, isReversed: Bool, filter: Filter)
    case tokens(PageRequest, sort: TokenSort, isReversed: Bool, filter: Filter)
    /// Newest first.
    case audit(PageRequest, filter: Filter)
    case memberDetail(MemberID)
    case tokenDetail(TokenID)
    /// By base role, or by the id of a custom one.
    case roleDetail(RoleReference)
    /// The newest entries about one thing, newest first.
    case history(of: AuditTarget.Kind, id: String, limit: Int)
    /// Every custom role, by key, for choosing: at most `limit`.
    case roleChoices(limit: Int)
    case impact(Command)
    /// What would have become of the calls of the tokens that it touches.
    case replay(Command)
    /// The smallest scope that covers what a token was used for.
    case proposal(TokenID)
    case templates
    /// How much happened, in so many spans of this length up to now.
    case activity(span: TimeSpan, count: Int)
    /// The newest first.
    case reviews
    /// Items from a place on.
    case reviewItems(ReviewID, from: Int, limit: Int, undecidedOnly: Bool)
    /// The token of an item, whatever the detail shows.
    case reviewedToken(TokenID)
}

extension Query {
    /// Whether its answer would be passed over once `newer` is asked: it is about another thing than the one
    /// that the detail shows by then. Such a question need not be answered.
    package func isSuperseded(by newer: Query) -> Bool {
        guard let subject, let newerSubject = newer.subject else { return false }
        return subject != newerSubject
    }

    /// Whether it is asked for the detail of the row under the cursor.
    package var isForDetail: Bool { subject != nil }

    /// Whether it is asked for rows that go on from others, at either end of what is loaded.
    package var isForSpareRows: Bool {
        let request: PageRequest
        switch self {
        case .members(let page, _, _, _), .roles(let page, _, _, _), .tokens(let page, _, _, _), .audit(let page, _):
            request = page
        default: return false
        }
        return switch request.start {
        case .after, .before: true
        case .first, .last, .from: false
        }
    }

    /// What the detail's questions are about.
    private var subject: Subject? {
        switch self {
        case .memberDetail(let id): .member(id)
        case .tokenDetail(let id), .proposal(let id): .token(id)
        case .roleDetail(let reference): .role(reference)
        case .history(let kind, let id, DetailState.historyLength): Subject(AuditTarget(kind, id: id, name: ""))
        default: nil
        }
    }
}

package enum RoleReference: Hashable, Sendable {
    case base(BaseRole)
    case custom(RoleID)
}

/// The answer to the query of the same name. Nil details: there is no such thing any more.
package enum Answer: Equatable, Sendable {
    case account(AccountView)
    case members(Page<MemberRow>)
    case roles(Page<RoleRow>)
    case tokens(Page<TokenRow>)
    case audit(Page<AuditRow>)
    case memberDetail(MemberDetail?)
    case tokenDetail(TokenDetail?)
    case roleDetail(RoleDetail?)
    case history([AuditRow])
    case roleChoices([Role])
    case impact(Impact)
    case replay(ChangeReplay)
    case proposal(SizedToken?)
    case templates([TemplateRow])
    case activity(Activity)
    case reviews([Review])
    case reviewItems([ReviewItemRow])
    case reviewedToken(TokenDetail?)
}

/// Who is looking at what.
package struct AccountView: Equatable, Sendable {
    package var account: Account
    package var tally: Tally
    /// The one who is signed in.
    package var member: Member
    /// What he may do, for telling in advance what can't be done. The door decides.
    package var authority: Authority

    package init(account: Account, tally: Tally, member: Member, authority: Authority) {
        self.account = account
        self.tally = tally
        self.member = member
        self.authority = authority
    }
}
