/// What a person wants with a key, a command of the palette or an item of the help.
enum Intent: String, CaseIterable, Hashable, Sendable {
    // Moving about.
    case down, up, pageDown, pageUp, first, last
    case openDetail, back, goTo
    case nextPane, previousPane
    case showMembers, showRoles, showTokens, showAudit
    // By a name, in the palette.
    case showList, showView, findToken, findMember, findRole
    // Lists.
    case filter, mark, markDown, markUp, markRange, markAll, unmarkAll, sort, reverse, copyID, showID, reload
    // The screen.
    case openReviews
    case zoom, times, viewMenu, templates, policyForm, chooseTheme, toggleMouse, clearClipboard, help, palette, redraw, suspend, interrupt, quit
    // Members.
    case invite, changeRoles, removeMember, transferOwnership, acceptInvitation
    // Roles.
    case createRole, editRole, deleteRole
    // Tokens.
    case createToken, editToken, cloneToken, rotateToken, expireToken, flagToken, unflagToken, deleteToken
    case quarantineToken, thawToken, planScope, cancelPlan, applyPlan, restoreScope
    case suppressFinding, liftSuppression
    case rightSize
    // Whatever was done.
    case undo, redo

    /// Those that only move about in a list.
    static let steps: Set<Intent> = [.down, .up, .pageDown, .pageUp, .first, .last]
}

/// Where a key works.
enum Place: String, CaseIterable, Hashable, Sendable {
    case members, roles, tokens, audit, detail
    case filter, form, confirmation, menu, secret, plain, review

    static let lists: Set<Place> = [.members, .roles, .tokens, .audit]
    static let everywhere: Set<Place> = [.members, .roles, .tokens, .audit, .detail]

    init(_ pane: Pane) {
        switch pane {
        case .members: self = .members
        case .roles: self = .roles
        case .tokens: self = .tokens
        case .audit: self = .audit
        }
    }
}
