import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func take(_ reply: Reply) -> [Effect] {
        switch reply {
        case .answered(let query, let answer): return take(answer, to: query)
        case .failed(let query, let why):
            if let query { fail(query, SafeText(why)) }
            // The search that was stopped says so where it stands.
            if why == "cancelled", !isQuitArmed, isStopped(front) { return [] }
            status = Status(isQuitArmed ? "\(why); Ctrl-C again quits" : SafeText(why), isQuitArmed ? .warning : .bad)
            return []
        case .told(let words):
            status = Status(SafeText(words), .good)
            return []
        case .performed(let command, let performed):
            return takeForReview(performed, of: command) ?? take(performed, of: command)
        case .commandFailed(let command, let why):
            return failForReview(command, SafeText(why)) ?? fail(command, SafeText(why))
        case .copied(let how):
            if case .secret(var screen)? = dialogs.last {
                screen.note = "copied \(how): paste it where it belongs"
                screen.isCopied = true
                replaceTop(.secret(screen))
            } else {
                status = Status("copied \(how)", .good)
            }
            return []
        case .clipboardCleared(let how):
            if case .secret(var screen)? = dialogs.last {
                screen.note = "the clipboard was emptied \(how)"
                screen.isCopied = false
                replaceTop(.secret(screen))
            } else {
                status = Status("the clipboard was emptied \(how)", .good)
            }
            return []
        case .secretWritten(let path): return noteSecret(written: path)
        case .secretNotWritten(let why):
            guard case .secret(var screen)? = dialogs.last else { return [] }
            screen.fault = SafeText(why)
            replaceTop(.secret(screen))
            return []
        case .themes(let names, let current):
            themes = names
            theme = current
            return []
        case .viewsKept(let kept):
            takeViews(kept)
            return []
        }
    }

    private mutating func noteSecret(written path: String) -> [Effect] {
        guard case .secret(var screen)? = dialogs.last else { return [] }
        screen.path = nil
        screen.fault = nil
        screen.note = "written to \(path), which only you can read"
        screen.isWritten = true
        replaceTop(.secret(screen))
        return []
    }

    private mutating func take(_ answer: Answer, to query: Query) -> [Effect] {
        if takeWords(answer, to: query) { return [] }
        // The list may have asked the very same: it has its answer too.
        let further = takeForMarking(answer, to: query)
        switch answer {
        case .account(let view): account = view
        case .members(let page): if members.take(page, for: query) { showSought() }
        case .roles(let page): if roles.take(page, for: query) { showSought() }
        case .tokens(let page): if tokens.take(page, for: query) { showSought() }
        case .audit(let page) where query == Self.newestQuery: newest = page.items.map(\.row)
        case .audit(let page):
            _ = audit.take(page, for: query)
            keepFollowing()
        case .memberDetail(let found): take(found.map { .member($0) }, to: query)
        case .roleDetail(let found): take(found.map { .role($0) }, to: query)
        case .tokenDetail(let found):
            take(found.map { .token($0) }, to: query)
            if let found, detail.subject?.queries.first == query { detail.reach = reach(of: found) }
        case .history(let rows): return take(history: rows, to: query)
        case .roleChoices(let roles): take(choices: roles)
        case .impact(let impact): return take(impact, to: query)
        case .replay(let replay): return take(replay, to: query)
        case .proposal(let sized): return take(sized, to: query)
        case .templates(let rows): templates = rows
        case .activity(let found): activity = found
        case .reviews(let found): return take(reviews: found) + further
        case .reviewItems(let rows): return take(items: rows, to: query) + further
        case .reviewedToken(let found): return take(reviewed: found, to: query) + further
        }
        return further
    }

    /// An answer about another thing than the one that is wanted now comes too late.
    private mutating func take(_ content: DetailState.Content?, to query: Query) {
        guard detail.subject?.queries.first == query else { return }
        detail.show(content ?? .gone)
    }

    private func reach(of token: TokenDetail) -> Reach? {
        guard token.row.token.kind != .accountWide else { return nil }
        return Reach(scope: token.scope, behind: token.behind, catalogue: catalogue)
    }

    private mutating func take(history rows: [AuditRow], to query: Query) -> [Effect] {
        if detail.subject?.queries.contains(query) == true { detail.history = rows }
        return takeForInquiry(rows, of: query)
    }

    private mutating func take(choices roles: [Role]) {
        for place in dialogs.indices {
            switch dialogs[place] {
            case .creation(var creation):
                creation.roles = roles
                dialogs[place] = .creation(creation)
            case .form(var form):
                form.offer(roles)
                dialogs[place] = .form(form)
            default: break
            }
        }
    }

    private mutating func take(_ impact: Impact, to query: Query) -> [Effect] {
        guard case .impact(let command) = query else { return [] }
        return tellQuestions { $0.take(impact, of: command) } next: { $0.impactQuestion }
    }

    private mutating func take(_ replay: ChangeReplay, to query: Query) -> [Effect] {
        guard case .replay(let command) = query else { return [] }
        return tellQuestions { $0.take(replay, of: command) } next: { $0.replayQuestion }
    }

    /// Tells each question that is open; those that asked ask on.
    private mutating func tellQuestions(
        _ take: (inout Confirmation) -> Bool, next: (Confirmation) -> [Effect]
    ) -> [Effect] {
        var effects: [Effect] = []
        for place in dialogs.indices {
            guard case .confirmation(var question) = dialogs[place], take(&question) else { continue }
            if !question.isAwaited { question.fault = nil }
            dialogs[place] = .confirmation(question)
            effects += next(question)
        }
        return effects
    }

    private mutating func fail(_ query: Query, _ why: SafeText) {
        if marking?.query == query { marking = nil }
        members.fail(query)
        roles.fail(query)
        tokens.fail(query)
        audit.fail(query)
        if inquiry?.queries.first == query { inquiry = nil }
        if case .proposal(let id) = query, sizingWanted == id { sizingWanted = nil }
        failForReview(query, why)
        for place in dialogs.indices {
            guard case .confirmation(var question) = dialogs[place] else { continue }
            switch query {
            case .impact(let command): question.fail(command, why)
            case .replay(let command): question.failReplay(command, why)
            default: return
            }
            question.fault = nil
            dialogs[place] = .confirmation(question)
        }
    }
}
