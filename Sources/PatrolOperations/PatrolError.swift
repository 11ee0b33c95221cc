package import PatrolDomain
internal import PatrolStorage

/// All that can go wrong at the door besides a refusal, which is not an error but an answer (`Outcome`).
package enum PatrolError: Error, Hashable, Sendable {
    /// The world failed. One line in plain words that says what to do.
    case unavailable(String)
    /// Nothing is known of whether the change was made: it may have been.
    case unknownOutcome(String)
    /// There is no account at this path yet.
    case noAccount(path: String)
    /// Who signs in is not a member in force.
    case notSignedIn(String)
    /// A refusal before there is an account to record it in.
    case refused(Refusal)
    /// Whatever the word names is not there.
    case notFound(AuditTarget.Kind, String)
    /// What was asked for makes no sense; in one line.
    case invalid(String)
}

extension PatrolError {
    init(_ error: StorageError) {
        switch error {
        case .notFound(let path): self = .noAccount(path: path)
        case .unknownOutcome: self = .unknownOutcome(error.sentence)
        default: self = .unavailable(error.sentence)
        }
    }
}
