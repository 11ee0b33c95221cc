import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// What is proposed for a token, and what would have failed under it.
    mutating func proposeScope() throws(CommandFailure) {
        let id = try token(line.arguments[0]).id
        let patrol = try open().patrol
        let found = try Self.door { () throws(PatrolError) in try patrol.proposal(for: id) }
        guard let sized = found else { throw .notFound("there is no token `\(id.text)`") }
        if line.has("policy") { return try output.json(try sized.policy().json, pretty: true) }
        if isJSON { return try output.json(sized.json, pretty: true) }
        let name = SafeText(sized.token.name)
        try show(name, (isPlain ? [Fact("name", name)] : []) + sized.facts(wording, catalogue))
    }

    /// What would have become of a token's calls with another scope, or without the token.
    mutating func replayToken() throws(CommandFailure) -> ExitCode {
        let token = try token(line.arguments[0])
        let scope = try scope()
        if line.has("deleted") {
            guard scope == nil else { throw usage("`--deleted` excludes `--role` and `--policy`") }
            return try replay(.deleteToken(token.id, version: token.version))
        }
        guard let scope else { throw usage("under what? Give `--role ROLE`, `--policy FILE` or `--deleted`") }
        return try replay(
            .editToken(
                EditToken(
                    token: token.id, version: token.version, name: token.name, purpose: token.purpose, scope: scope,
                    expiresAt: token.expiresAt)))
    }

    mutating func replayRole() throws(CommandFailure) -> ExitCode {
        let key = line.arguments[0]
        guard BaseRole(rawValue: key) == nil else { throw .refused("`\(key)` is a base role: it can't be edited") }
        let role = try role(key)
        let base = line.value("base").flatMap { BasePermissions(rawValue: $0) }
        return try replay(
            .editRole(
                EditRole(
                    role: role.id, version: role.version, name: role.name, description: role.description,
                    basePermissions: base ?? role.basePermissions, policy: try policy() ?? role.policy)))
    }

    mutating func replayMember() throws(CommandFailure) -> ExitCode {
        let member = try member(line.arguments[0])
        let names = line.list("role")
        guard names.isEmpty == line.has("removed") else { throw usage("give either `--role ROLE` or `--removed`") }
        if names.isEmpty { return try replay(.removeMember(member.id, version: member.version)) }
        let roles = try roles(named: names)
        return try replay(
            .changeMemberRoles(
                ChangeMemberRoles(
                    member: member.id, version: member.version, baseRole: roles.base ?? member.baseRole,
                    customRoles: roles.custom, roleAttributes: member.roleAttributes)))
    }

    /// With `--dry-run`: whom the commands would touch, and which calls would have failed. Whether that was asked for.
    mutating func showsOnly(_ commands: [Command]) throws(CommandFailure) -> Bool {
        guard line.has("dry-run") else { return false }
        let patrol = try open().patrol
        for command in commands {
            let (impact, replay) = try Self.door { () throws(PatrolError) in
                (try patrol.impact(of: command), try patrol.replay(of: command))
            }
            if isJSON {
                try output.json(replay.json, pretty: true)
            } else {
                for sentence in impact.sentences + replay.sentences(now: now) { try output.line(sentence) }
            }
        }
        return true
    }

    /// Which calls would have failed, for the person, before it is asked whether to go on.
    mutating func tellReplay(of command: Command) throws(CommandFailure) {
        let patrol = try open().patrol
        let replay = try Self.door { () throws(PatrolError) in try patrol.replay(of: command) }
        guard replay.tokens > 0 || replay.notExamined > 0 else { return }
        for sentence in replay.sentences(now: now, most: 5) { tell(sentence) }
    }

    private mutating func replay(_ command: Command) throws(CommandFailure) -> ExitCode {
        let patrol = try open().patrol
        let replay = try Self.door { () throws(PatrolError) in try patrol.replay(of: command) }
        if isJSON {
            try output.json(replay.json, pretty: true)
        } else {
            for sentence in replay.sentences(now: now) { try output.line(sentence) }
        }
        return replay.failingCalls > 0 ? .refused : .done
    }
}

extension ChangeReplay {
    /// The headline, then a line for each kind of call that would fail, then what is not in the figures.
    func sentences(now: Timestamp, most: Int = 20) -> [SafeText] {
        var lines = [headline]
        for one in failing {
            if only == nil {
                lines.append("  \(one.target.name) (\(one.target.id)): \(Count.of(one.replay.failingCalls, "call").text)")
            }
            for failure in one.replay.failures.prefix(most) {
                lines.append("    \(failure.what.text) – \(failure.how(now: now).text)")
            }
            let rest = one.replay.failingKinds - min(most, one.replay.failures.count)
            if rest > 0 { lines.append("    and \(Count.of(rest, "more kind of call", "more kinds of calls").text)") }
        }
        return lines + remarks
    }
}

extension SizedToken {
    /// The inline policy alone.
    func policy() throws(CommandFailure) -> Policy {
        switch answer {
        case .proposed(let proposal):
            for case .inline(let policy)? in [proposal.option.scope, proposal.alternative?.scope] { return policy }
            throw .refused("no policy was found: what is proposed is \(proposal.option.title.text)")
        case .fits: throw .refused("nothing is proposed: its scope is the smallest that was found")
        case .withheld(let why): throw .refused("nothing is proposed: \(why.sentence.text)")
        }
    }

    func facts(_ wording: Wording, _ catalogue: Catalogue) -> [Fact] {
        answerFacts(wording, catalogue) + likeness.map { Fact("likeness", $0.sentence) }
    }

    private func answerFacts(_ wording: Wording, _ catalogue: Catalogue) -> [Fact] {
        switch answer {
        case .withheld(let why):
            return [Fact("proposal", "none: \(why.sentence.text)"), Fact("grade", "D, \(Grade.d.words.text)")]
        case .fits(let grade, let use, let excess):
            return [
                Fact("proposal", "none: its scope is the smallest that was found"), grade.fact,
                Fact("evidence", use.words), Fact("not needed", "\(excess) % of what it may do now"),
            ]
        case .proposed(let proposal): return facts(of: proposal, wording, catalogue)
        }
    }

    private func facts(of proposal: Proposal, _ wording: Wording, _ catalogue: Catalogue) -> [Fact] {
        let (option, difference) = (proposal.option, proposal.option.difference)
        var facts = [
            Fact("proposal", option.title), proposal.grade.fact, Fact("evidence", proposal.use.words),
            Fact("not needed", proposal.excessWords),
        ]
        facts += option.statements.map { Fact("keeps", $0) }
        facts += proposal.hints.map { Fact("hint", $0) }
        facts += difference.losses(catalogue).map { Fact("loses", $0) }
        facts += difference.narrowings(catalogue).map { Fact("keeps less", $0) }
        if let example = difference.example { facts.append(Fact("such as", example.words)) }
        if let replay { facts += replay.facts(wording) }
        if let other = proposal.alternative {
            facts.append(Fact("or", "\(other.title.text), \(other.excess) % of it not needed"))
            facts += other.statements.map { Fact("", $0) }
        }
        facts.append(Fact(proposal.obstacle == nil ? "to apply" : "but", next(proposal)))
        return facts
    }

    /// The command that applies it.
    private func next(_ proposal: Proposal) -> SafeText {
        if let obstacle = proposal.obstacle { return obstacle.sentence }
        let id = token.id.text
        switch proposal.option.scope {
        case .base(let role): return "patrol tokens edit \(id) --role \(role.rawValue)"
        case .customRoles:
            let roles = proposal.option.roleKeys.map { "--role \($0)" }.joined(separator: " ")
            return "patrol tokens edit \(id) \(roles)"
        case .inline, .account:
            return "patrol tokens propose \(id) --policy | patrol tokens edit \(id) --policy -"
        }
    }
}

extension Grade {
    fileprivate var fact: Fact { Fact("grade", "\(rawValue), \(words.text)") }
}

extension Replay {
    fileprivate func facts(_ wording: Wording) -> [Fact] {
        [Fact("replay", headline)]
            + failures.prefix(20).map { Fact("would fail", "\($0.what.text) – \($0.how(now: wording.now).text)") }
            + remarks.map { Fact("", $0) }
    }
}
