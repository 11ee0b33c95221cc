import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func takeInDialog(_ key: Key) -> [Effect] {
        switch dialogs.last {
        case .confirmation(let question)?: take(key, in: question)
        case .form(let form)?: take(key, in: form)
        case .creation(let creation)?: take(key, in: creation)
        case .secret(let screen)?: take(key, in: screen)
        case .plain(let text)?: take(key, in: text)
        case .commands(let list)?: take(key, in: list)
        case .menu(let menu)?: take(key, in: menu)
        case .results(let results)?: take(key, in: results)
        case .views(let menu)?: take(key, in: menu)
        case .templates(let menu)?: take(key, in: menu)
        case .review(let screen)?: take(key, in: screen)
        case nil: []
        }
    }

    /// Pasted text goes into the text field with the focus and nowhere else.
    mutating func pasteInDialog(_ text: String) -> [Effect] {
        switch dialogs.last {
        case .form(var form)?:
            note(form.paste(text))
            replaceTop(.form(form))
        case .creation(var creation)?:
            note(creation.paste(text))
            replaceTop(.creation(creation))
        case .commands(var list)?:
            let before = list.chooser.query.text
            note(list.chooser.paste(text))
            refreshCommands(&list, before: before)
            replaceTop(.commands(list))
        case .confirmation(var question)? where question.focus == .why:
            if let outcome = question.why?.paste(text) { note(outcome) }
            replaceTop(.confirmation(question))
        case .views(var menu)?:
            guard case .naming(var field) = menu.mode else { break }
            note(field.paste(text))
            menu.mode = .naming(field)
            replaceTop(.views(menu))
        case .review(let screen)?: paste(text, in: screen)
        case .secret(var screen)? where screen.path != nil:
            if let outcome = screen.path?.paste(text) { note(outcome) }
            replaceTop(.secret(screen))
        default: status = Status("a paste only goes into a text field", .warning)
        }
        return []
    }

    // MARK: Results

    private mutating func take(_ key: Key, in results: Results) -> [Effect] {
        var results = results
        switch key {
        case .enter, .escape, "q", " ":
            dialogs.removeLast()
            guard key == .enter, !results.stale.isEmpty else { return [] }
            return begin(Inquiry(.again(results.stale), about: results.stale.map(\.target)))
        default: if let place = scroll(key.reading, in: results) { results.scroll = place }
        }
        replaceTop(.results(results))
        return []
    }

    // MARK: Questions

    private mutating func take(_ key: Key, in question: Confirmation) -> [Effect] {
        var question = question
        switch key {
        case .escape:
            dialogs.removeLast()
            return []
        case .tab, .backTab, .left, .right:
            if key == .left || key == .right, question.focus == .field || question.focus == .why {
                _ = question.write(key)
            } else {
                question.turn(backwards: key == .backTab || key == .left)
            }
        case .down, .up, .pageDown, .pageUp: if let place = scroll(key, in: question) { question.scroll = place }
        // In a text they lead to its ends.
        case .home where !question.isWriting, .end where !question.isWriting:
            if let place = scroll(key, in: question) { question.scroll = place }
        case .enter where question.focus == .why: question.turn(backwards: false)
        case .enter where question.focus == .field:
            if question.isWordWritten { question.focus = .go } else { question.askForWord() }
            startQuestionPause()
        case .enter: return press(question)
        default:
            if question.focus == .field { startQuestionPause() }
            if let outcome = question.write(key) { note(outcome) }
        }
        replaceTop(.confirmation(question))
        return []
    }

    private mutating func press(_ question: Confirmation) -> [Effect] {
        var question = question
        if question.focus == .cancel {
            dialogs.removeLast()
            return []
        }
        if !question.isWordWritten {
            question.askForWord()
            replaceTop(.confirmation(question))
            return []
        }
        if isQuestionNew {
            question.fault = question.word == nil ? "this has only just appeared: press again" : "that came too quickly: press again"
            replaceTop(.confirmation(question))
            return []
        }
        if question.isAwaited {
            question.fault = "what it does is being looked at: wait for it, or leave with Esc"
            replaceTop(.confirmation(question))
            return []
        }
        return perform(question.steps, verb: question.verb, comment: question.why?.text ?? "", turning: question.turning)
    }

    // MARK: Menus

    private mutating func take(_ key: Key, in menu: Menu) -> [Effect] {
        var menu = menu
        switch key {
        case .escape:
            dialogs.removeLast()
            guard case .theme(let before) = menu.purpose, before != theme else { return [] }
            theme = before
            return [.useTheme(before, isChosen: false)]
        case .enter where menu.purpose == .discard && isQuestionNew, "y" where menu.purpose == .discard && isQuestionNew:
            return []
        case .enter:
            guard let item = menu.chooser.current else { return [] }
            if let why = item.obstacle {
                status = Status(why, .warning)
                return []
            }
            dialogs.removeLast()
            return choose(item.id, in: menu)
        case "y" where menu.purpose == .discard, "n" where menu.purpose == .discard:
            return leave(discarding: key == "y")
        case .pageDown where !menu.lines.isEmpty, .pageUp where !menu.lines.isEmpty:
            menu.scroll = max(0, min(menu.scroll + (key == .pageDown ? 5 : -5), lastScroll(of: menu)))
        case .character where !menu.isNarrowable: break
        default: _ = menu.chooser.take(key)
        }
        replaceTop(.menu(menu))
        // Themes show themselves while one moves over them.
        guard case .theme = menu.purpose, let name = menu.chooser.current?.id, name != theme else { return [] }
        theme = name
        return [.useTheme(name, isChosen: false)]
    }

    private mutating func choose(_ id: String, in menu: Menu) -> [Effect] {
        switch menu.purpose {
        case .tokenSort: return sort(by: id, in: .tokens)
        case .memberSort: return sort(by: id, in: .members)
        case .roleSort: return sort(by: id, in: .roles)
        case .theme:
            theme = id
            return [.useTheme(id, isChosen: true)]
        case .overlap(let row):
            guard let hours = Int(id) else { return [] }
            let step = Step(
                label: row.token.label, rowID: row.rowID,
                command: .rotateToken(
                    RotateToken(
                        token: row.token.id, version: row.token.version,
                        oldSecretUntil: hours == 0 ? nil : now + .hours(hours))))
            return ask(rotation: row, hours: hours, step)
        case .rightSizing(let sized): return choose(id, for: sized)
        case .undo: return undo(id)
        case .discard:
            if id == "discard" { dialogs.removeLast() }
            return []
        }
    }

    private mutating func ask(rotation row: TokenRow, hours: Int, _ step: Step) -> [Effect] {
        let end: SafeText =
            hours == 0
            ? "The old secret, ending in \(row.token.ending), stops at once."
            : "The old secret, ending in \(row.token.ending), goes on until \(TimeText.absolute(now + .hours(hours)).text) UTC."
        dialogs.append(
            .confirmation(
                Confirmation(
                    "New secret for \(row.token.label.text)?",
                    lines: [
                        Line(end, hours == 0 ? .warning : .text), Line("The new one is shown once, right now."),
                        Line("This can't be undone.", .muted),
                    ],
                    button: "rotate", verb: "rotated", steps: [step], isDangerous: hours == 0)))
        return []
    }

    /// Asks before what is being written is thrown away. Asked again, throwing it away has the focus, so
    /// that a person who only presses Esc and Enter gets out.
    mutating func askDiscard(isAgain: Bool) {
        let items = [
            Chooser.Item("stay", "go on editing", note: "n"), Chooser.Item("discard", "discard", note: "y"),
        ]
        dialogs.append(
            .menu(
                Menu(
                    title: "Nothing of this is kept", purpose: .discard,
                    chooser: Chooser(items, selected: isAgain ? "discard" : "stay"))))
    }

    /// Leaves what is being written, or goes back to it.
    private mutating func leave(discarding isDiscarded: Bool) -> [Effect] {
        dialogs.removeLast()
        if isDiscarded { dialogs.removeLast() }
        return []
    }

    /// A command of another list brings that list to the front first.
    mutating func bring(_ intent: Intent) {
        guard let binding = keys.binding(of: intent), binding.places.isDisjoint(with: places) else { return }
        guard let pane = Pane.allCases.first(where: { binding.places.contains(Place($0)) }) else { return }
        show(pane)
    }
}

extension Confirmation {
    mutating func turn(backwards: Bool) {
        let stops: [Focus] = (why == nil ? [] : [.why]) + (word == nil ? [] : [.field]) + [.cancel, .go]
        let here = stops.firstIndex(of: focus) ?? 0
        focus = stops[(here + (backwards ? stops.count - 1 : 1)) % stops.count]
    }

    /// Writes into the field with the focus; nil where none has it.
    mutating func write(_ key: Key) -> TextField.Outcome? {
        switch focus {
        case .why: return why?.take(key)
        case .field:
            fault = nil
            return field.take(key)
        case .cancel, .go: return nil
        }
    }

    var isWordWritten: Bool { word == nil || field.text == word }

    /// Home and End are for the text with the focus.
    var isWriting: Bool {
        switch focus {
        case .why: why?.isEmpty == false
        case .field: !field.isEmpty
        case .cancel, .go: false
        }
    }

    mutating func askForWord() {
        fault = word.map { "write `\($0)` to go on, or leave with Esc" }
        focus = .field
    }
}

extension Key {
    /// In what is only read letters move too.
    fileprivate var reading: Key {
        switch self {
        case "j": .down
        case "k": .up
        case "g": .home
        case "G": .end
        default: self
        }
    }
}
