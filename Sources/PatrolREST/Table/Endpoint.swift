internal import PatrolJSON

/// One thing that can be called: where, with what, what comes back. Calls are led by it, and the description of the
/// API is made from it, so that the two can't part.
struct Endpoint: Sendable {
    let method: Method
    /// `/api/v2/tokens/{id}`
    let template: String
    /// `getToken`
    let name: String
    /// `Access tokens`
    let group: String
    /// In one sentence.
    let summary: String
    var parameters: [Parameter] = []
    var body: BodyForm?
    /// The status of a yes, and what comes with it: the name of a schema, or nothing.
    var success: (status: Int, schema: String?)
    /// Statuses of a no that are this endpoint's, besides those of every endpoint.
    var refusals: [Int] = []
    let handle: @Sendable (RESTRequest) throws(RESTFault) -> RESTAnswer

    struct BodyForm: Sendable {
        /// The name of a schema.
        var schema: String
        var mediaTypes = ["application/json"]
        var isRequired = true
    }
}

/// A parameter of a path or a query.
struct Parameter: Sendable {
    enum Place: String, Sendable { case path, query }

    let name: String
    let place: Place
    let schema: JSON
    let summary: String

    init(_ name: String, _ schema: JSON, _ summary: String, in place: Place = .query) {
        self.name = name
        self.place = place
        self.schema = schema
        self.summary = summary
    }

    static func limit(_ standard: Int, maximum: Int = RESTLimits.page) -> Parameter {
        Parameter(
            "limit", Schema.integer(1, Int64(maximum)).setting("default", to: JSON(standard)),
            "How many entries a page has at most.")
    }

    static let offset = Parameter(
        "offset", Schema.integer(0, Int64(RESTLimits.offset)).setting("default", to: 0),
        "How many entries come before the page.")

    static func path(_ name: String, _ summary: String) -> Parameter {
        Parameter(name, Schema.text, summary, in: .path)
    }
}

/// All endpoints, and the one that a path leads to.
enum EndpointTable {
    static let all: [Endpoint] =
        TokenEndpoints.all + MemberEndpoints.all + RoleEndpoints.all + AuditEndpoints.all + TeamEndpoints.all
        + AccountEndpoints.all

    /// Paths that LaunchDarkly has and Patrol knows, but offers nothing at: teams are kept elsewhere.
    private static let closed = ["/api/v2/members/{id}/teams"]

    private struct Route: Sendable {
        let parts: [String]
        var endpoints: [Endpoint]

        init(_ template: String, _ endpoints: [Endpoint]) {
            parts = template.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            self.endpoints = endpoints
        }
    }

    private static let routes: [Route] = {
        var templates: [String] = []
        for endpoint in all where !templates.contains(endpoint.template) { templates.append(endpoint.template) }
        return (templates + closed).map { template in
            Route(template, all.filter { $0.template == template })
        }
    }()

    /// What stands at a path, with the parts that the template leaves open. Fixed parts go before open ones.
    static func match(_ path: String) -> (endpoints: [Endpoint], captured: [String: String])? {
        var parts: [String] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let decoded = PercentEncoding.decode(part, plusIsBlank: false) else { return nil }
            parts.append(decoded)
        }
        var found: (endpoints: [Endpoint], captured: [String: String])?
        for route in routes where route.parts.count == parts.count {
            guard let captured = capture(route.parts, parts) else { continue }
            if found.map({ captured.count < $0.captured.count }) ?? true { found = (route.endpoints, captured) }
        }
        return found
    }

    private static func capture(_ template: [String], _ parts: [String]) -> [String: String]? {
        var captured: [String: String] = [:]
        for (open, part) in zip(template, parts) {
            if open.hasPrefix("{") {
                if part.isEmpty { return nil }
                captured[String(open.dropFirst().dropLast())] = part
            } else if open != part {
                return nil
            }
        }
        return captured
    }
}
