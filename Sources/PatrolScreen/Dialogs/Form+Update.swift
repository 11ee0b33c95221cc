import PatrolDomain
import PatrolJSON
import PatrolPresentation

extension Form {
    enum Outcome: Equatable {
        case stay
        case refused(SafeText)
        case submit
        case leave
    }

    mutating func take(_ key: Key) -> Outcome {
        switch key {
        case .escape: return .leave
        case .control("s"): return .submit
        case .tab: move(by: 1)
        case .backTab: move(by: -1)
        default:
            guard let place = focused else { return takeOnButton(key) }
            return take(key, in: place)
        }
        return .stay
    }

    private mutating func takeOnButton(_ key: Key) -> Outcome {
        switch key {
        case .enter, .character(" "): return .submit
        case .up: move(by: -1)
        case .down: move(by: 1)
        default: break
        }
        return .stay
    }

    private mutating func take(_ key: Key, in place: Int) -> Outcome {
        switch fields[place].input {
        case .text(var field):
            if key == .enter || key == .down { move(by: 1) } else if key == .up { move(by: -1) }
            let outcome = field.take(key)
            fields[place].input = .text(field)
            return note(outcome, place)
        case .choice(let options, let selected):
            return turn(key, place, options, selected)
        case .list(var chooser):
            if key == .enter {
                move(by: 1)
                return .stay
            }
            let outcome = chooser.take(key)
            fields[place].input = .list(chooser)
            if case .refused(let why) = outcome { return .refused(why) }
            return .stay
        case .editor(var editor):
            let outcome = editor.take(key)
            fields[place].input = .editor(editor)
            return note(outcome, place)
        }
    }

    private mutating func turn(_ key: Key, _ place: Int, _ options: [Chooser.Item], _ selected: Int) -> Outcome {
        switch key {
        case .left, "h": fields[place].input = .choice(options: options, selected: max(0, selected - 1))
        case .right, "l", .character(" "):
            let isTurning = key == .character(" ")
            let next = isTurning ? (selected + 1) % options.count : min(options.count - 1, selected + 1)
            fields[place].input = .choice(options: options, selected: next)
        case .up: move(by: -1)
        case .down, .enter: move(by: 1)
        default: break
        }
        fault = nil
        return .stay
    }

    private mutating func note(_ outcome: TextField.Outcome, _ place: Int) -> Outcome {
        switch outcome {
        case .refused(let why): return .refused(why)
        case .changed:
            fault = nil
            fields[place].fault = nil
            if fields[place].id == .policy { checkPolicy(place) }
        case .moved, .ignored: break
        }
        return .stay
    }

    /// A policy is checked as it is written.
    private mutating func checkPolicy(_ place: Int) {
        guard case .editor(let editor) = fields[place].input else { return }
        do throws(PolicyFault) {
            _ = try Policy(parsingJSON: editor.text)
            fields[place].fault = nil
        } catch {
            fields[place].fault = error.sentence
        }
    }

    mutating func paste(_ text: String) -> TextField.Outcome {
        guard let place = focused else { return .refused("a paste only goes into a text field") }
        let outcome: TextField.Outcome
        switch fields[place].input {
        case .text(var field):
            outcome = field.paste(text)
            fields[place].input = .text(field)
        case .list(var chooser):
            outcome = chooser.paste(text)
            fields[place].input = .list(chooser)
        case .editor(var editor):
            outcome = editor.paste(text)
            fields[place].input = .editor(editor)
        case .choice: return .refused("a paste only goes into a text field")
        }
        _ = note(outcome, place)
        return outcome
    }

    private mutating func move(by step: Int) {
        focus = max(0, min(focus + step, visible.count))
    }

    /// The roles to choose from have come.
    mutating func offer(_ roles: [Role]) {
        for place in fields.indices where fields[place].id == .customRoles {
            fields[place].input = .list(Creation.roleChooser(roles, marked: fields[place].marks ?? []))
        }
    }
}

extension Model {
    mutating func take(_ key: Key, in form: Form) -> [Effect] {
        var form = form
        let outcome = form.take(key)
        let wasAsked = form.wasAskedToLeave
        form.wasAskedToLeave = outcome == .leave
        replaceTop(.form(form))
        switch outcome {
        case .stay: return []
        case .refused(let why):
            status = Status(why, .warning)
            return []
        case .submit: return submit(form)
        case .leave:
            if form.isChanged { askDiscard(isAgain: wasAsked) } else { dialogs.removeLast() }
            return []
        }
    }
}
