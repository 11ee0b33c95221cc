package import PatrolDomain

extension ReviewCheck.Fault {
    /// What differs, in one sentence without a full stop.
    package var sentence: SafeText {
        switch self {
        case .otherAccount(let id): "the report is of another account: \(id)"
        case .brokenLog(let sequence, let what): "audit entry \(sequence) does not fit into the log: \(what)"
        case .noEntry(let sequence): "audit entry \(sequence): the log has none of that number"
        case .otherEntry(let sequence): "audit entry \(sequence): its hashes are not those of the report"
        case .otherLog(let sequence): "the log up to entry \(sequence) is not the one that the report was made from"
        case .otherMatter(let sequence): "audit entry \(sequence): it is about something else"
        case .review(let field, let report, let log):
            "the review's \(field): `\(report)` in the report, `\(log)` in the log"
        case .list(let field, let report, let log):
            "the list of tokens, \(field): `\(report)` in the report, `\(log)` in the log"
        case .item(let place, let field, let report, let log):
            "token \(place), \(field): `\(report)` in the report, `\(log)` on record"
        }
    }
}
