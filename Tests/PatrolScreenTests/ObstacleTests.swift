import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen
import Testing

/// Whoever lacks a right reads which action is missing, and on what.
@Suite struct `What a right is missing for` {
    /// A right as a refusal names it.
    struct Right: CustomStringConvertible, Sendable {
        var intent: Intent
        var action: String
        var resource: String
        var isAccountWide = false

        init(_ intent: Intent, _ action: String, _ resource: String, isAccountWide: Bool = false) {
            (self.intent, self.action, self.resource) = (intent, action, resource)
            self.isAccountWide = isAccountWide
        }

        var description: String { "\(intent.rawValue)\(isAccountWide ? " of an account-wide token" : "")" }

        /// Whether the words name both.
        func isNamed(in text: String?) -> Bool {
            text.map { $0.contains("`\(action)`") && $0.contains("`\(resource)`") } ?? false
        }
    }

    private static let me = Sample.memberID(3)
    private static let token = "member/\(Sample.memberID(0).text):token/\(Sample.tokenID(3).text)"
    private static let other = "member/\(Sample.memberID(2).text)"

    private static func own(_ resource: String) -> String { "member/\(me.text):\(resource)" }

    /// Every action of the key table that takes a right.
    static let rights: [Right] = ownRights + accountWideRights

    private static let ownRights: [Right] = [
        Right(.createToken, "createAccessToken", own("token/new")),
        Right(.cloneToken, "createAccessToken", own("token/new")),
        Right(.editToken, "updateAccessTokenName", token),
        Right(.rotateToken, "resetAccessToken", token),
        Right(.expireToken, "updateAccessTokenExpiry", token),
        Right(.flagToken, "deleteAccessToken", token),
        Right(.unflagToken, "deleteAccessToken", token),
        Right(.deleteToken, "deleteAccessToken", token),
        Right(.quarantineToken, "deleteAccessToken", token),
        Right(.thawToken, "deleteAccessToken", token),
        Right(.planScope, "updateAccessTokenPolicy", token),
        Right(.cancelPlan, "updateAccessTokenPolicy", token),
        Right(.applyPlan, "updateAccessTokenPolicy", token),
        Right(.restoreScope, "updateAccessTokenPolicy", token),
        Right(.suppressFinding, "updateOrganization", "acct"),
        Right(.liftSuppression, "updateOrganization", "acct"),
        Right(.invite, "createMember", "member/new"),
        Right(.changeRoles, "updateRole", other),
        Right(.removeMember, "deleteMember", other),
        Right(.transferOwnership, "updateAccountOwner", "acct"),
        Right(.createRole, "createRole", "role/new"),
        Right(.editRole, "updatePolicy", "role/export-reader"),
        Right(.deleteRole, "deleteRole", "role/export-reader"),
    ]

    private static let accountWideRights: [Right] = [
        Right(.editToken, "updateAccountToken", "acct", isAccountWide: true),
        Right(.rotateToken, "updateAccountToken", "acct", isAccountWide: true),
        Right(.expireToken, "updateAccountToken", "acct", isAccountWide: true),
        Right(.flagToken, "deleteAccountToken", "acct", isAccountWide: true),
        Right(.unflagToken, "deleteAccountToken", "acct", isAccountWide: true),
        Right(.deleteToken, "deleteAccountToken", "acct", isAccountWide: true),
        Right(.quarantineToken, "deleteAccountToken", "acct", isAccountWide: true),
        Right(.thawToken, "deleteAccountToken", "acct", isAccountWide: true),
    ]

    /// What everybody may do: look, move about, and accept what he was invited to. What is undone asks for its right at
    /// the door; templates, reviews and proposals may be looked at, and their own keys are below.
    private static let free: Set<Intent> = [
        .down, .up, .pageDown, .pageUp, .first, .last, .openDetail, .back, .goTo, .nextPane, .previousPane, .showMembers,
        .showRoles, .showTokens, .showAudit, .showList, .showView, .findToken, .findMember, .findRole, .filter, .mark,
        .markDown, .markUp, .markRange, .markAll, .unmarkAll, .sort, .reverse, .copyID, .showID, .reload, .openReviews,
        .zoom, .times, .viewMenu, .templates, .policyForm, .chooseTheme, .toggleMouse, .clearClipboard, .help, .palette,
        .redraw, .suspend, .interrupt, .quit, .acceptInvitation, .rightSize, .undo, .redo,
    ]

    /// For a reader without rights, with the cursor on one thing that nothing but the right stands in the way of.
    private static func stage(rows: Int = 24, columns: Int = 80, isAccountWide: Bool = false) -> Stage {
        var desk = Desk()
        desk.me = Sample.members[3]
        desk.me.baseRole = .noAccess
        desk.members = [Sample.members[2]]
        desk.roles = [Sample.roles[0]]
        var row = Sample.tokens[isAccountWide ? 0 : 3]
        row.token.flag = DeletionFlag(reason: "unused", dueAt: nil, flaggedBy: Sample.memberID(0), flaggedAt: Sample.now)
        row.token.quarantine = Quarantine(
            reason: "unknown", since: Sample.now, setBy: Sample.memberID(0), deletesAt: nil)
        row.token.plan = ScopePlan(
            scope: .base(.reader), appliesAt: Sample.now + .days(7), plannedBy: Sample.memberID(0), reason: "it reads")
        row.token.formerScope = FormerScope(scope: .base(.admin), changedAt: Sample.now)
        desk.tokens = [row]
        return Stage(rows: rows, columns: columns, desk: desk)
    }

    /// With the list of the intent in front, and what it is about under the cursor.
    private static func stage(for right: Right) -> Stage {
        var stage = stage(isAccountWide: right.isAccountWide)
        switch right.intent {
        case .invite, .changeRoles, .removeMember, .transferOwnership: stage.press("1")
        case .createRole, .editRole, .deleteRole: stage.press("2", .end)
        case .liftSuppression: suppress(in: &stage)
        default: break
        }
        return stage
    }

    private static func suppress(in stage: inout Stage) {
        stage.press(.enter)
        guard case .token(var detail) = stage.model.detail.content, let finding = detail.findings.first else { return }
        let suppression = Suppression(
            finding.rule, reason: "known", suppressedBy: Sample.memberID(0), since: Sample.now,
            endsAt: Sample.now + .days(30))
        detail.suppressed = [SuppressedFinding(finding, suppression)]
        stage.model.detail.content = .token(detail)
    }

    @Test func `every command of the key table either takes a right that is named here, or none`() {
        let named = Set(Self.rights.map(\.intent))
        let all = Set(KeyTable.standard.bindings.map(\.intent))
        #expect(named.isDisjoint(with: Self.free))
        #expect(all == named.union(Self.free))
        #expect(Set(Intent.allCases) == all)
    }

    @Test(arguments: rights) func `the key says which action is missing, and on what, in 80 columns`(right: Right) {
        var stage = Self.stage(for: right)
        #expect(right.isNamed(in: stage.model.obstacle(right.intent)?.text), "\(stage.model.obstacle(right.intent)?.text ?? "nothing")")
        let keys = stage.model.keys.keys(of: right.intent, in: stage.model.places)
        if let key = keys.first { stage.press(key) }
        #expect(right.isNamed(in: stage.text), "\(stage.text)")
        #expect(stage.model.dialogs.isEmpty && stage.takeCommands().isEmpty)
    }

    @Test(arguments: rights) func `the help says it beside what the key does`(right: Right) {
        var stage = Self.stage(for: right)
        stage.press("?")
        guard case .commands(let list)? = stage.model.dialogs.last else {
            Issue.record("no help:\n\(stage.text)")
            return
        }
        let name = KeyTable.standard.binding(of: right.intent)?.name.text ?? ""
        let words = list.chooser.items.first { $0.id == name }?.obstacle?.text
        // In a detail, the keys that are about the list are not there.
        guard right.intent != .liftSuppression || words != nil else { return }
        #expect(right.isNamed(in: words) && words?.hasPrefix("\(name): ") == true, "\(words ?? "nothing")")
    }

    @Test func `of several that are marked, none of which may be treated, it is said, too`() {
        var stage = Self.stage()
        var second = stage.desk.tokens[0]
        second.token = Sample.tokens[4].token
        stage.desk.tokens.append(second)
        stage.send(.changed)
        stage.press("A", "d")
        let right = Self.rights.first { $0.intent == .deleteToken }
        #expect(stage.text.contains("none of them: ") && right?.isNamed(in: stage.text) == true, "\(stage.text)")
    }

    @Test(arguments: ["a", "e", "d", .enter] as [PatrolScreen.Key]) func `so does each key of the templates`(key: PatrolScreen.Key) {
        var stage = Self.stage(columns: 120)
        stage.press(":")
        stage.type("templates")
        stage.press(.enter, key)
        let right = Right(.templates, "updateOrganization", "acct")
        #expect(right.isNamed(in: stage.text), "\(stage.text)")
    }

    private static func reviews(of tokens: [TokenRow]? = nil) -> Stage {
        var desk = stage().desk
        if let tokens { desk.tokens = tokens }
        desk.startReview()
        var stage = Stage(desk: desk)
        stage.press(":")
        stage.type("review")
        stage.press(.enter)
        return stage
    }

    @Test func `starting and closing a review say it`() {
        let right = Right(.openReviews, "updateAccountToken", "acct")
        var stage = Self.reviews()
        stage.press("a")
        #expect(right.isNamed(in: stage.text) && stage.model.reviewScreen != nil, "\(stage.text)")
        stage.press(.enter, "C")
        #expect(right.isNamed(in: stage.text), "\(stage.text)")
        #expect(stage.model.reviewScreen?.mode == .deciding && stage.takeCommands().isEmpty)
    }

    @Test(arguments: ReviewAnswer.allCases) func `each decision of a review says it, before a reason is written`(answer: ReviewAnswer) {
        var stage = Self.reviews()
        stage.press(.enter, answer.key)
        let right = Right(.openReviews, "deleteAccessToken", Self.token)
        #expect(right.isNamed(in: stage.text), "\(stage.text)")
        #expect(stage.model.reviewScreen?.mode == .deciding && stage.takeCommands().isEmpty)
    }

    @Test func `everybody may keep his own token, and an account-wide one is part of the account`() {
        var stage = Self.reviews(of: [Sample.tokens[5]])
        stage.press(.enter, "y")
        #expect(stage.text.contains("Why keep?"), "\(stage.text)")
        stage = Self.reviews(of: [Sample.tokens[0]])
        stage.press(.enter, "d")
        #expect(Right(.openReviews, "deleteAccountToken", "acct").isNamed(in: stage.text), "\(stage.text)")
    }

    @Test func `a token may be made where one kind of it may`() {
        var stage = Self.stage()
        stage.desk.roles = [
            Role(
                id: Sample.roleID(0), key: Key("robots")!, name: "Robots",
                policy: Sample.policy(
                    [(["createAccessToken"], "service-token/*")], deny: [(["createAccessToken"], "member/*:token/*")]),
                createdAt: Sample.now)
        ]
        stage.desk.me.customRoles = [Sample.roleID(0)]
        stage.send(.changed)
        #expect(stage.model.obstacle(.createToken) == nil)
        #expect(stage.model.obstacle(.cloneToken) != nil, "it is a personal one")
        stage.press("a")
        #expect(stage.text.contains("New token"), "\(stage.text)")
    }
}
