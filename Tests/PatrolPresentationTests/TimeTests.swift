import PatrolDomain
@testable import PatrolPresentation
import Testing

@Suite struct `Times in words` {
    static let now = Timestamp(milliseconds: 1_795_500_000_000)

    @Test(arguments: [
        (0, "just now"), (59_000, "just now"), (-59_000, "just now"), (60_000, "1 min ago"), (180_000, "3 min ago"),
        (3_600_000, "1 h ago"), (86_400_000, "1 d ago"), (90 * 86_400_000, "90 d ago"),
        (200 * 86_400_000, "6 mo ago"), (800 * 86_400_000, "2 y ago"), (-12 * 86_400_000, "in 12 d"),
        (-90_000, "in 1 min"),
    ] as [(Int64, String)])
    func `relative`(span: Int64, words: String) {
        #expect(TimeText.relative(Timestamp(milliseconds: Self.now.milliseconds - span), now: Self.now).text == words)
    }

    @Test func `absolute, in UTC`() {
        #expect(TimeText.absolute(Self.now).text == "2026-11-24 06:00")
        #expect(TimeText.clockWithSeconds(Self.now + TimeSpan(milliseconds: 12_345)).text == "06:00:12")
        #expect(TimeText.machine(Self.now).text == "2026-11-24T06:00:00Z")
    }

    @Test(arguments: [
        ("2026-11-24T05:57:12Z", "05:57:12"), ("2026-11-23T05:57:12Z", "23 Nov 05:57"),
        ("2025-11-24T05:57:12Z", "2025-11-24"), ("2026-01-02T00:00:00Z", "02 Jan 00:00"),
    ])
    func `a stamp fits its column`(moment: String, words: String) throws {
        let stamp = TimeText.stamp(try #require(Timestamp(iso8601: moment)), now: Self.now)
        #expect(stamp.text == words)
        #expect(stamp.width <= 12)
    }

    @Test(arguments: [
        ("2027-01-31", "2027-01-31T23:59:59Z"), ("30d", "2026-12-24T06:00:00Z"), ("12h", "2026-11-24T18:00:00Z"),
        ("6w", "2027-01-05T06:00:00Z"), ("1y", "2027-11-24T06:00:00Z"), ("2028-02-29", "2028-02-29T23:59:59Z"),
    ])
    func `what people write for a moment`(text: String, wanted: String) throws {
        #expect(try TimeParsing.moment(text, now: Self.now).iso8601 == wanted)
    }

    @Test(arguments: [
        ("", TimeParsing.Fault.notADate), ("soon", .notADate), ("2027-1-31", .notADate), ("2027-02-30", .noSuchDay),
        ("2027-13-01", .noSuchDay), ("99999y", .outOfRange), ("-3d", .notADate), ("3.5d", .notADate),
        ("2027-01-31T00", .notADate),
    ])
    func `what is no moment`(text: String, fault: TimeParsing.Fault) {
        #expect(throws: fault) { try TimeParsing.moment(text, now: Self.now) }
    }
}

@Suite struct `Numbers` {
    @Test(arguments: [(0, "0"), (999, "999"), (1_204, "1,204"), (1_234_567, "1,234,567"), (-1_204, "-1,204")])
    func `with commas`(number: Int, words: String) { #expect(Count.number(number).text == words) }

    @Test(arguments: [(950, "950"), (1_250, "1.2k"), (34_567, "34k"), (5_600_000, "5.6M"), (34_000_000, "34M")])
    func `in narrow columns`(number: Int, words: String) { #expect(Count.short(number).text == words) }

    @Test func `with their things`() {
        #expect(Count.of(1, "token").text == "1 token" && Count.of(2, "token").text == "2 tokens")
    }

    @Test func `as a plot, where any use is seen`() {
        #expect(Plot.sparkline([0, 1, 100]).text == "·▁█")
        #expect(Plot.sparkline([0, 0]).text == "··")
        #expect(Plot.sparkline([]).isEmpty)
        #expect(Plot.heat([0, 1, 50, 100]).text == "·░▓█")
        #expect(Plot.columns([0, 1, 8, 16], rows: 2).map(\.text) == ["   █", " ▁██"])
        #expect(Plot.grouped([9, 1, 2, 3, 4], most: 2).sums == [9])
        #expect(Plot.bar(1, of: 1_000, cells: 4).text == "█░░░")
        #expect(Plot.bar(999, of: 1_000, cells: 4).text == "███░")
        #expect(Plot.bar(0, of: 0, cells: 2).text == "░░")
    }
}

@Suite struct `Tables` {
    static let columns = [
        TableColumn("Name", minimum: 10, ideal: 20, growth: 1), TableColumn("Owner", minimum: 8, ideal: 12, rank: 1),
        TableColumn("Note", minimum: 6, ideal: 6, rank: 2),
    ]

    @Test func `columns and gaps fill the room exactly where something grows`() {
        for total in 28...120 {
            let widths = TableLayout(Self.columns, total: total).widths.compactMap(\.self)
            #expect(widths.reduce(0, +) + 2 * (widths.count - 1) == total, "\(total): \(widths)")
        }
    }

    @Test func `who claims room has it before what matters less is shown, and before others grow`() {
        var columns = Self.columns
        columns[0].claim = .init(cells: 18, rank: 2)
        #expect(TableLayout(columns, total: 28).widths == [18, 8, nil])
        #expect(TableLayout(columns, total: 36).widths == [18, 8, 6])
        #expect(TableLayout(columns, total: 38).widths == [20, 8, 6])
        #expect(TableLayout(columns, total: 15).widths == [15, nil, nil])
        for total in 0...120 {
            let widths = TableLayout(columns, total: total).widths.compactMap(\.self)
            #expect(widths.reduce(0, +) + 2 * (widths.count - 1) <= total, "\(total): \(widths)")
        }
    }

    @Test func `what matters least goes first, and something always stays`() {
        #expect(TableLayout(Self.columns, total: 27).widths[2] == nil)
        #expect(TableLayout(Self.columns, total: 15).widths == [15, nil, nil])
        #expect(TableLayout(Self.columns, total: 4).widths == [4, nil, nil])
        #expect(TableLayout(Self.columns, total: 0).widths == [0, nil, nil])
    }
}
