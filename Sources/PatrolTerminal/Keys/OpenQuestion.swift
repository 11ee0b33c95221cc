/// A question to the terminal that may still be answered: not every terminal does, and what is typed later is typed.
struct OpenQuestion {
    /// Longer than the way there and back takes over a slow line.
    static let milliseconds = 1_500

    private var askedAt: Int?

    mutating func ask(at now: Int) { askedAt = now }

    mutating func close() { askedAt = nil }

    func isOpen(at now: Int) -> Bool { askedAt.map { now - $0 < Self.milliseconds } ?? false }
}
