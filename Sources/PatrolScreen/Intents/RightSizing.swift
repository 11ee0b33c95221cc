import PatrolDomain
import PatrolJSON
import PatrolPresentation

// The smallest scope that covers a token's use: looked at, applied, planned or copied.
extension Model {
    /// Shows the proposal, where it is known; else asks for it.
    mutating func openRightSizing() -> [Effect] {
        guard let row = tokenInHand else { return [] }
        if let sized = detail.sizing, detail.shown == .token(row.token.id), sized.token.version == row.token.version {
            show(sized, for: row)
            return []
        }
        sizingWanted = row.token.id
        status = Status("looking at what `\(row.token.label.text)` was used for …")
        return [.load(.proposal(row.token.id))]
    }

    mutating func take(_ sized: SizedToken?, to query: Query) -> [Effect] {
        if detail.subject?.queries.contains(query) == true { detail.sizing = sized }
        guard case .proposal(let id) = query, sizingWanted == id else { return [] }
        sizingWanted = nil
        status = nil
        guard let row = tokenInHand, row.token.id == id, dialogs.isEmpty else { return [] }
        if let sized {
            show(sized, for: row)
        } else {
            status = Status("the token is not there any more", .warning)
        }
        return []
    }

    private mutating func show(_ sized: SizedToken, for row: TokenRow) {
        guard let proposal = sized.proposal else {
            status = Status(sized.answer.nothingProposed, .warning)
            return
        }
        let why = proposal.obstacle?.sentence ?? obstacle(.planScope, of: row)
        let day = TimeText.date(now + ScopePlan.standardNotice, now: now)
        var items = [
            Chooser.Item("apply", "apply now", note: "\(keyWords(.restoreScope, usually: "<")) goes back", obstacle: why),
            Chooser.Item("plan", "schedule for \(day.text)", note: "so that its owner has notice", obstacle: why),
        ]
        if let other = proposal.alternative {
            items.append(Chooser.Item("other", "apply now: \(other.title.text)", note: "\(other.excess) % not needed", obstacle: why))
        }
        items.append(Chooser.Item("copy", "copy as JSON", note: "to the clipboard"))
        dialogs.append(
            .menu(
                Menu(
                    title: "A smaller scope for \(row.token.label.text)", purpose: .rightSizing(sized),
                    lines: lines(of: proposal, sized, row), chooser: Chooser(items, selected: why == nil ? "apply" : "copy"))))
    }

    private func lines(of proposal: Proposal, _ sized: SizedToken, _ row: TokenRow) -> [Line] {
        var lines = [
            Line("From ", .muted).adding(row.token.scope.long(roleKeys: row.scopeRoleKeys), .removed)
                .adding(" to ", .muted).adding(proposal.option.title, .added)
        ]
        lines += proposal.option.statements.map { Line("  \($0.text)") }
        lines.append(Line("Grade \(proposal.grade.rawValue): ", .strong).adding(proposal.use.words))
        lines.append(Line(proposal.excessWords, .muted))
        lines += proposal.hints.map { Line("Kept, ", .muted).adding($0) }
        lines += proposal.option.difference.losses(catalogue).map { Line("Loses ", .warning).adding($0) }
        lines += proposal.option.difference.narrowings(catalogue).map { Line("Keeps less ", .warning).adding($0) }
        if let replay = sized.replay { lines += [.blank] + replay.lines(now: now) }
        return lines
    }

    // MARK: What was chosen

    mutating func choose(_ id: String, for sized: SizedToken) -> [Effect] {
        guard let proposal = sized.proposal else { return [] }
        switch id {
        case "copy": return [.copy(proposal.option.scope.copied)]
        case "plan": return open(planning(proposal, sized.token))
        case "other": return proposal.alternative.map { open(applying($0, sized.token)) } ?? []
        default: return open(applying(proposal.option, sized.token))
        }
    }

    private func applying(_ option: Proposal.Option, _ token: AccessToken) -> Confirmation {
        var edit = EditToken(as: token)
        edit.scope = option.scope
        let step = Step(
            label: token.label, rowID: token.id.text, command: .editToken(edit),
            inverse: .restoreScope(token.id, version: token.version))
        return Confirmation(
            "Give \(token.label.text) a smaller scope?", lines: [Line("It gets ").adding(option.title, .added)] + option.lines,
            button: "apply", verb: "gave a smaller scope to", steps: [step], asksImpact: true, asksWhy: true,
            isDangerous: false)
    }

    private func planning(_ proposal: Proposal, _ token: AccessToken) -> Confirmation {
        let plan = PlanScope(
            token: token.id, version: token.version, scope: proposal.option.scope,
            appliesAt: now + ScopePlan.standardNotice, reason: proposal.reason)
        let inverse = token.plan.map { before in
            Command.planScope(
                PlanScope(
                    token: token.id, version: token.version, scope: before.scope, appliesAt: before.appliesAt,
                    reason: before.reason))
        }
        let step = Step(
            label: token.label, rowID: token.id.text, command: .planScope(plan),
            inverse: inverse ?? .cancelPlan(token.id, version: token.version))
        let day = "\(TimeText.day(plan.appliesAt).text), \(TimeText.relative(plan.appliesAt, now: now).text)"
        return Confirmation(
            "Schedule a smaller scope for \(token.label.text)?",
            lines: [
                Line("It gets ").adding(proposal.option.title, .added),
                Line("on \(day), by whoever runs Patrol then and may do it."),
            ] + proposal.option.lines,
            button: "schedule", verb: "scheduled a smaller scope for", steps: [step], asksImpact: true, asksWhy: true,
            isDangerous: false)
    }
}

extension RightSizingAnswer {
    /// Why there is nothing to choose.
    var nothingProposed: SafeText {
        switch self {
        case .proposed: ""
        case .fits: "nothing is proposed: its scope is the smallest that was found"
        case .withheld(let why): "nothing is proposed: \(why.sentence.text)"
        }
    }
}

extension Proposal {
    /// For the audit log and the token's owner.
    fileprivate var reason: String {
        "covers its use, grade \(grade.rawValue): \(Count.of(use.calls, "call").text) in \(use.coverage.lastDays.text)"
    }
}

extension Proposal.Option {
    fileprivate var lines: [Line] { statements.map { Line("  \($0.text)") } }
}

extension Scope {
    /// An inline policy as its statements, another scope as it is kept.
    fileprivate var copied: String {
        if case .inline(let policy) = self { policy.json.text(pretty: true) } else { json.text(pretty: true) }
    }
}
