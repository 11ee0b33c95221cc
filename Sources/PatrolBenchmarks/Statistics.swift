/// Measured values, in milliseconds unless said otherwise.
struct Sample {
    var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var isEmpty: Bool { values.isEmpty }
    var median: Double { percentile(50) }
    var p99: Double { percentile(99) }
    var least: Double { values.min() ?? .nan }

    /// The nearest rank; not a number when nothing was measured.
    func percentile(_ percent: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        let rank = (percent / 100 * Double(values.count)).rounded(.up)
        return values.sorted()[max(0, min(values.count - 1, Int(rank) - 1))]
    }
}

/// Numbers as a table shows them: `0.72`, `12.3`, `1840`, `–` for what was not measured.
func shown(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let digits = value.magnitude < 10 ? 2 : value.magnitude < 100 ? 1 : 0
    let scale = digits == 2 ? 100.0 : digits == 1 ? 10 : 1
    let rounded = (value * scale).rounded() / scale
    guard digits > 0 else { return String(Int(rounded)) }
    var text = String(rounded)
    let decimals = text.split(separator: ".").last?.count ?? 0
    text += String(repeating: "0", count: max(0, digits - decimals))
    return text
}

/// Prints columns of equal width, the first to the left, the others to the right.
func printTable(_ title: String, header: [String], rows: [[String]]) {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    print("\n\(title)")
    for row in all {
        let cells = row.enumerated().map { column, text in
            let space = String(repeating: " ", count: widths[column] - text.count)
            return column == 0 ? text + space : space + text
        }
        print(cells.joined(separator: "  "))
    }
}
