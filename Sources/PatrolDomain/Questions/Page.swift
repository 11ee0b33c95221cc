/// A place in a list: the sort key and number of one row. Only storage makes and reads one.
package struct PageCursor: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case integer(Int64)
        case text(String)
    }

    package let values: [Value]

    package init(_ values: [Value]) { self.values = values }
}

/// Which part of a list is wanted. A page costs the same wherever in the list it begins.
package struct PageRequest: Hashable, Sendable {
    package enum Start: Hashable, Sendable {
        case first
        case last
        case after(PageCursor)
        case before(PageCursor)
        /// From this row on, or what comes after it where it is gone.
        case from(PageCursor)
    }

    /// The largest page.
    package static let maximumLimit = 500

    package var start: Start
    /// Rows wanted, 1 to `maximumLimit`.
    package var limit: Int
    /// Rows to look at, at most, in search of those a filter wants: keeps a rare match from
    /// holding up the screen. The page then ends early and says where to go on.
    package var scanLimit: Int
    /// Of these, rows of the list itself to look at before an index of the filter's terms is asked: some 2 ms.
    package var lookLimit: Int

    package init(_ start: Start = .first, limit: Int, scanLimit: Int = 8_000, lookLimit: Int = 2_000) {
        self.lookLimit = lookLimit
        self.start = start
        self.limit = limit
        self.scanLimit = scanLimit
    }
}

/// Some rows of a list, in the order of the list.
package struct Page<Row: Hashable & Sendable>: Hashable, Sendable {
    package struct Item: Hashable, Sendable {
        package var row: Row
        package var cursor: PageCursor

        package init(_ row: Row, cursor: PageCursor) {
            self.row = row
            self.cursor = cursor
        }
    }

    package var items: [Item]
    package var hasBefore: Bool
    package var hasAfter: Bool
    /// Where the search stopped, if it looked at `scanLimit` rows without filling the page.
    package var resume: PageCursor?
    /// Rows that were looked at for it.
    package var lookedAt: Int

    package init(
        items: [Item], hasBefore: Bool = false, hasAfter: Bool = false, resume: PageCursor? = nil,
        lookedAt: Int = 0
    ) {
        self.lookedAt = lookedAt
        self.items = items
        self.hasBefore = hasBefore
        self.hasAfter = hasAfter
        self.resume = resume
    }
}
