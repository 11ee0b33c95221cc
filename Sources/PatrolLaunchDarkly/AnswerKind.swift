package import PatrolJSON

/// The lists of LaunchDarkly's REST API that make up an account, in the order in which they are read:
/// what others point at comes first.
package enum AnswerKind: String, CaseIterable, Hashable, Sendable {
    case roles, teams, members, tokens
    case auditLog = "auditlog"

    /// Which list a file holds, by its name: `tokens.json`, `tokens-2.json`. Nil for other files.
    package init?(fileName: String) {
        guard fileName.hasSuffix(".json"),
            let kind = Self.allCases.first(where: { fileName.hasPrefix($0.rawValue) })
        else { return nil }
        self = kind
    }

    /// How many entries a page has that Patrol writes; `GET /auditlog` never answers more than 20.
    package var pageSize: Int { self == .auditLog ? 20 : 50 }

    /// `members-0001.json`, from page 1 on.
    package func fileName(page: Int) -> String {
        let number = String(page)
        let zeros = String(repeating: "0", count: max(0, 4 - number.utf8.count))
        return "\(rawValue)-\(zeros)\(number).json"
    }

    /// Where the list stands in the API.
    var path: String { "/api/v2/\(rawValue)" }
}

/// Why a file can't be read at all. Nothing of a reading is used then.
package struct AnswerFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case json(JSONFault.Reason)
        /// Neither a list nor an object with a list `items`.
        case noItems
        /// An entry that is not an object.
        case entryIsNotAnObject
    }

    package let file: String
    /// From 1.
    package let line: Int
    package let column: Int
    package let reason: Reason

    /// `tokens-2.json, line 3, column 9: not valid JSON`. The file's name is as it came.
    package var description: String { "\(file), line \(line), column \(column): \(words)" }

    private var words: String {
        switch reason {
        case .json(let reason): reason.words
        case .noItems: "a list of entries is expected, alone or as `items` of an object"
        case .entryIsNotAnObject: "an entry is an object"
        }
    }
}
