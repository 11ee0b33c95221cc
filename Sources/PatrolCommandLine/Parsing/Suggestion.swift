/// Guesses what a mistyped word was to be.
enum Suggestion {
    /// The candidate that differs by fewest letters, if by no more than a third of them.
    static func nearest(to word: String, in candidates: [String]) -> String? {
        let letters = Array(word.utf8.prefix(40))
        let limit = max(1, letters.count / 3)
        let near = candidates.map { (candidate: $0, distance: distance(letters, Array($0.utf8))) }
        return near.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.candidate
    }

    /// How many letters have to be added, taken away or replaced (Levenshtein), by rows.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (place, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for (column, other) in right.enumerated() {
                let cost = letter == other ? diagonal : diagonal + 1
                diagonal = row[column + 1]
                row[column + 1] = min(cost, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
