import PatrolScreen

/// Tells double clicks: a second one at the same place within a moment.
struct Clicks {
    /// As long as most desktops take by default.
    static let doubleMilliseconds = 400

    private var last: (position: Position, at: Int)?

    mutating func take(_ event: MouseEvent, at now: Int) -> MouseEvent {
        guard event.kind == .click else { return event }
        if let last, last.position == event.position, now - last.at <= Self.doubleMilliseconds {
            self.last = nil
            return MouseEvent(.doubleClick, at: event.position)
        }
        last = (event.position, now)
        return event
    }
}
