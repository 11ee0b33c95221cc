import PatrolDomain
import PatrolPresentation
@testable import PatrolScreen
import Testing

@Suite struct `Known use in the detail` {
    private func text(_ windows: [UseWindow], use: [UseOfDay]) -> String {
        var row = Sample.tokens[4]
        row.token.useKnownUntil = Sample.now
        let start = Sample.now - .days(90)
        let detail = TokenDetail(
            row: row, owner: nil, scope: Authority(of: row.token.scope, roles: [:], owner: nil, teams: []),
            behind: nil, findings: [], secrets: [], use: use, recentNetworks: 0,
            coverage: UseCoverage(of: row.token, windows: windows, from: start, to: Sample.now))
        var text = DetailText(columns: 100, times: Times(now: Sample.now), keys: .standard)
        text.describe(detail, reach: nil, history: [])
        return text.lines.map { $0.runs.map(\.text.text).joined() }.joined(separator: "\n")
    }

    private func window(_ start: Int, _ end: Int) -> UseWindow {
        UseWindow(start: Sample.now - .days(start), end: Sample.now - .days(end), source: "log")
    }

    private let use = [
        UseOfDay(day: Sample.now.startOfDay, action: Action("viewProject"), allowed: 5, denied: 0)
    ]

    /// That something was never used needs all of its use.
    @Test func `a gap is told, and then nothing is said to be never used`() {
        let text = text([window(100, 41), window(38, 0)], use: use)
        #expect(text.contains("known 87 of 90 days; gap of 3 d from"))
        #expect(!text.contains("Never used"))
    }

    @Test func `without a gap it is told what was never used`() {
        let text = text([window(100, 0)], use: use)
        #expect(!text.contains("gap") && text.contains("Never used") && text.contains("deleteFlag"))
    }

    @Test func `where nothing is on record, nothing is counted`() {
        #expect(text([], use: []).contains("nothing is counted here"))
        #expect(text([window(50, 0)], use: []).contains("none was counted"))
    }
}
