import PatrolDomain

extension RouteTable {
    /// The route for a request, and the resource that it asks about. What is not clear is denied.
    ///
    /// - Parameters:
    ///   - method: As the request gives it. `HEAD` goes by the routes of `GET` where none of the path names it.
    ///   - target: The second word of the request's first line, as it came: path and query.
    ///   - host: As the request gives it, with or without a port; empty where it gives none.
    ///   - scratch: Holds the path and the resource afterwards.
    package func match(
        method: Span<UInt8>, target: Span<UInt8>, host: Span<UInt8>, with scratch: inout RouteScratch
    ) -> RouteMatch {
        scratch.resource.removeAll(keepingCapacity: true)
        if let fault = scratch.path.read(target, host: host) { return .denied(.request(fault)) }
        scratch.isOtherCase = false
        guard let node = node(for: host, &scratch) else { return .denied(.noRoute) }
        if scratch.isOtherCase { return .denied(.otherCase) }
        return choose(tree.choices(at: node), method, target, &scratch)
    }

    /// The same for texts; for a question asked once.
    package func match(method: String, target: String, host: String = "") -> (match: RouteMatch, scratch: RouteScratch) {
        var scratch = RouteScratch()
        let match = match(
            method: method.utf8Span.span, target: target.utf8Span.span, host: host.utf8Span.span, with: &scratch)
        return (match, scratch)
    }

    private func node(for host: Span<UInt8>, _ scratch: inout RouteScratch) -> Int? {
        if let own = ownRoot(host),
            let found = tree.find(scratch.path, from: own, depth: 0, isOtherCase: &scratch.isOtherCase)
        {
            return found
        }
        return tree.find(scratch.path, from: root, depth: 0, isOtherCase: &scratch.isOtherCase)
    }

    private func ownRoot(_ host: Span<UInt8>) -> Int? {
        guard tree.hasLiterals(below: hosts) else { return nil }
        var end = host.count
        var place = 0
        while place < host.count {
            if host[place] == UInt8(ascii: ":") { end = place }
            place += 1
        }
        // A full stop at the end names the same host.
        if end > 0, host[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return tree.child(named: host.extracting(first: end), of: hosts)
    }

    // MARK: - Among the routes of a path

    private func choose(
        _ choices: [Choice], _ method: Span<UInt8>, _ target: Span<UInt8>, _ scratch: inout RouteScratch
    ) -> RouteMatch {
        var bit = bit(of: method)
        if method.isEqual("HEAD".utf8Span.span), !isNamed(bit, in: choices) { bit = self.bit(of: "GET".utf8Span.span) }
        var missing: RouteDenial = .otherMethod
        var place = 0
        while place < choices.count {
            let choice = choices[place]
            place += 1
            guard choice.methods == Self.anyMethod || choice.methods & bit != 0 else { continue }
            switch parameters(of: choice.route, target, &scratch) {
            case nil: return resource(of: choice.route, &scratch)
            case .missingParameter(let name): missing = .missingParameter(name)
            case .some(let denial): return .denied(denial)
            }
        }
        return .denied(missing)
    }

    private func bit(of method: Span<UInt8>) -> UInt64 {
        var place = 0
        while place < methods.count {
            let name = methods[place]
            if name.span.isEqual(method) { return 1 << UInt64(place) }
            place += 1
        }
        return 0
    }

    private func isNamed(_ bit: UInt64, in choices: [Choice]) -> Bool {
        var place = 0
        while place < choices.count {
            if choices[place].methods != Self.anyMethod, choices[place].methods & bit != 0 { return true }
            place += 1
        }
        return false
    }

    /// Reads the parameters that a route asks for; why that can't be done.
    private func parameters(of route: Int, _ target: Span<UInt8>, _ scratch: inout RouteScratch) -> RouteDenial? {
        scratch.value.removeAll(keepingCapacity: true)
        scratch.valueEnds.removeAll(keepingCapacity: true)
        let wanted = routes[route].path.parameters
        guard !wanted.isEmpty else { return nil }
        guard let start = scratch.path.queryStart else { return .missingParameter(wanted[0].name) }
        let query = target.extracting(droppingFirst: start)
        var place = 0
        while place < wanted.count {
            switch RequestQuery.read(wanted[place].name.utf8Span.span, of: query, into: &scratch.value) {
            case .value: scratch.valueEnds.append(scratch.value.count)
            case .missing: return .missingParameter(wanted[place].name)
            case .unclear: return .unclearParameter(wanted[place].name)
            }
            place += 1
        }
        return nil
    }

    // MARK: - The resource

    private func resource(of route: Int, _ scratch: inout RouteScratch) -> RouteMatch {
        guard case .action(_, let template) = routes[route].demand else { return .route(route) }
        var place = 0
        while place < template.pieces.count {
            switch template.pieces[place] {
            case .text(let text): scratch.resource.append(contentsOf: text)
            case .segment(let number):
                let range = scratch.path.range(of: number)
                if !Self.append(scratch.path.bytes, range, to: &scratch.resource) {
                    guard case .capture(let name) = routes[route].path.segments[number] else { return .denied(.noRoute) }
                    return badKey(name, &scratch)
                }
            case .parameter(let number):
                let range = (number == 0 ? 0 : scratch.valueEnds[number - 1])..<scratch.valueEnds[number]
                if !Self.append(scratch.value, range, to: &scratch.resource) {
                    return badKey(routes[route].path.parameters[number].capture, &scratch)
                }
            }
            place += 1
        }
        if scratch.resource.count > Resource.maximumLength {
            scratch.resource.removeAll(keepingCapacity: true)
            return .denied(.resourceTooLong)
        }
        return .route(route)
    }

    /// Adds a key; false where it can't be one.
    private static func append(_ bytes: [UInt8], _ range: Range<Int>, to resource: inout [UInt8]) -> Bool {
        if range.isEmpty { return false }
        var place = range.lowerBound
        while place < range.upperBound {
            guard Resource.isKeyCharacter(bytes[place]) else { return false }
            resource.append(bytes[place])
            place += 1
        }
        return true
    }

    private func badKey(_ capture: String, _ scratch: inout RouteScratch) -> RouteMatch {
        scratch.resource.removeAll(keepingCapacity: true)
        return .denied(.badKey(capture: capture))
    }
}
