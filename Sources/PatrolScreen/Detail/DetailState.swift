import PatrolDomain
import PatrolPresentation

/// What is known of the thing in the detail pane.
struct DetailState: Equatable, Sendable {
    /// Indirect, for it is large and the model is copied often.
    indirect enum Content: Equatable, Sendable {
        case nothing
        case member(MemberDetail)
        case token(TokenDetail)
        case role(RoleDetail)
        case entry(AuditRow)
        /// It is not there any more.
        case gone
    }

    /// What was asked for last.
    var subject: Subject?
    /// A thing that was gone to; nil: the row of the cursor.
    var pinned: Subject?
    var content = Content.nothing
    var history: [AuditRow] = []
    /// What the content and the history are about; nil before there is any.
    private(set) var shown: Subject?
    /// For tokens: worked out once when the detail comes, not with every frame.
    var reach: Reach?
    /// For tokens: the scope that its use asks for; nil until it is known.
    var sizing: SizedToken?
    var scroll = 0
    /// The policy of a role as JSON, not in words.
    var isPolicyJSON = false

    /// Its own history is this long at most.
    static let historyLength = 20

    /// Content about the subject. The history of another one goes.
    mutating func show(_ content: Content) {
        self.content = content
        if shown != subject { (history, sizing) = ([], nil) }
        shown = subject
    }
}

extension Subject {
    var pane: Pane {
        switch self {
        case .member: .members
        case .role: .roles
        case .token: .tokens
        case .entry: .audit
        }
    }

    /// The questions whose answers make its detail.
    var queries: [Query] {
        let length = DetailState.historyLength
        return switch self {
        case .member(let id): [.memberDetail(id), .history(of: .member, id: id.text, limit: length)]
        case .token(let id): [.tokenDetail(id), .history(of: .token, id: id.text, limit: length), .proposal(id)]
        case .role(.custom(let id)): [.roleDetail(.custom(id)), .history(of: .role, id: id.text, limit: length)]
        case .role(.base(let role)): [.roleDetail(.base(role))]
        case .entry: []
        }
    }

    /// The thing that an audit entry is about, if it has a place here.
    init?(_ target: AuditTarget) {
        switch target.kind {
        case .member:
            guard let id = MemberID(target.id) else { return nil }
            self = .member(id)
        case .token:
            guard let id = TokenID(target.id) else { return nil }
            self = .token(id)
        case .role:
            guard let id = RoleID(target.id) else { return nil }
            self = .role(.custom(id))
        case .account, .team, .template, .review: return nil
        }
    }
}

extension Model {
    /// What the row of the cursor in the front list is about.
    var subjectInFront: Subject? {
        switch front {
        case .members: members.current.map { .member($0.member.id) }
        case .roles: roles.current.map { .role($0.reference) }
        case .tokens: tokens.current.map { .token($0.token.id) }
        case .audit: audit.current.map { .entry($0) }
        }
    }

    /// What the detail shows and, while it has the focus, what keys are about.
    var subject: Subject? { detail.pinned ?? subjectInFront }

    /// Whether the detail still shows the thing before, for the one that is wanted has not come yet.
    var isDetailAwaited: Bool { isDetailFocused && detail.shown != subject }

    /// The token that keys are about: that of the detail while it has the focus, else the row of the cursor. Keys that
    /// are faster than the detail are about the row that it was opened from, never about the thing that is still shown.
    var tokenInHand: TokenRow? {
        let row = front == .tokens ? tokens.current : nil
        guard isDetailFocused else { return row }
        if isDetailAwaited { return row.flatMap { subject == .token($0.token.id) ? $0 : nil } }
        if case .token(let detail) = detail.content { return detail.row }
        return nil
    }

    var memberInHand: MemberRow? {
        let row = front == .members ? members.current : nil
        guard isDetailFocused else { return row }
        if isDetailAwaited { return row.flatMap { subject == .member($0.member.id) ? $0 : nil } }
        if case .member(let detail) = detail.content { return detail.row }
        return nil
    }

    var roleInHand: RoleRow? {
        let row = front == .roles ? roles.current : nil
        guard isDetailFocused else { return row }
        if isDetailAwaited { return row.flatMap { subject == .role($0.reference) ? $0 : nil } }
        if case .role(let detail) = detail.content { return detail.row }
        return nil
    }

    /// The tokens that a key is done to: all that are marked, or the one in hand.
    var tokensInHand: [TokenRow] {
        if !isDetailFocused, front == .tokens, !tokens.marked.isEmpty { return tokens.marked }
        return tokenInHand.map { [$0] } ?? []
    }

    var membersInHand: [MemberRow] {
        if !isDetailFocused, front == .members, !members.marked.isEmpty { return members.marked }
        return memberInHand.map { [$0] } ?? []
    }

    /// Where a key is looked up: what has the focus first.
    var places: [Place] {
        guard isDetailFocused else { return [Place(front)] }
        return [.detail] + (subject.map { [Place($0.pane)] } ?? [])
    }
}
