/// A route file as it was read: a table, or what is wrong with it.
///
///     # a comment, also after a route
///     GET          /projects/{project}                viewProject  proj/{project}
///     PATCH        /flags/{project}/{flag}?env={env}  updateOn     proj/{project}:env/{env}:flag/{flag}
///     GET,HEAD     /health                            public
///     *            /me/{rest...}                      token
///     @api.example.org GET /status                    public
package struct RouteFile: Sendable {
    /// In bytes.
    package static let maximumLength = 1 << 20
    package static let maximumRoutes = 10_000
    /// More are not looked for.
    package static let maximumFaults = 100

    /// Nil where something is wrong.
    package let table: RouteTable?
    /// Those that could be read, in the order of the file.
    package let routes: [Route]
    /// By line.
    package let faults: [RouteFault]

    package init(_ bytes: [UInt8]) {
        var faults: [RouteFault] = []
        let routes = Self.routes(bytes, &faults)
        let table = RouteTable(routes, faults: &faults)
        faults.sort { ($0.line, $0.column) < ($1.line, $1.column) }
        self.routes = routes
        self.faults = Array(faults.prefix(Self.maximumFaults))
        self.table = faults.isEmpty ? table : nil
    }

    private static func routes(_ bytes: [UInt8], _ faults: inout [RouteFault]) -> [Route] {
        if bytes.count > maximumLength {
            faults.append(RouteFault(.tooLong(limit: maximumLength), line: 1, column: 1))
            return []
        }
        var routes: [Route] = []
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            do throws(RouteFault) {
                guard let route = try RouteLine.route(in: line, number: number) else { continue }
                if routes.count == maximumRoutes {
                    throw RouteFault(.tooManyRoutes(limit: maximumRoutes), line: number, column: 1)
                }
                routes.append(route)
            } catch {
                faults.append(error)
                if case .tooManyRoutes = error.reason { break }
                if faults.count == maximumFaults { break }
            }
        }
        if routes.isEmpty && faults.isEmpty { faults.append(RouteFault(.noRoutes, line: 1, column: 1)) }
        return routes
    }
}
