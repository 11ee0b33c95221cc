internal import PatrolDomain
internal import PatrolJSON
package import PatrolOperations

/// LaunchDarkly's REST API, version 2, over an account: what of it Patrol has, in its shapes. It knows nothing of
/// sockets. Used by one thread.
package struct RESTService {
    let patrol: Patrol

    package init(patrol: Patrol) { self.patrol = patrol }

    /// Does what the call asks for. Every change goes through the one door, with the token's rights, and has one entry.
    package func answer(_ call: RESTCall) -> RESTAnswer {
        do throws(RESTFault) {
            let method = try Self.method(of: call)
            var answer = try found(call, method)
            if call.method == "HEAD" { answer.body = [] }
            return answer
        } catch {
            return error.answer
        }
    }

    private func found(_ call: RESTCall, _ method: Method) throws(RESTFault) -> RESTAnswer {
        guard let match = EndpointTable.match(call.path) else { throw .notFound }
        guard let endpoint = match.endpoints.first(where: { $0.method == method }) else {
            throw .methodNotAllowed(match.endpoints.map(\.method))
        }
        let version = try APIVersionChoice(of: call, patrol.catalogue)
        let request = RESTRequest(
            call: call, endpoint: endpoint, captured: match.captured, query: try Query(call.query),
            version: version, patrol: patrol)
        return try endpoint.handle(request)
    }

    /// A `POST` can stand for another method, for those whose proxies know no other.
    private static func method(of call: RESTCall) throws(RESTFault) -> Method {
        var name = call.method == "HEAD" ? "GET" : call.method
        if name == "POST", let override = call.field("x-http-method-override") {
            name = override.uppercased()
            guard ["PATCH", "DELETE", "PUT"].contains(name) else {
                throw .invalid("a POST can stand for PATCH, DELETE or PUT only")
            }
        }
        return Method(rawValue: name) ?? .other
    }
}

/// What a handler has to go by.
struct RESTRequest {
    let call: RESTCall
    let endpoint: Endpoint
    let captured: [String: String]
    let query: Query
    let version: APIVersionChoice
    let patrol: Patrol

    var caller: TokenSession { call.caller }

    /// A part of the path, by its name in the template.
    func part(_ name: String) -> String { captured[name] ?? "" }
}

enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    /// One that nothing here answers to.
    case other = ""
}

/// Which version of the API a call is made in: what its header says, or else what its token is pinned to.
struct APIVersionChoice: Sendable {
    let number: Int
    let isBeta: Bool
    /// The first version whose lists of tokens and roles come in pages.
    static let paging = 20_240_415

    init(of call: RESTCall, _ catalogue: Catalogue) throws(RESTFault) {
        let known = catalogue.versions.map(\.number)
        let latest = known.max() ?? Self.paging
        let pinned = call.caller.token.apiVersion.flatMap { known.contains($0) ? $0 : nil } ?? latest
        guard let text = call.field("ld-api-version") else {
            (number, isBeta) = (pinned, false)
            return
        }
        if text == "beta" {
            (number, isBeta) = (latest, true)
        } else if let asked = Int(text), known.contains(asked) {
            (number, isBeta) = (asked, false)
        } else {
            throw .invalid("`LD-API-Version` is one of \(known.map(String.init).joined(separator: ", ")), or `beta`")
        }
    }

    var hasPages: Bool { number >= Self.paging }
}
