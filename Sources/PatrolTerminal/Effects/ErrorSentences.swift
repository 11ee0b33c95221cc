import PatrolDomain
import PatrolOperations
import PatrolPresentation

extension PatrolError {
    /// What went wrong, in one line.
    var sentence: String {
        switch self {
        case .unavailable(let words), .unknownOutcome(let words), .notSignedIn(let words), .invalid(let words): words
        case .noAccount(let path):
            "there is no account at `\(path)`; `patrol init` makes one, `patrol demo` shows one"
        case .refused(let refusal): refusal.sentence.text
        case .notFound(let kind, let name): "there is no \(kind.words.text) `\(name)`"
        }
    }
}
