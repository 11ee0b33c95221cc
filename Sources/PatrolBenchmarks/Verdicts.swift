/// What Patrol is held to, and whether this run met it.
struct Verdicts {
    private var rows: [[String]] = []

    /// A bound that a figure must not exceed. Not a number: it was not measured.
    mutating func add(_ what: String, _ value: Double, atMost bound: Double, _ words: String) {
        let verdict = value.isFinite && bound.isFinite ? value <= bound ? "met" : "MISSED" : "not measured"
        rows.append([what, shown(value), shown(bound), verdict, words])
    }

    func printAll() {
        guard !rows.isEmpty else { return }
        printTable("Bounds", header: ["what", "measured", "at most", "verdict", "the bound"], rows: rows)
    }

    /// The bounds that hold for one screen of Patrol beside the others of the run.
    mutating func judge(
        _ name: String, _ figure: ScreenFigures, floor: ScreenFigures, vim: ScreenFigures?, idleSeconds: Int
    ) {
        for measure in [Measure.down, .page, .last, .first, .sort, .reverse, .zoom] {
            // What the floor can't do shows another screen, as its page does.
            let same = floor.time(measure).isEmpty ? Measure.page : measure
            let time = figure.time(measure)
            add(
                "\(name): \(measure.rawValue), ms", time.median, atMost: 2 * floor.time(same).median,
                "2 × the floor's \(same.rawValue)")
            add("\(name): \(measure.rawValue), 99th percentile", time.p99, atMost: 16, "16 ms")
        }
        add("\(name): 100 downs, ms", figure.time(.hundred).median, atMost: 40, "40 ms")
        add(
            "\(name): 100 downs, bytes", figure.bytes(.hundred).median, atMost: 10 * figure.bytes(.down).median,
            "ten frames of a down")
        add("\(name): down, bytes", figure.bytes(.down).median, atMost: 400, "400, the median")
        add("\(name): memory, MB", figure.residentMegabytes, atMost: 40, "40 MB resident")
        add("\(name): idle, ms of processor", figure.idleMilliseconds, atMost: Double(idleSeconds) / 60, "1 ms a minute")
        add("\(name): idle, wake-ups", figure.idleSleeps, atMost: Double(idleSeconds), "one a second")
        add("\(name): idle, bytes", figure.idleBytes, atMost: 0, "none")
        guard let vim else { return }
        add("\(name): start, ms", figure.time(.start).median, atMost: vim.time(.start).median, "that of vim -R")
    }

    /// The large account costs what the small one does.
    mutating func compare(_ large: ScreenFigures, to small: ScreenFigures) {
        for measure in Measure.allCases {
            add(
                "large: \(measure.rawValue)", large.time(measure).median, atMost: 1.2 * small.time(measure).median,
                "1.2 × the small account's")
        }
        add("large: memory", large.residentMegabytes, atMost: 1.2 * small.residentMegabytes, "1.2 × the small account's")
    }
}
