import PatrolDomain
import PatrolOperations
import PatrolPresentation

/// Why a command ended without doing what was asked: one sentence, and the code to end with.
enum CommandFailure: Error, Hashable, Sendable {
    case usage(UsageFault)
    /// What was read (a policy, a file, a batch) can't be understood.
    case input(String)
    /// Refused by the rules, or denied by the person who was asked.
    case refused(String)
    case notFound(String)
    case unavailable(String)
    /// By a signal, between two steps.
    case stopped(String)
    /// Standard output is gone. Nothing more can be said there.
    case outputLost(errno: Int32)

    var code: ExitCode {
        switch self {
        case .usage, .input: .usage
        case .refused: .refused
        case .notFound: .notFound
        case .unavailable, .outputLost: .unavailable
        case .stopped: .stopped
        }
    }

    /// Nil where there is nothing worth saying: whoever read the output has had enough.
    var sentence: String? {
        switch self {
        case .usage(let fault): fault.sentence
        case .input(let text), .refused(let text), .notFound(let text), .unavailable(let text),
            .stopped(let text): text
        case .outputLost(let errno):
            SystemError.isBrokenPipe(errno) ? nil : "standard output can't be written: \(SystemError.words(errno))"
        }
    }
}

extension CommandFailure {
    init(_ error: PatrolError) {
        let words = error.words { "refused: \($0.sentence.text)" }
        self =
            switch error {
            case .unavailable, .unknownOutcome, .noAccount: .unavailable(words)
            case .notSignedIn, .refused: .refused(words)
            case .notFound: .notFound(words)
            case .invalid: .input(words)
            case .stopped: .stopped(words)
            }
    }
}
