package import PatrolDomain

extension Statement {
    /// `allow updateOn, updateTargets on proj/web:env/*:flag/*`
    package var sentence: SafeText { "\(effect.rawValue) \(actionWords) on \(resourceWords)" }

    private var actionWords: String {
        switch actions {
        case .matching(let patterns): Self.list(patterns.map(\.text), all: "everything")
        case .notMatching(let patterns):
            "everything but \(patterns.map(\.text).joined(separator: ", "))"
        }
    }

    private var resourceWords: String {
        switch resources {
        case .matching(let patterns): Self.list(patterns.map(\.text), all: "every resource")
        case .notMatching(let patterns):
            "every resource but \(patterns.map(\.text).joined(separator: ", "))"
        }
    }

    private static func list(_ patterns: [String], all: String) -> String {
        patterns == ["*"] ? all : patterns.joined(separator: ", ")
    }
}

extension Policy {
    /// One sentence a statement.
    package var sentences: [SafeText] { statements.map(\.sentence) }
}
