/// Routes compiled for matching: a tree of path segments for each host.
///
/// The most specific path decides, whatever its methods are: a literal segment before a capture, a capture before `{rest...}`,
/// from the left. Of the routes for a path, one that names the method comes before one of any method, and one with more
/// query parameters before one with fewer. A route of a host comes before those of any host.
package struct RouteTable: Sendable {
    /// In the order of the file.
    package let routes: [Route]
    private(set) var tree = RouteTree()
    /// Of the routes of any host.
    let root: Int
    /// Below it stands a root for each host that routes name, as a literal.
    let hosts: Int
    /// Names of methods; their places are the bits of `Choice.methods`.
    private(set) var methods: [[UInt8]] = []

    /// One of the routes for a path.
    struct Choice: Sendable {
        let route: Int
        /// A bit for each method; all of them for any method.
        let methods: UInt64
    }

    static let anyMethod = UInt64.max
    static let maximumMethods = 63

    /// - Parameter faults: Routes that could never match are added.
    init(_ routes: [Route], faults: inout [RouteFault]) {
        self.routes = routes
        root = tree.addNode()
        hosts = tree.addNode()
        for (number, route) in routes.enumerated() {
            var node = route.host.map { tree.child(of: hosts, for: .literal($0)) } ?? root
            for segment in route.path.segments { node = tree.child(of: node, for: segment) }
            add(number, at: node, &faults)
        }
    }

    private mutating func add(_ number: Int, at node: Int, _ faults: inout [RouteFault]) {
        let route = routes[number]
        for other in tree.choices(at: node) {
            if let reason = conflict(of: route, with: routes[other.route]) {
                faults.append(RouteFault(reason, line: route.line, column: 1))
                return
            }
        }
        guard let bits = bits(of: route) else {
            faults.append(RouteFault(.tooManyMethods(limit: Self.maximumMethods), line: route.line, column: 1))
            return
        }
        let routes = self.routes
        tree.add(Choice(route: number, methods: bits), at: node) { Self.isBefore($0, $1, routes) }
    }

    private mutating func bits(of route: Route) -> UInt64? {
        if route.methods.isEmpty { return Self.anyMethod }
        var bits: UInt64 = 0
        for method in route.methods {
            let name = Array(method.utf8)
            if let place = methods.firstIndex(of: name) {
                bits |= 1 << UInt64(place)
            } else {
                if methods.count == Self.maximumMethods { return nil }
                bits |= 1 << UInt64(methods.count)
                methods.append(name)
            }
        }
        return bits
    }

    /// Why two routes for the same path can't stand beside each other.
    private func conflict(of route: Route, with other: Route) -> RouteFault.Reason? {
        let shared: String
        if route.methods.isEmpty && other.methods.isEmpty {
            shared = "*"
        } else if let method = route.methods.first(where: other.methods.contains) {
            shared = method
        } else {
            return nil
        }
        let (mine, its) = (Set(route.path.parameters.map(\.name)), Set(other.path.parameters.map(\.name)))
        if mine == its { return .shadowed(byLine: other.line, method: shared) }
        return mine.isSubset(of: its) || its.isSubset(of: mine) ? nil : .undecided(line: other.line)
    }

    private static func isBefore(_ left: Choice, _ right: Choice, _ routes: [Route]) -> Bool {
        let (leftIsAny, rightIsAny) = (left.methods == Self.anyMethod, right.methods == Self.anyMethod)
        if leftIsAny != rightIsAny { return rightIsAny }
        return routes[left.route].path.parameters.count > routes[right.route].path.parameters.count
    }
}
