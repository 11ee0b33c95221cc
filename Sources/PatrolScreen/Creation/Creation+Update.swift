import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func take(_ key: Key, in creation: Creation) -> [Effect] {
        var creation = creation
        if key == .escape {
            if creation.dropQuery() {
                replaceTop(.creation(creation))
            } else if creation.pages.count > 1 {
                creation.pages.removeLast()
                replaceTop(.creation(creation))
            } else if creation.isBegun {
                let wasAsked = creation.wasAskedToLeave
                creation.wasAskedToLeave = true
                replaceTop(.creation(creation))
                askDiscard(isAgain: wasAsked)
            } else {
                dialogs.removeLast()
            }
            return []
        }
        creation.wasAskedToLeave = false
        let outcome = creation.take(key, in: self)
        replaceTop(.creation(creation))
        switch outcome {
        case .stay: return []
        case .refused(let why):
            status = Status(why, .warning)
            return []
        case .leave:
            dialogs.removeLast()
            return []
        case .create(let command):
            return perform(
                [Step(label: SafeText(command.name), rowID: "", command: .createToken(command))], verb: "created")
        }
    }
}

extension Creation {
    enum Outcome: Equatable {
        case stay
        case refused(SafeText)
        case leave
        case create(CreateToken)
    }

    mutating func replace(_ page: Page) { pages[pages.count - 1] = page }

    mutating func setFault(_ why: SafeText) {
        guard case .summary(var summary) = page else { return }
        summary.fault = why
        replace(.summary(summary))
    }

    mutating func paste(_ text: String) -> TextField.Outcome {
        switch page {
        case .purpose(var form):
            let outcome = form.paste(text)
            replace(.purpose(form))
            return outcome
        case .blank(var blank):
            let outcome = blank.field.paste(text)
            blank.fault = nil
            replace(.blank(blank))
            return outcome
        case .resource(var field, let chain, _):
            let outcome = field.paste(text)
            replace(.resource(field, chain: chain, fault: nil))
            return outcome
        case .date(var field, _):
            let outcome = field.paste(text)
            replace(.date(field, fault: nil))
            return outcome
        default: return .refused("a paste only goes into a text field")
        }
    }

    mutating func take(_ key: Key, in model: Model) -> Outcome {
        switch page {
        case .purpose(var form):
            let outcome = form.take(key)
            if outcome == .submit { form.check(now: model.now) }
            if form.fields.contains(where: { $0.fault != nil }) { form.focusFirstFault() }
            replace(.purpose(form))
            return takePurpose(outcome, form, model)
        case .blank(let blank): return take(key, blank)
        case .resource(let field, let chain, _): return takeResource(key, field, chain, model)
        case .date(let field, _): return takeDate(key, field, model)
        case .summary(let summary): return take(key, summary)
        case .start(var chooser): return takeList(key, &chooser, model) { .start($0) }
        case .templates(var chooser): return takeList(key, &chooser, model) { .templates($0) }
        case .type(var chooser): return takeList(key, &chooser, model) { .type($0) }
        case .actions(var chooser, let pattern): return takeList(key, &chooser, model) { .actions($0, pattern: pattern) }
        case .ways(var chooser, let ranking): return takeList(key, &chooser, model) { .ways($0, ranking) }
        case .baseRole(var chooser): return takeList(key, &chooser, model) { .baseRole($0) }
        case .roles(var chooser): return takeList(key, &chooser, model) { .roles($0) }
        case .copy(var chooser): return takeList(key, &chooser, model) { .copy($0) }
        case .expiry(var chooser): return takeList(key, &chooser, model) { .expiry($0) }
        }
    }

    /// One step back from a narrowed list is the whole list. False when the page's list is whole, or there is none.
    mutating func dropQuery() -> Bool {
        switch page {
        case .purpose, .blank, .resource, .date, .summary: return false
        case .start(var chooser): return dropQuery(&chooser) { .start($0) }
        case .templates(var chooser): return dropQuery(&chooser) { .templates($0) }
        case .type(var chooser): return dropQuery(&chooser) { .type($0) }
        case .actions(var chooser, let pattern): return dropQuery(&chooser) { .actions($0, pattern: pattern) }
        case .ways(var chooser, let ranking): return dropQuery(&chooser) { .ways($0, ranking) }
        case .baseRole(var chooser): return dropQuery(&chooser) { .baseRole($0) }
        case .roles(var chooser): return dropQuery(&chooser) { .roles($0) }
        case .copy(var chooser): return dropQuery(&chooser) { .copy($0) }
        case .expiry(var chooser): return dropQuery(&chooser) { .expiry($0) }
        }
    }

    private mutating func dropQuery(_ chooser: inout Chooser, _ page: (Chooser) -> Page) -> Bool {
        guard chooser.dropQuery() else { return false }
        replace(page(chooser))
        return true
    }

    private mutating func takePurpose(_ outcome: Form.Outcome, _ form: Form, _ model: Model) -> Outcome {
        switch outcome {
        case .refused(let why): return .refused(why)
        case .leave: return .leave
        case .stay: return .stay
        case .submit: break
        }
        guard form.fields.allSatisfy({ $0.fault == nil }) else { return .stay }
        name = form.text(.name)
        purpose = form.text(.purpose)
        kind = AccessToken.Kind(rawValue: form.choice(.kind) ?? "") ?? .personal
        pages.append(isClone ? Self.expiryPage(now: model.now) : Self.startPage(hasNeeds: hasNeeds))
        return .stay
    }

    private mutating func takeList(
        _ key: Key, _ chooser: inout Chooser, _ model: Model, _ page: (Chooser) -> Page
    ) -> Outcome {
        guard key == .enter else {
            let outcome = chooser.take(key)
            replace(page(chooser))
            if case .refused(let why) = outcome { return .refused(why) }
            return .stay
        }
        return choose(chooser, model)
    }

    private mutating func choose(_ chooser: Chooser, _ model: Model) -> Outcome {
        guard let item = chooser.current else { return .stay }
        if let why = item.obstacle { return .refused(why) }
        switch page {
        case .start: return start(item.id, model)
        case .templates: return choose(template: item.id, model)
        case .type: pages.append(Self.resourcePage(chain: item.id))
        case .actions(_, let pattern): return addNeed(chooser, pattern)
        case .ways(_, let ranking):
            guard let place = Int(item.id), ranking.candidates.indices.contains(place) else { return .stay }
            chooseWay(ranking.candidates[place].way, model)
        case .baseRole: settle(BaseRole(rawValue: item.id).map { .base($0) }, keys: [], model)
        case .roles:
            let ids = chooser.marked.isEmpty ? [item.id] : chooser.marked
            settle(.customRoles(ids.compactMap { RoleID($0) }), keys: keys(of: ids), model)
        case .copy:
            guard let row = model.tokens.items.first(where: { $0.row.rowID == item.id })?.row else { return .stay }
            settle(row.token.scope, keys: row.scopeRoleKeys, model)
        case .expiry: return chooseExpiry(item.id, model)
        default: break
        }
        return .stay
    }

    private mutating func start(_ id: String, _ model: Model) -> Outcome {
        switch id {
        case "needs": pages.append(typePage())
        case "template":
            guard let templates = model.templates else { return .refused("the templates are not loaded yet") }
            pages.append(Self.templatePage(templates))
        case "ways": pages.append(waysPage(model.account))
        case "base": pages.append(Self.baseRolePage())
        case "roles":
            guard roles?.isEmpty == false else { return .refused("there are no custom roles yet") }
            pages.append(rolesPage())
        default:
            guard model.tokens.isLoaded else { return .refused("the tokens are not loaded yet") }
            pages.append(Self.copyPage(model.tokens.items.map(\.row)))
        }
        return .stay
    }

    private mutating func addNeed(_ chooser: Chooser, _ pattern: ResourcePattern) -> Outcome {
        let names = chooser.marked
        guard !names.isEmpty else { return .refused("mark what it must be able to do with Space") }
        needs.removeAll { $0.pattern == pattern }
        needs.append(Need(pattern: pattern, actions: names.map { Action($0) }))
        returnToStart()
        return .stay
    }

    /// Back from here leads to where more can be chosen.
    mutating func returnToStart() {
        while pages.count > 1, !isAtStart { pages.removeLast() }
        replace(Self.startPage(hasNeeds: true))
    }

    private var isAtStart: Bool {
        if case .start = page { true } else { false }
    }

    private mutating func chooseWay(_ way: RoleRanking.Way, _ model: Model) {
        var keys: [String] = []
        if case .custom(let roles) = way { keys = roles.map(\.key.text) }
        settle(way.scope, keys: keys, model)
    }

    private func keys(of ids: [String]) -> [String] {
        ids.map { id in roles?.first { $0.id.text == id }?.key.text ?? id }
    }

    private mutating func settle(_ scope: Scope?, keys: [String], _ model: Model) {
        guard let scope else { return }
        self.scope = scope
        scopeRoleKeys = keys
        pages.append(Self.expiryPage(now: model.now, proposed: proposedDays))
    }

    private mutating func chooseExpiry(_ id: String, _ model: Model) -> Outcome {
        switch id {
        case "date":
            pages.append(.date(TextField(TimeText.day(model.now + .days(60)).text, limit: 10), fault: nil))
            return .stay
        case "never": expiry = .never
        default: expiry = .days(Int(id) ?? 30)
        }
        return openSummary(model)
    }

    private mutating func openSummary(_ model: Model) -> Outcome {
        if let page = summaryPage(model.account, now: model.now) { pages.append(page) }
        return .stay
    }

    private mutating func takeResource(_ key: Key, _ field: TextField, _ chain: String, _ model: Model) -> Outcome {
        var field = field
        guard key == .enter else {
            let outcome = field.take(key)
            replace(.resource(field, chain: chain, fault: Self.fault(in: field.text, chain: chain)))
            if case .refused(let why) = outcome { return .refused(why) }
            return .stay
        }
        let fault = Self.fault(in: field.text, chain: chain)
        replace(.resource(field, chain: chain, fault: fault))
        if fault == nil, let pattern = try? ResourcePattern(parsing: field.text) {
            pages.append(actionsPage(pattern, authority: model.account?.authority))
        }
        return .stay
    }

    /// What is wrong with a specifier, as it is written; it has to stay of its type.
    private static func fault(in text: String, chain: String) -> SafeText? {
        do throws(SpecifierFault) {
            let pattern = try ResourcePattern(parsing: text)
            guard pattern.chain == chain else { return "that is not of the type \(chain)" }
            return nil
        } catch {
            return "\(error.reason.words.text) (at \(error.place + 1))"
        }
    }

    private mutating func takeDate(_ key: Key, _ field: TextField, _ model: Model) -> Outcome {
        var field = field
        guard key == .enter else {
            let outcome = field.take(key)
            replace(.date(field, fault: nil))
            if case .refused(let why) = outcome { return .refused(why) }
            return .stay
        }
        do throws(TimeParsing.Fault) {
            let moment = try TimeParsing.moment(field.text, now: model.now)
            guard moment > model.now else {
                replace(.date(field, fault: Refusal.expiryInThePast.sentence))
                return .stay
            }
            expiry = .at(moment)
            return openSummary(model)
        } catch {
            replace(.date(field, fault: error.sentence))
            return .stay
        }
    }

    private mutating func take(_ key: Key, _ summary: Summary) -> Outcome {
        var summary = summary
        switch key {
        case .enter where summary.isOnCreate, .control("s"): return .create(summary.command)
        case .enter:
            pages.removeLast()
            return .stay
        case .tab, .backTab, .left, .right: summary.isOnCreate.toggle()
        case .down, "j": summary.scroll = min(summary.scroll + 1, max(0, summary.lines.count - 1))
        case .up, "k": summary.scroll = max(0, summary.scroll - 1)
        case .pageDown: summary.scroll = min(summary.scroll + 8, max(0, summary.lines.count - 1))
        case .pageUp: summary.scroll = max(0, summary.scroll - 8)
        default: break
        }
        replace(.summary(summary))
        return .stay
    }
}
