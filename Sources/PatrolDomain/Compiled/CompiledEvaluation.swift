/// A request, with what the tests want to know of it.
private struct AskedWords {
    var action: Vocabulary.ActionWord
    var number: UInt32
    var chain: UInt32
    /// The place of its first segment in the vocabulary's `parts`.
    var first: Int
    var count: UInt32
}

/// What one grant says: the place of a statement, or none.
private enum GrantVerdict {
    case denied(Int32)
    case allowed(Int32)
    case allowedByDefault
    case silent
}

extension CompiledAuthorities {
    /// As `Authority.decide`. Nothing is allocated, but for the first time that a pattern of many role
    /// attributes meets a key. (Its loops are written out: without optimization, iterators allocate.)
    package mutating func decide(_ request: InternedRequest, _ authority: AuthorityNumber) -> CompiledDecision {
        let resource = vocabulary.resources[Int(request.resource)]
        var asked = AskedWords(
            action: vocabulary.actions[Int(request.action)], number: request.action, chain: resource.chain,
            first: Int(resource.first), count: resource.count)
        let decision = decideWithoutGate(asked, authority)
        guard decision.isAllowed, resource.isInProject, !(asked.count == 1 && asked.action.viewsProject) else {
            return decision
        }
        asked.number = Vocabulary.viewProject
        asked.action = vocabulary.actions[Int(Vocabulary.viewProject)]
        (asked.chain, asked.count) = (vocabulary.knownChains.project, 1)
        var gate = decideWithoutGate(asked, authority)
        if gate.isAllowed { return decision }
        gate.isByViewGate = true
        return gate
    }

    private mutating func decideWithoutGate(_ asked: AskedWords, _ authority: AuthorityNumber) -> CompiledDecision {
        let holding = holdings[authority.value]
        var denial: CompiledDecision?
        var next = holding.grants.lowerBound
        while next < holding.grants.upperBound {
            let grant = grants[next]
            next += 1
            switch verdict(of: grant, on: asked, holder: holding.holder) {
            case .allowed(let place):
                return CompiledDecision(isAllowed: true, cause: .statement(place: place, name: grant.name))
            case .allowedByDefault:
                return CompiledDecision(isAllowed: true, cause: .basePermissions(name: grant.name))
            case .denied(let place):
                if denial == nil {
                    denial = CompiledDecision(isAllowed: false, cause: .statement(place: place, name: grant.name))
                }
            case .silent: break
            }
        }
        return denial ?? CompiledDecision(isAllowed: false, cause: .nothingApplies)
    }

    private mutating func verdict(of grant: Grant, on asked: AskedWords, holder: Int?) -> GrantVerdict {
        let program = policies.programs[Int(grant.program)]
        var entries = CompiledPolicies.ChainEntries(chain: asked.chain, denies: 0..<0, allows: 0..<0)
        var next = Int(program.chains.lowerBound)
        while next < Int(program.chains.upperBound) {
            if policies.chains[next].chain == asked.chain {
                entries = policies.chains[next]
                break
            }
            next += 1
        }
        if let place = first(of: entries.denies, program.denies, asked) { return .denied(place) }
        if let place = first(of: entries.allows, program.allows, asked) { return .allowed(place) }
        return isAllowedByDefault(grant, asked, holder: holder) ? .allowedByDefault : .silent
    }

    /// The place of the first statement that holds.
    private mutating func first(
        of entries: Range<Int32>, _ generals: Range<Int32>, _ asked: AskedWords
    ) -> Int32? {
        var found: Int32?
        var next = Int(entries.lowerBound)
        while next < Int(entries.upperBound) && found == nil {
            let entry = policies.entries[next]
            next += 1
            if holds(selection: entry.selection, asked) && (entry.tests.isEmpty || holds(anyOf: entry.tests, asked)) {
                found = entry.place
            }
        }
        next = Int(generals.lowerBound)
        while next < Int(generals.upperBound) {
            let general = policies.generals[next]
            next += 1
            if let found, found < general.place { break }
            if holds(selection: general.selection, asked) && !isExcepted(general, asked) { return general.place }
        }
        return found
    }

    private mutating func isExcepted(_ general: CompiledPolicies.General, _ asked: AskedWords) -> Bool {
        var next = Int(general.exceptions.lowerBound)
        while next < Int(general.exceptions.upperBound) {
            let exception = policies.exceptions[next]
            next += 1
            if exception.chain == asked.chain { return exception.tests.isEmpty || holds(anyOf: exception.tests, asked) }
        }
        return false
    }

    private mutating func holds(selection: UInt32, _ asked: AskedWords) -> Bool {
        if selection == CompiledPolicies.everyAction { return true }
        if let known = answers.answer(selection, in: asked.action.row) { return known }
        let answer = vocabulary.withName(of: asked.number) { policies.selections[Int(selection)].holds($0) }
        remember(answer, for: selection, in: asked.action.row)
        return answer
    }

    /// Whether all tests of one pattern hold.
    private mutating func holds(anyOf tests: Range<Int32>, _ asked: AskedWords) -> Bool {
        var place = Int(tests.lowerBound)
        while place < Int(tests.upperBound) {
            let test = policies.tests[place]
            if !holds(test, asked) {
                place += Int(test.toNext)
            } else if test.toNext == 1 {
                return true
            } else {
                place += 1
            }
        }
        return false
    }

    private mutating func holds(_ test: CompiledPolicies.Test, _ asked: AskedWords) -> Bool {
        let word = Int(vocabulary.parts[asked.first + Int(test.segment)])
        if test.number == CompiledPolicies.Test.isExact { return isKey(Int(test.matcher), word) }
        let row = vocabulary.segments[word].row
        if let known = answers.answer(test.number, in: row) { return known }
        let answer = vocabulary.matches(policies.matchers[Int(test.matcher)], word)
        remember(answer, for: test.number, in: row)
        return answer
    }

    private func isKey(_ key: Int, _ word: Int) -> Bool {
        policies.exactKeys[key].hash == vocabulary.segments[word].keyHash
            && vocabulary.isKey(policies.exactKeys[key].bytes, of: word)
    }

    private func isAllowedByDefault(_ grant: Grant, _ asked: AskedWords, holder: Int?) -> Bool {
        if grant.isReader && asked.action.isView { return true }
        guard let holder, !grant.isEmpty else { return false }
        if asked.chain == vocabulary.knownChains.token, isKey(holder, Int(vocabulary.parts[asked.first])) {
            return asked.action.isOfOwnTokens
        }
        return grant.isReader && asked.action.createsToken && asked.chain == vocabulary.knownChains.serviceToken
    }
}
