/// What a table says of a request.
package enum RouteMatch: Hashable, Sendable {
    /// The route at this place in the table; `RouteScratch.resource` has the resource it asks about.
    case route(Int)
    case denied(RouteDenial)
}

/// Why a request has no route.
package enum RouteDenial: Hashable, Sendable {
    case request(RequestFault)
    case noRoute
    /// There are routes for the path, with other methods.
    case otherMethod
    /// The path is a route's but for the case of letters, which some APIs don't tell apart.
    case otherCase
    /// The route asks for a query parameter that is not there.
    case missingParameter(String)
    /// More than one parameter could be meant: it stands twice, in another case, or as a list.
    case unclearParameter(String)
    /// What stands for this capture can't be a key.
    case badKey(capture: String)
    case resourceTooLong
}

/// Memory that matching uses again and again, so that it takes none from the system. One for each thread.
package struct RouteScratch: Sendable {
    package internal(set) var path = RequestPath()
    /// What the route that was found asks about, as text; empty where it asks about nothing.
    package internal(set) var resource: [UInt8] = []
    /// A query parameter, decoded.
    var value: [UInt8] = []
    /// Where the values of a route's parameters begin in `value`.
    var valueEnds: [Int] = []
    var isOtherCase = false

    package init() {
        resource.reserveCapacity(1_024)
        value.reserveCapacity(RequestPath.maximumLength)
        valueEnds.reserveCapacity(PathTemplate.maximumParameters)
    }

    package var resourceText: String { String(decoding: resource, as: UTF8.self) }
}
