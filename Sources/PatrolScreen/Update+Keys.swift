import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func take(_ key: Key) -> [Effect] {
        dropTurning()
        if let batch, batch.steps.count > 1 { return take(key, during: batch) }
        if key == .control("c") { return interrupt() }
        isQuitArmed = false
        if key == .control("l") { return [.redraw] }
        if key == .control("z") { return [.suspend] }
        status = nil
        if layout.kind == .tooSmall && dialogs.isEmpty {
            return key == "q" ? [.quit] : []
        }
        if !dialogs.isEmpty { return takeInDialog(key) }
        if filterEntry != nil { return takeInFilter(key) }
        guard let binding = keys.binding(of: key, in: places) else {
            return []
        }
        return run(binding.intent)
    }

    /// While several things are done one after another: moving about, and stopping.
    private mutating func take(_ key: Key, during batch: Batch) -> [Effect] {
        if key == .control("l") { return [.redraw] }
        if key == .control("c") || key == .escape {
            self.batch?.isStopping = true
            return []
        }
        status = nil
        guard let intent = keys.binding(of: key, in: places)?.intent, Intent.steps.contains(intent) else { return [] }
        return run(intent)
    }

    mutating func paste(_ text: String) -> [Effect] {
        isQuitArmed = false
        if !dialogs.isEmpty { return pasteInDialog(text) }
        guard var entry = filterEntry else {
            status = Status("a paste only goes into a text field", .warning)
            return []
        }
        note(entry.field.paste(text))
        filterEntry = entry
        return refilter()
    }

    /// Cancels what is running; pressed again, leaves.
    private mutating func interrupt() -> [Effect] {
        if isQuitArmed { return leave() }
        isQuitArmed = true
        for pane in Pane.allCases { _ = stopSearch(in: pane) }
        status = Status("Ctrl-C again quits", .warning)
        return [.cancel]
    }

    /// A secret on the screen is wiped before the program ends.
    mutating func leave() -> [Effect] {
        let hadSecret = showsSecret
        dialogs = []
        return hadSecret ? [.scrub, .quit] : [.quit]
    }

    /// Does what a key, the palette or the help asks for, or says why it can't be done.
    mutating func run(_ intent: Intent) -> [Effect] {
        if let why = obstacle(intent) {
            status = Status(why, .warning)
            return []
        }
        switch intent {
        case .down, .up, .pageDown, .pageUp, .first, .last, .openDetail, .back, .goTo, .nextPane,
            .previousPane, .showList, .showView, .findToken, .findMember, .findRole, .showMembers, .showRoles, .showTokens, .showAudit:
            return go(intent)
        case .filter, .mark, .markDown, .markUp, .markRange, .markAll, .unmarkAll, .sort, .reverse, .copyID, .showID, .reload:
            return treatList(intent)
        case .openReviews: return openReviews()
        case .zoom, .times, .viewMenu, .templates, .policyForm, .chooseTheme, .toggleMouse, .clearClipboard, .help, .palette, .redraw, .suspend, .interrupt,
            .quit:
            return treatScreen(intent)
        case .invite, .changeRoles, .removeMember, .transferOwnership, .acceptInvitation:
            return treatMembers(intent)
        case .undo: return treatUndo(.undo)
        case .redo: return treatUndo(.redo)
        case .createRole, .editRole, .deleteRole: return treatRoles(intent)
        case .rightSize: return openRightSizing()
        case .createToken, .editToken, .cloneToken, .rotateToken, .expireToken, .flagToken, .unflagToken,
            .deleteToken, .suppressFinding, .liftSuppression:
            return treatTokens(intent)
        case .quarantineToken, .thawToken, .planScope, .cancelPlan, .applyPlan, .restoreScope: return treatKeeping(intent)
        }
    }

    private mutating func treatScreen(_ intent: Intent) -> [Effect] {
        switch intent {
        case .zoom:
            isZoomed.toggle()
        case .times:
            hasAbsoluteTimes.toggle()
            let key = keyWords(.times, usually: "t")
            status = Status(hasAbsoluteTimes ? "times as dates, in UTC; \(key): how long ago" : "times as how long ago; \(key): dates")
        case .viewMenu: openViews()
        case .templates: return openTemplates()
        case .policyForm: detail.isPolicyJSON.toggle()
        case .chooseTheme: return openThemes()
        case .toggleMouse: toggleMouse()
        case .clearClipboard: return [.clearClipboard]
        case .help: openCommands(.help)
        case .palette: openCommands(.palette)
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .interrupt: return interrupt()
        default:
            if isDetailFocused { return go(.back) }
            return leave()
        }
        return []
    }

    /// Says what a text field thinks of a key.
    mutating func note(_ outcome: TextField.Outcome) {
        if case .refused(let why) = outcome { status = Status(why, .warning) }
    }

    mutating func replaceTop(_ dialog: Dialog) {
        guard !dialogs.isEmpty else { return }
        dialogs[dialogs.count - 1] = dialog
    }
}
