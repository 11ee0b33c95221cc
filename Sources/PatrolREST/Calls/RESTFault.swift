internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolPresentation

/// Why a call is not answered as it was meant: a status, a stable code, a sentence, and what more is known.
struct RESTFault: Error {
    var status: Int
    var code: String
    var message: String
    var fields: [(String, String)] = []
    var more: [JSONMember] = []

    init(_ status: Int, _ code: String, _ message: String, more: [JSONMember] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.more = more
    }

    static let notFound = RESTFault(404, "not_found", "Invalid resource identifier")

    static func invalid(_ message: String) -> RESTFault { RESTFault(400, "invalid_request", message) }

    /// A patch that does not fit what it is for.
    static func unprocessable(_ message: String) -> RESTFault { RESTFault(422, "patch_failed", message) }

    static func changedMeanwhile(_ message: String) -> RESTFault {
        RESTFault(409, "optimistic_locking_error", message)
    }

    static func methodNotAllowed(_ allowed: [Method]) -> RESTFault {
        var fault = RESTFault(405, "method_not_allowed", "this method is not offered here")
        fault.fields = [("Allow", allowed.map(\.rawValue).joined(separator: ", "))]
        return fault
    }

    var answer: RESTAnswer {
        let body = JSON.object([JSONMember("code", .string(code)), JSONMember("message", .string(message))] + more)
        return RESTAnswer(status: status, json: body, fields: fields)
    }
}

extension RESTFault {
    init(_ error: PatrolError) {
        switch error {
        case .notFound: self = .notFound
        case .invalid(let words): self = .invalid(words)
        case .refused, .notSignedIn: self.init(401, "unauthorized", "Invalid access token")
        case .unavailable, .unknownOutcome, .stopped, .noAccount:
            self.init(503, "service_unavailable", error.words { $0.sentence.text })
            fields = [("Retry-After", "1")]
        }
    }

    /// A refusal, in the terms of the API: it names the action and the resource, and what decided.
    init(_ refusal: Refusal, _ entry: AuditEntry, _ caller: TokenSession) {
        self.init(refusal.status, refusal.word, refusal.sentence.text)
        more.append(JSONMember("id", .string(entry.supportID)))
        guard status == 403 else {
            if case .emailInUse(let email) = refusal { more.append(JSONMember("invalid_emails", [.string(email)])) }
            return
        }
        more.append(
            JSONMember("access", ["action": .string(entry.action), "resource": .string(entry.resource)]))
        guard case .notPermitted(_, let reason) = refusal else { return }
        message = "Access to the requested resource was denied: \(refusal.sentence.text)"
        more.append(JSONMember("reason", AccessReason(caller.authority).json(isAllowed: false, reason)))
    }
}

extension Refusal {
    fileprivate var status: Int {
        switch self {
        case .actorNotInForce: 401
        case .notPermitted, .ownRoles, .ownRemoval, .ownerIsFixed, .ownerRoleNotGivable, .adminRoleNotGivable,
            .readerTokensOnly, .secretOfAnother, .secretBeyondOwnRights, .secretUndecided, .roleOfOwn, .inPersonOnly,
            .nobodyBehindToken, .scopeBeyondToken, .adoptionForAnother, .accountWideByAdminOnly:
            403
        case .notFound: 404
        case .changedMeanwhile, .decidedMeanwhile, .keyInUse, .nameInUse, .roleHeld: 409
        default: 400
        }
    }

    fileprivate var word: String {
        switch self {
        case .emailInUse: "email_already_exists_in_account"
        case .changedMeanwhile, .decidedMeanwhile: "optimistic_locking_error"
        default:
            switch status {
            case 401: "unauthorized"
            case 403: "forbidden"
            case 404: "not_found"
            case 409: "conflict"
            default: "invalid_request"
            }
        }
    }
}

extension AuditEntry {
    /// The entry's id as it is told to people: five groups of hexadecimal digits.
    var supportID: String {
        let text = id
        var groups: [String] = []
        var start = text.startIndex
        for length in [8, 4, 4, 4, 12] {
            let end = text.index(start, offsetBy: length, limitedBy: text.endIndex) ?? text.endIndex
            groups.append(String(text[start..<end]))
            start = end
        }
        return groups.joined(separator: "-")
    }

    /// The entry's id in the API: its operation in hexadecimal digits.
    var id: String {
        operation.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
