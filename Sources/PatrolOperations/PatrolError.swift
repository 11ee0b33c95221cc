package import PatrolDomain
internal import PatrolStorage

/// All that can go wrong at the door besides a refusal, which is not an error but an answer (`Outcome`).
package enum PatrolError: Error, Hashable, Sendable {
    /// The world failed. One line in plain words that says what to do.
    case unavailable(String)
    /// Nothing is known of whether the change was made: it may have been.
    case unknownOutcome(String)
    /// Its end was asked for, and came between two steps. Nothing was changed.
    case stopped
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
        case .stopped: self = .stopped
        case .unknownOutcome(let cause):
            self = .unknownOutcome(
                "the disk failed while the change was being made durable (\(cause.sentence)); "
                    + "look at the audit log before trying again")
        default: self = .unavailable(error.sentence)
        }
    }
}

extension PatrolError {
    /// What went wrong, in one line.
    /// - Parameter refusal: how a refusal is put in words.
    package func words(refusal: (Refusal) -> String) -> String {
        switch self {
        case .unavailable(let words), .unknownOutcome(let words), .notSignedIn(let words), .invalid(let words): words
        case .stopped: "stopped; nothing was changed"
        case .noAccount(let path): "there is no account in `\(path)`; in a shell `patrol init` makes one, and `patrol demo` shows one"
        case .refused(let refused): refusal(refused)
        case .notFound(let kind, let name): "there is no \(kind.rawValue) `\(name)`"
        }
    }
}

extension StorageError {
    /// What went wrong and what to do, in one line.
    fileprivate var sentence: String {
        switch self {
        case .notFound(let path): "there is no account at `\(path)`"
        case .alreadyExists(let path): "`\(path)` exists already; nothing was changed"
        case .notPatrol(let path, let why): "`\(path)` \(why.words); it was not touched"
        case .newer(let found, let known):
            "the account was written by a newer Patrol (schema \(found), this one knows \(known)); "
                + "use that one; nothing was touched"
        case .damaged(let detail): "the database is damaged (\(detail)); restore a backup; nothing was changed"
        case .busy(let holder?): "the account is busy: process \(holder) is writing to it; nothing was changed, try again"
        case .busy(nil): "the account is busy; nothing was changed, try again"
        case .readOnly: "the account can only be read: the file or its disk is read-only; nothing was changed"
        case .full: "the disk is full; nothing was changed"
        case .moved(let path):
            "the database `\(path)` was moved, replaced or deleted while it was open; nothing was changed; start again"
        case .permission(let path, .mode(let mode)):
            "others could get at `\(path)` (mode \(String(mode & 0o777, radix: 8))); run chmod go= on it"
        case .permission(let path, .owner(let user)): "`\(path)` belongs to another user (\(user)); it was not touched"
        case .permission(let path, .denied): "`\(path)` can't be written by this user"
        case .unknownOutcome(let cause): cause.sentence
        case .stopped: "stopped; nothing was changed"
        case .conflict(let detail): "the account changed meanwhile (\(detail)); nothing was changed, try again"
        case .auditBroken(let sequence):
            "audit entry \(sequence) is not what was written; nothing is added to the log until it is looked into"
        case .system(let call, let path, let code): "\(call) `\(path)`: \(Machine.text(of: code))"
        case .sql(let code, let message): "the database refused (\(code)): \(message)"
        }
    }
}

extension StorageError.NotPatrol {
    fileprivate var words: String {
        switch self {
        case .folder: "is a folder"
        case .symbolicLink: "is a symbolic link; name the file itself"
        case .special: "is not a plain file"
        case .empty: "is empty; remove it and run patrol init"
        case .notADatabase: "is not a database"
        case .foreign: "is another program's database"
        }
    }
}
