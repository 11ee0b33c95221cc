/// The figures side by side, and beside each what it is of the floor's.
struct Report {
    var contenders: [Contender]
    var figures: [ScreenFigures]

    func printAll() {
        printScreens()
        printCosts()
        for (contender, figure) in zip(contenders, figures) {
            if let failure = figure.failure { print("\(contender.name): \(failure)") }
        }
    }

    private var floor: ScreenFigures { figures[0] }

    private func printScreens() {
        let columns: [(String, (ScreenFigures) -> Double)] = [
            ("start", { $0.start.median }), ("down", { $0.down.median }), ("p99", { $0.down.p99 }),
            ("page", { $0.page.median }), ("p99", { $0.page.p99 }), ("detail", { $0.detail.median }),
            ("p99", { $0.detail.p99 }), ("100 downs", { $0.burst.median }),
        ]
        printTable(
            "Milliseconds (and times the floor's of this run); medians, and the 99th percentile",
            header: ["program"] + columns.map(\.0),
            rows: rows { figure in
                columns.map { "\(shown($0.1(figure))) (\(shown($0.1(figure) / $0.1(floor)))×)" }
            })
    }

    private func printCosts() {
        printTable(
            "Bytes sent; memory in MB; ten idle seconds",
            header: [
                "program", "start B", "down B", "page B", "100 downs B", "RSS", "PSS", "idle CPU ms", "wake-ups",
                "idle B",
            ],
            rows: rows { figure in
                [
                    figure.startBytes.median, figure.downBytes.median, figure.pageBytes.median,
                    figure.burstBytes.median, figure.residentMegabytes, figure.proportionalMegabytes,
                    figure.idleMilliseconds, figure.idleSleeps, figure.idleBytes,
                ].map(shown)
            })
    }

    private func rows(_ cells: (ScreenFigures) -> [String]) -> [[String]] {
        zip(contenders, figures).map { [$0.name] + cells($1) }
    }
}
