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
    /// Standard output is gone. Nothing more can be said there.
    case outputLost(errno: Int32)

    var code: ExitCode {
        switch self {
        case .usage, .input: .usage
        case .refused: .refused
        case .notFound: .notFound
        case .unavailable, .outputLost: .unavailable
        }
    }

    /// Nil where there is nothing worth saying: whoever read the output has had enough.
    var sentence: String? {
        switch self {
        case .usage(let fault): fault.sentence
        case .input(let text), .refused(let text), .notFound(let text), .unavailable(let text): text
        case .outputLost(let errno):
            SystemError.isBrokenPipe(errno) ? nil : "standard output can't be written: \(SystemError.words(errno))"
        }
    }
}

extension CommandFailure {
    init(_ error: PatrolError) {
        switch error {
        case .unavailable(let why): self = .unavailable(why)
        case .unknownOutcome(let why):
            self = .unavailable("\(why); whether the change was made, `patrol audit list` tells")
        case .noAccount(let path):
            self = .unavailable("there is no account in `\(path)`; `patrol init` makes one, `patrol demo` shows one")
        case .notSignedIn(let why): self = .refused(why)
        case .refused(let refusal): self = .refused("refused: \(refusal.sentence.text)")
        case .notFound(let kind, let name):
            self = .notFound("there is no \(kind.words.text) `\(name)`")
        case .invalid(let why): self = .input(why)
        }
    }
}
