import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    /// Rows of each list that the whole account is read out with.
    private static let briefRows = 10

    /// Everything at a glance, for the ear: who and what there is, and the beginning of each list.
    mutating func readOut() throws(CommandFailure) {
        let patrol = try current()
        let session = try open().session
        let (account, tally, standing) = try Self.door { () throws(PatrolError) in
            (try patrol.account(), try patrol.tally(), try patrol.standing(of: session))
        }
        if line.has("json") { return try output.json(tally.json(of: account, standing.member), pretty: true) }
        let things = [
            Count.of(tally.members, "member"), Count.of(tally.roles, "role"), Count.of(tally.tokens, "token"),
        ]
        try output.line("account: \(account.name)")
        try output.line("it has \(things.map(\.text).joined(separator: ", ")); \(Count.number(tally.flaggedTokens).text) flagged")
        try output.line("you are \(standing.member.displayName), \(standing.member.baseRole.rawValue)")
        let page = PageRequest(limit: Self.briefRows)
        try readOut("tokens, riskiest first", "tokens", all: tally.tokens) { () throws(PatrolError) in
            try patrol.tokens(page, sort: .risk).items.map(\.row)
        }
        try readOut("audit log, newest first", "audit", all: tally.auditEntries) { () throws(PatrolError) in
            try patrol.audit(page).items.map(\.row)
        }
        try readOut("members", "members", all: tally.members) { () throws(PatrolError) in
            try patrol.members(page).items.map(\.row)
        }
        try readOut("roles", "roles", all: tally.roles) { () throws(PatrolError) in
            try patrol.roles(page).items.map(\.row)
        }
        try output.line()
        try output.line("`patrol --plain tokens --filter flagged` reads a part, `patrol --plain tokens show ID` one of them;")
        try output.line("`patrol help` tells the commands.")
    }

    private mutating func readOut<Row: SpokenRow>(
        _ title: SafeText, _ command: String, all: Int, _ rows: () throws(PatrolError) -> [Row]
    ) throws(CommandFailure) {
        let rows = try Self.door(rows)
        try output.line()
        let part: SafeText = rows.count < all ? ", \(rows.count) of \(Count.number(all).text)" : ""
        try output.line(title + part + ":")
        if rows.isEmpty { try output.line("none yet") }
        for row in rows { try output.line(row.brief(wording)) }
        if rows.count < all { try output.line("`patrol --plain \(command)` reads them all") }
    }

    /// One row, a fact a line, with an empty line behind it.
    mutating func read(_ facts: [Fact]) throws(CommandFailure) {
        for fact in facts { try output.line(fact.spoken) }
        try output.line()
    }

    /// A detail: its title and facts below each other, or for the ear one fact a line.
    mutating func show(_ title: SafeText, _ facts: [Fact]) throws(CommandFailure) {
        if isPlain {
            for fact in facts { try output.line(fact.spoken) }
        } else {
            try output.line(title)
            for fact in facts { try output.line(fact.aligned) }
        }
    }
}

extension Tally {
    fileprivate func json(of account: Account, _ member: Member) -> JSON {
        [
            "account": .string(account.name), "you": .string(member.email), "members": JSON(members),
            "roles": JSON(roles), "tokens": JSON(tokens), "flaggedTokens": JSON(flaggedTokens),
            "auditEntries": JSON(auditEntries),
        ]
    }
}
