import PatrolDomain
import PatrolPresentation
import Testing

@Suite struct `Known use in words` {
    /// 2026-11-24 06:00 UTC.
    static let now = Timestamp(milliseconds: 1_795_500_000_000)

    /// - Parameter windows: From and to, in hours before now.
    private func words(_ windows: [(Int, Int)], days: Int = 90) -> String {
        let windows = windows.map {
            UseWindow(start: Self.now - .hours($0.0), end: Self.now - .hours($0.1), source: "log")
        }
        let coverage = UseCoverage(of: windows, from: Self.now - .days(days), to: Self.now)
        return coverage.words(now: Self.now).text
    }

    @Test(arguments: [
        ([(2_400, 0)], "all of the last 90 days"), ([], "nothing of the last 90 days"),
        ([(2_400, 984), (912, 0)], "87 of 90 days; gap of 3 d from 14 Oct"),
        ([(2_400, 480), (470, 240), (120, 0)], "85 of 90 days; gap of 10 h from 4 Nov; gap of 5 d from 14 Nov"),
        ([(2_400, 480), (470, 240), (120, 24), (22, 0)],
            "85 of 90 days; gap of 10 h from 4 Nov; gap of 5 d from 14 Nov; 1 shorter gap"),
        ([(480, 0)], "20 of 90 days; gap of 70 d from 26 Aug"),
    ] as [([(Int, Int)], String)])
    func `it says how much, and where the longest gaps are`(windows: [(Int, Int)], expected: String) {
        #expect(words(windows) == expected)
    }

    @Test func `what is missing for less than an hour is no gap`() {
        let half = TimeSpan.minutes(50)
        let windows = [
            UseWindow(start: Self.now - .days(9), end: Self.now - .days(3), source: "log"),
            UseWindow(start: Self.now - .days(3) + half, end: Self.now - half, source: "log"),
        ]
        let coverage = UseCoverage(of: windows, from: Self.now - .days(7), to: Self.now)
        #expect(coverage.words(now: Self.now).text == "all of the last 7 days")
        #expect(coverage.gaps.count == 2 && coverage.notableGaps.isEmpty)
    }

    @Test func `one day is one day`() {
        #expect(words([(48, 0)], days: 1) == "all of the last day")
    }
}
