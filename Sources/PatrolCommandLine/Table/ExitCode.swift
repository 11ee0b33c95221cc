/// What the process ends with. The help lists them.
package enum ExitCode: Int32, CaseIterable, Hashable, Sendable {
    /// Done, or allowed.
    case done = 0
    /// Refused or denied, or the question was answered with no.
    case refused = 1
    /// The line, or what was read, can't be understood.
    case usage = 2
    /// Something that the line names is not there.
    case notFound = 3
    /// The account, a file or the output can't be reached.
    case unavailable = 4
    /// Stopped by Ctrl-C or SIGTERM, between two steps.
    case stopped = 130

    var summary: String {
        switch self {
        case .done: "done, or allowed"
        case .refused: "refused or denied, or not confirmed"
        case .usage: "the line, or what was read, can't be understood"
        case .notFound: "something that the line names is not there"
        case .stopped: "stopped by Ctrl-C or SIGTERM; nothing was changed"
        case .unavailable: "the account, a file or the output can't be reached"
        }
    }
}
