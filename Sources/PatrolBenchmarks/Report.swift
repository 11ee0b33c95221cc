/// The figures side by side, and beside each what it is of the floor's.
struct Report {
    var contenders: [Contender]
    var figures: [ScreenFigures]
    var idleSeconds: Int

    func printAll() {
        printTimes()
        printBytes()
        printCosts()
        for (contender, figure) in zip(contenders, figures) {
            if let failure = figure.failure { print("\(contender.name): \(failure)") }
        }
    }

    private var floor: ScreenFigures { figures[0] }

    private func printTimes() {
        let rows = zip(contenders, figures).map { contender, figure in
            [contender.name]
                + Measure.allCases.map { measure in
                    let (time, least) = (figure.time(measure), floor.time(measure))
                    guard !time.isEmpty else { return "–" }
                    let ratio = least.isEmpty ? "" : " (\(shown(time.median / least.median))×)"
                    return "\(shown(time.median)) / \(shown(time.p99))\(ratio)"
                }
        }
        printTable(
            "Milliseconds from the key to the last byte: median / 99th percentile (and the median in times the floor's)",
            header: ["program"] + Measure.allCases.map(\.rawValue), rows: rows)
    }

    private func printBytes() {
        let rows = zip(contenders, figures).map { contender, figure in
            [contender.name]
                + Measure.allCases.map { measure in
                    let bytes = figure.bytes(measure)
                    return bytes.isEmpty ? "–" : "\(shown(bytes.median)) / \(shown(bytes.percentile(90)))"
                }
        }
        printTable(
            "Bytes sent: median / 90th percentile", header: ["program"] + Measure.allCases.map(\.rawValue), rows: rows)
    }

    private func printCosts() {
        let rows = zip(contenders, figures).map { contender, figure in
            [contender.name]
                + [
                    figure.residentMegabytes, figure.proportionalMegabytes, figure.idleMilliseconds, figure.idleSleeps,
                    figure.idleBytes,
                ].map(shown)
        }
        printTable(
            "Memory in MB, all processes of the program added up; \(idleSeconds) idle seconds",
            header: ["program", "RSS", "PSS", "CPU ms", "wake-ups", "bytes"], rows: rows)
    }
}
