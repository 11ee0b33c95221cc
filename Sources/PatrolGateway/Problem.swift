internal import PatrolHTTP
internal import PatrolJSON

/// A problem as RFC 9457 writes it: `application/problem+json`.
struct Problem {
    enum Kind: String {
        case tokenMissing = "token-missing"
        case requestMalformed = "request-malformed"
        case tokenUnknown = "token-unknown"
        case tokenExpired = "token-expired"
        case tokenQuarantined = "token-quarantined"
        case ownerNotActive = "owner-not-active"
        case scopeMissing = "scope-missing"
        case routeUnknown = "route-unknown"
        case proxyNotTrusted = "proxy-not-trusted"
        case networkNotAllowed = "network-not-allowed"
        case rateLimited = "rate-limited"
        case unavailable = "unavailable"
        case notFound = "not-found"

        var status: Int {
            switch self {
            case .requestMalformed: 400
            case .tokenMissing, .tokenUnknown, .tokenExpired, .tokenQuarantined, .ownerNotActive: 401
            case .scopeMissing, .routeUnknown, .proxyNotTrusted, .networkNotAllowed: 403
            case .notFound: 404
            case .rateLimited: 429
            case .unavailable: 503
            }
        }

        /// The same for each problem of this kind.
        var title: String {
            switch self {
            case .tokenMissing: "A token is needed"
            case .requestMalformed: "The request can't be read"
            case .tokenUnknown: "The token is not valid"
            case .tokenExpired: "The token has expired"
            case .tokenQuarantined: "The token is in quarantine"
            case .ownerNotActive: "The person behind the token is not active"
            case .scopeMissing: "The token may not do this"
            case .routeUnknown: "Nothing is known of this address"
            case .proxyNotTrusted: "This address may not ask"
            case .networkNotAllowed: "The token may not be used from here"
            case .rateLimited: "Too many requests"
            case .unavailable: "Nothing can be decided now"
            case .notFound: "Not found"
            }
        }
    }

    let kind: Kind
    let detail: String
    private(set) var extensions: [JSONMember] = []

    init(_ kind: Kind, detail: String) {
        self.kind = kind
        self.detail = detail
    }

    mutating func add(_ name: String, _ value: JSON) { extensions.append(JSONMember(name, value)) }

    /// The answer with its own status.
    var answer: HTTPAnswer { answer(status: kind.status) }

    func answer(status: Int) -> HTTPAnswer {
        var answer = HTTPAnswer(status: status)
        answer.add("Content-Type", "application/problem+json")
        answer.body = Array(json(status: status).text().utf8) + [UInt8(ascii: "\n")]
        return answer
    }

    private func json(status: Int) -> JSON {
        .object(
            [
                JSONMember("type", .string("urn:patrol:problem:\(kind.rawValue)")),
                JSONMember("title", .string(kind.title)), JSONMember("status", JSON(status)),
                JSONMember("detail", .string(detail)),
            ] + extensions)
    }
}
