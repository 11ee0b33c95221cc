/// What a click on a part of the screen is about.
enum Hit: Hashable, Sendable {
    case tab(Pane)
    /// The rule or an empty part of a list.
    case pane(Pane)
    case row(Pane, place: Int)
    /// The title of a column, by its place.
    case column(Pane, Int)
    case detail
    case hint(Intent)
    /// As if this key was pressed.
    case key(Key)
    /// A row of the list in the dialog on top, among so many.
    case choice(row: Int, of: Int)
    case cancelButton
    case goButton
    case resultsButton
    /// The dialog itself: nothing behind it is meant.
    case dialog
}

/// Where things were drawn: the last one drawn is on top.
struct HitAreas: Hashable, Sendable {
    private(set) var areas: [Area] = []

    struct Area: Hashable {
        var rect: Rect
        var hit: Hit
    }

    mutating func add(_ hit: Hit, _ rect: Rect) { areas.append(Area(rect: rect, hit: hit)) }

    func hit(at position: Position) -> Hit? { areas.last { $0.rect.contains(position) }?.hit }

    /// The nearest thing below what is on top there that a wheel turns: a list or the detail.
    func scrollable(at position: Position) -> Hit? {
        areas.last { area in
            guard area.rect.contains(position) else { return false }
            return switch area.hit {
            case .pane, .detail, .dialog: true
            default: false
            }
        }?.hit
    }
}

extension Rect {
    func contains(_ position: Position) -> Bool {
        (row..<row + max(0, rows)).contains(position.row) && (column..<column + max(0, columns)).contains(position.column)
    }
}
