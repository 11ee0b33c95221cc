internal import CSystem
internal import Glibc
internal import PatrolDomain
internal import PatrolPresentation
internal import PatrolRoutes
internal import Synchronization

/// The routes in force, from a file that is read again when it changed. A file in which something is wrong leaves those
/// before it in force.
final class RouteBook: Sendable {
    private struct State {
        var table: RouteTable
        var contents: [UInt8]
    }

    let path: String
    private let state: Mutex<State>

    init(path: String) throws(GatewayFault) {
        self.path = path
        let contents = try Self.read(path)
        state = Mutex(State(table: try Self.table(contents, path), contents: contents))
    }

    /// Reads the file again. Nil where it is as it was; else how many routes are in force now.
    func reload() throws(GatewayFault) -> Int? {
        let contents = try Self.read(path)
        if state.withLock({ $0.contents == contents }) { return nil }
        let read = Result { () throws(GatewayFault) in try Self.table(contents, path) }
        try state.withLock { state throws(GatewayFault) in
            // A wrong one is told once, not again until it changes.
            state.contents = contents
            state.table = try read.get()
        }
        return state.withLock { $0.table.routes.count }
    }

    /// What the routes say of a request; `body` gets it with the resource that it is about.
    func match<Value>(
        method: UnsafeRawBufferPointer, target: UnsafeRawBufferPointer, host: UnsafeRawBufferPointer,
        _ body: (Found, _ resource: UnsafeRawBufferPointer) -> Value
    ) -> Value {
        let table = state.withLock { $0.table }
        // New for each call: memory that threads share would make them wait for each other.
        var scratch = RouteScratch()
        let match = table.match(
            method: Span(_unsafeBytes: method), target: Span(_unsafeBytes: target), host: Span(_unsafeBytes: host),
            with: &scratch)
        let found: Found =
            switch match {
            case .route(let place): .demand(table.routes[place].demand)
            case .denied(let why): .denied(why)
            }
        return scratch.resource.withUnsafeBytes { body(found, $0) }
    }

    enum Found {
        case demand(Route.Demand)
        case denied(RouteDenial)
    }

    private static func read(_ path: String) throws(GatewayFault) -> [UInt8] {
        let maximum = RouteFile.maximumLength + 1
        var bytes = [UInt8](repeating: 0, count: maximum)
        let count = configuration_read(path, &bytes, maximum)
        guard count >= 0 else {
            throw GatewayFault(sentence: "the routes in `\(path)` can't be read: \(String(cString: strerror(Int32(-count))))")
        }
        return Array(bytes[..<count])
    }

    private static func table(_ contents: [UInt8], _ path: String) throws(GatewayFault) -> RouteTable {
        let file = RouteFile(contents)
        guard let table = file.table else {
            let first = file.faults.first.map { $0.sentence.text } ?? "no routes"
            let others = file.faults.count > 1 ? "; `patrol routes check` tells \(file.faults.count - 1) more" : ""
            throw GatewayFault(sentence: "`\(path)`: \(first)\(others)")
        }
        return table
    }
}
