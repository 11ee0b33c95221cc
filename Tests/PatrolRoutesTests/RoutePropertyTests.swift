import PatrolDomain
import Testing

@testable import PatrolRoutes

/// What holds for any routes and any requests.
@Suite struct RoutePropertyTests {
    /// Splitmix64, so that a failure can be had again.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word >> 31
        }

        mutating func one<Element>(of elements: [Element]) -> Element { elements[Int.random(in: 0..<elements.count, using: &self)] }

        mutating func isOnce(in many: Int) -> Bool { Int.random(in: 0..<many, using: &self) == 0 }
    }

    private static let words = ["a", "b", "A", "flags", "x.y", "é"]

    private func path(_ random: inout Random) -> String {
        var text = ""
        let count = Int.random(in: 0...4, using: &random)
        for place in 0..<count {
            if random.isOnce(in: 3) {
                text += "/{c\(place)\(place == count - 1 && random.isOnce(in: 3) ? "..." : "")}"
            } else {
                text += "/\(random.one(of: Self.words))"
            }
        }
        return text.isEmpty ? "/" : text
    }

    private func line(_ random: inout Random) -> String {
        let methods = random.one(of: ["*", "GET", "PUT", "GET,PUT", "HEAD"])
        let query = random.one(of: ["", "", "?q={q}", "?q={q}&r={r}"])
        let host = random.isOnce(in: 6) ? "@h.example " : ""
        let path = path(&random)
        let key = path.contains("{c0}") ? "{c0}" : query.isEmpty ? "k" : "{q}"
        return "\(host)\(methods) \(path)\(query) " + random.one(of: ["public", "token", "do proj/\(key)"])
    }

    /// A table of random routes, without those that can't stand beside the others.
    private func table(_ random: inout Random) -> RouteTable {
        var lines = (0..<Int.random(in: 1...30, using: &random)).map { _ in line(&random) }
        while true {
            let file = RouteFile(Array(lines.joined(separator: "\n").utf8))
            if let table = file.table { return table }
            for line in Set(file.faults.map(\.line)).sorted(by: >) { lines.remove(at: line - 1) }
            if lines.isEmpty { lines = ["* / public"] }
        }
    }

    private func target(_ random: inout Random) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...5, using: &random) { text += "/\(random.one(of: Self.words + ["flagS", "k%20", "other"]))" }
        return (text.isEmpty ? "/" : text) + random.one(of: ["", "", "?q=1", "?q=1&r=2", "?r=2", "?q=1&q=2"])
    }

    @Test func `the tree finds what looking at each route finds`() {
        var random = Random(state: 20_261_124)
        var found = 0
        for _ in 0..<500 {
            let table = table(&random)
            for _ in 0..<10 {
                let (method, target) = (random.one(of: ["GET", "PUT", "HEAD", "DELETE"]), target(&random))
                let host = random.one(of: ["", "h.example", "H.example:80", "g.example"])
                let (match, _) = table.match(method: method, target: target, host: host)
                let expected = PlainMatcher(routes: table.routes).match(method, target, host)
                #expect(match == expected, "\(method) \(target) \(host)\n\(table.routes.map(\.path))")
                if case .route = match { found += 1 }
            }
        }
        #expect(found > 800)
    }

    @Test func `a file that is written from its routes is read as the same routes`() throws {
        var random = Random(state: 7)
        for _ in 0..<500 {
            let table = table(&random)
            let text = table.routes.map { "\($0.hostText) \($0.methodText) \($0.path) \($0.demandText) \($0.resourceText)" }
            let again = try #require(RouteFile(Array(text.joined(separator: "\n").utf8)).table)
            #expect(again.routes.map(\.path) == table.routes.map(\.path) && again.routes.map(\.demand) == table.routes.map(\.demand))
            #expect(again.routes.map(\.methods) == table.routes.map(\.methods) && again.routes.map(\.host) == table.routes.map(\.host))
        }
    }

    @Test func `encoding more of a path changes nothing`() {
        var random = Random(state: 99)
        for _ in 0..<500 {
            let table = table(&random)
            let target = target(&random)
            let parts = target.split(separator: "?", maxSplits: 1)
            guard parts[0].utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") }) else { continue }
            let encoded = parts[0].utf8.map { byte in
                byte == UInt8(ascii: "/") || random.isOnce(in: 2) ? String(decoding: [byte], as: UTF8.self) : escape(byte)
            }
            let other = encoded.joined() + (parts.count == 2 ? "?\(parts[1])" : "")
            let (first, second) = (table.match(method: "GET", target: target), table.match(method: "GET", target: other))
            #expect(first.match == second.match && first.scratch.resource == second.scratch.resource, "\(target) \(other)")
        }
    }

    private func escape(_ byte: UInt8) -> String {
        let digits = Array("0123456789abcdef")
        return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }

    @Test func `whatever comes, a resource is one that the domain reads`() throws {
        var random = Random(state: 3)
        let table = try #require(RouteFile(Array("* /{a}/{b}?q={q} do proj/{a}:env/{b}:flag/{q}\n* /{a}/{b} do proj/{a}:env/{b}".utf8)).table)
        let pieces = ["/", "%", "2f", "25", "a", "k", "=", "?", "&", "q", "?q=", "/a/b?q=", ";", ":", ".", "*", "%2e", "é", "{", "$", ",", "\\", "%00", "+"]
        var scratch = RouteScratch()
        var found = 0
        for _ in 0..<60_000 {
            var bytes = Array("/".utf8)
            for _ in 0..<Int.random(in: 0...10, using: &random) { bytes += Array(random.one(of: pieces).utf8) }
            if random.isOnce(in: 10) { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            guard case .route = table.match(method: "G".utf8Span.span, target: bytes.span, host: "".utf8Span.span, with: &scratch) else { continue }
            found += 1
            let resource = try Resource(parsing: scratch.resourceText)
            #expect(resource.description == scratch.resourceText)
            #expect(resource.segments.allSatisfy { $0.tags.isEmpty && $0.properties.isEmpty && $0.views.isEmpty })
        }
        #expect(found > 50)
    }
}

/// Looks at each route, and takes the most specific one: what `RouteTable` has to find.
private struct PlainMatcher {
    let routes: [Route]

    func match(_ method: String, _ target: String, _ host: String) -> RouteMatch {
        var path = RequestPath()
        if let fault = path.read(target.utf8Span.span, host: host.utf8Span.span) { return .denied(.request(fault)) }
        let segments = path.text == "/" ? [] : path.text.dropFirst().split(separator: "/").map(String.init)
        let name = host.split(separator: ":").first.map { $0.lowercased() } ?? ""
        let own = routes.indices.filter { routes[$0].host == name && fits(routes[$0], segments) }
        let fitting = own.isEmpty ? routes.indices.filter { routes[$0].host == nil && fits(routes[$0], segments) } : own
        guard let best = fitting.map({ ranks(routes[$0], segments) }).min(by: { $0.lexicographicallyPrecedes($1) }) else {
            return .denied(.noRoute)
        }
        if best.contains(1) { return .denied(.otherCase) }
        return choose(fitting.filter { ranks(routes[$0], segments) == best }, method, target)
    }

    private func fits(_ route: Route, _ segments: [String]) -> Bool {
        let pattern = route.path.segments
        if case .rest = pattern.last {
            guard segments.count >= pattern.count else { return false }
        } else if segments.count != pattern.count {
            return false
        }
        return zip(pattern, segments).allSatisfy { pattern, segment in
            if case .literal(let text) = pattern { text.lowercased() == segment.lowercased() } else { true }
        }
    }

    /// For each segment: 0 the literal, 1 but for its case, 2 a capture, 3 the rest.
    private func ranks(_ route: Route, _ segments: [String]) -> [Int] {
        zip(route.path.segments, segments).map { pattern, segment in
            switch pattern {
            case .literal(let text): text == segment ? 0 : 1
            case .capture: 2
            case .rest: 3
            }
        }
    }

    private func choose(_ candidates: [Int], _ method: String, _ target: String) -> RouteMatch {
        let isHeadNamed = candidates.contains { routes[$0].methods.contains("HEAD") }
        let method = method == "HEAD" && !isHeadNamed ? "GET" : method
        let named = candidates.filter { routes[$0].methods.contains(method) }
        let any = candidates.filter { routes[$0].methods.isEmpty }
        let query = target.split(separator: "?", maxSplits: 1).dropFirst().first?.split(separator: "&") ?? []
        var denial: RouteDenial = .otherMethod
        for group in [named, any] {
            for number in group.sorted(by: { routes[$0].path.parameters.count > routes[$1].path.parameters.count }) {
                var missing: String?
                for parameter in routes[number].path.parameters where missing == nil {
                    let count = query.count { $0.hasPrefix("\(parameter.name)=") }
                    if count > 1 { return .denied(.unclearParameter(parameter.name)) }
                    if count == 0 { missing = parameter.name }
                }
                guard missing == nil else {
                    denial = .missingParameter(missing ?? "")
                    continue
                }
                return isKey(number, target) ? .route(number) : .denied(.badKey(capture: "c0"))
            }
        }
        return .denied(denial)
    }

    /// The keys here are of the first segment, or numbers.
    private func isKey(_ number: Int, _ target: String) -> Bool {
        guard case .action(_, let resource) = routes[number].demand, resource.text.contains("{c0}") else { return true }
        let first = target.dropFirst().prefix { $0 != "/" && $0 != "?" }
        return !first.contains("%20") && !first.contains("é")
    }
}
