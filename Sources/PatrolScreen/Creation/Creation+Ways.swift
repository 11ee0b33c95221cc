import PatrolDomain
import PatrolPresentation

// The ranking of what covers the need: what each way gives beyond it, in words and number.

extension Creation {
    func waysPage(_ account: AccountView?) -> Page {
        let byID = Dictionary((roles ?? []).map { ($0.id, $0) }) { first, _ in first }
        let ranking = RoleRanking(need: need, roles: roles ?? [], creator: account?.authority, catalogue: catalogue) {
            account.scope($0, roles: byID)
        }
        let items = ranking.candidates.enumerated().map { place, candidate in
            Chooser.Item("\(place)", candidate.way.words, note: candidate.excess.words)
        }
        return .ways(Chooser(items), ranking)
    }

    static func headLines(of ranking: RoleRanking) -> [Line] {
        if ranking.isEmpty { return [Line("This allows nothing, so every role would cover it.", .warning)] }
        var lines = [Line("How? Those that give the least beyond it come first.", .strong)]
        var rest: [String] = []
        if !ranking.misses.isEmpty { rest.append("\(Count.of(ranking.misses.count, "role").text) too small") }
        if !ranking.undecided.isEmpty { rest.append("\(Count.number(ranking.undecided.count).text) undecided") }
        if ranking.pairsLeftOut > 0 { rest.append("\(Count.of(ranking.pairsLeftOut, "pair").text) of roles not tried") }
        if !rest.isEmpty { lines.append(Line(SafeText(rest.joined(separator: ", ")), .muted)) }
        return lines
    }

    /// The list, then what the way under the cursor gives beyond the need, then what is withheld of the need itself.
    func lines(of chooser: Chooser, _ ranking: RoleRanking, columns: Int, rows: Int) -> FormLines {
        let hasQuery = chooser.items.count > 8
        var foot: [Line] = []
        if let withheld = ranking.withheldSentence {
            foot = [.blank] + withheld.wrapped(to: columns).prefix(3).map { Line($0, .warning) }
        }
        let wanted = chooser.shown.count + (hasQuery ? 2 : 0)
        let listRows = max(3, min(wanted, rows - foot.count - Self.leastDetail))
        var result = list(chooser, columns: columns, rows: listRows, hasQuery: hasQuery)
        while result.lines.count < listRows { result.lines.append(.blank) }
        let room = rows - result.lines.count - foot.count - 1
        if room > 0, let place = chooser.current.flatMap({ Int($0.id) }), ranking.candidates.indices.contains(place) {
            let detail = Self.detail(of: ranking.candidates[place], ranking).flatMap { $0.wrapped(to: columns) }
            result.lines.append(.blank)
            result.lines += detail.count > room ? detail.prefix(room - 1) + [Line("  …", .muted)] : detail
        }
        result.lines += foot
        return result
    }

    /// How many rows tell of the way under the cursor, if there are so many.
    private static let leastDetail = 7

    private static func detail(of candidate: RoleRanking.Candidate, _ ranking: RoleRanking) -> [Line] {
        if case .inline(let policy) = candidate.way {
            return [Line("Exactly this, and nothing more:", .strong)] + policy.sentences.map { Line("  " + $0) }
        }
        guard let example = candidate.excess.example else {
            return [Line("Exactly what is needed, and nothing more.", .clean)]
        }
        // What changes most stands first.
        let changes = candidate.excess.parts.map { part in (part, part.actions.count { !$0.isView }) }
        let parts = changes.sorted { $0.1 > $1.1 }.map { Line("  " + $0.0.sentence, .muted) }
        return [Line("Covers it; ", .strong).adding(example, .warning)] + parts
    }
}
