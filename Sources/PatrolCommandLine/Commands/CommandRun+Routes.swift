import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation
import PatrolRoutes

extension CommandRun {
    /// Whether a route file is right. What is wrong stands on standard output, because it is what was asked for.
    mutating func checkRoutes() throws(CommandFailure) -> ExitCode {
        let file = try routeFile()
        let warnings = routeWarnings(file.routes)
        let code = file.table == nil ? ExitCode.usage : .done
        if isJSON {
            try output.json(
                [
                    "isRight": .bool(file.table != nil), "routes": JSON(file.routes.count),
                    "faults": .array(file.faults.map { Self.json($0.line, $0.reason.words, column: $0.column) }),
                    "warnings": .array(warnings.map { Self.json($0.line, $0.words) }),
                ], pretty: true)
            return code
        }
        let name = SafeText(line.arguments[0]).text
        for fault in file.faults {
            try output.line("\(name):\(fault.line):\(fault.column): \(fault.reason.words.text)")
        }
        for warning in warnings { try output.line("\(name):\(warning.line): warning: \(warning.words.text)") }
        if let table = file.table { try output.line("\(name): \(Self.count(table.routes.count)), all right") }
        return code
    }

    mutating func listRoutes() throws(CommandFailure) {
        let routes = try routeTable().routes
        if isJSON { return try output.json(.array(routes.map(\.json)), pretty: true) }
        if isPlain {
            for route in routes { try output.line(SafeText("\(route.place): \(route.need(on: route.resourceText))")) }
            return
        }
        var table = TextTable(Self.routeColumns, width: width)
        for line in table.lines(routes.map(\.cells)) { try output.line(line) }
    }

    private static let routeColumns = [
        TableColumn("line", minimum: 4, ideal: 5, rank: 4), TableColumn("method", minimum: 6, ideal: 12),
        TableColumn("path", minimum: 16, ideal: 50), TableColumn("needs", minimum: 10, ideal: 24),
        TableColumn("on", minimum: 10, ideal: 50, rank: 2),
    ]

    /// Which route a call has.
    mutating func matchRoute() throws(CommandFailure) -> ExitCode {
        let table = try routeTable()
        let (host, target) = Self.parts(of: line.arguments[2])
        let (match, scratch) = table.match(method: line.arguments[1], target: target, host: host)
        switch match {
        case .route(let number):
            try show(table.routes[number], resource: scratch.resourceText)
            return .done
        case .denied(let denial):
            if isJSON {
                try output.json(["match": false, "reason": .string(denial.word), "words": .string(denial.words.text)], pretty: true)
            } else {
                try output.line("denied: \(denial.words.text)")
            }
            return .refused
        }
    }

    mutating func showExampleRoutes() throws(CommandFailure) {
        guard isJSON else { return try output.own(RouteFile.launchDarkly) }
        let routes = try table(of: RouteFile(Array(RouteFile.launchDarkly.utf8)), named: "the example").routes
        try output.json(.array(routes.map(\.json)), pretty: true)
    }

    // MARK: Reading

    private func routeFile() throws(CommandFailure) -> RouteFile {
        let path = line.arguments[0]
        return RouteFile(try InputFile.read(path, limit: RouteFile.maximumLength, sparing: location.database))
    }

    private func routeTable() throws(CommandFailure) -> RouteTable {
        try table(of: try routeFile(), named: "`\(line.arguments[0])`")
    }

    private func table(of file: RouteFile, named name: String) throws(CommandFailure) -> RouteTable {
        if let table = file.table { return table }
        let first = file.faults.first.map { "\($0.sentence.text)" } ?? "it can't be read"
        let more = file.faults.count > 1 ? "; `patrol routes check` shows \(file.faults.count - 1) more" : ""
        throw .input("\(name), \(first)\(more)")
    }

    private func routeWarnings(_ routes: [Route]) -> [(line: Int, words: SafeText)] {
        let warnings = CatalogueWarnings(catalogue: catalogue)
        return routes.flatMap { route in
            (route.example.map(warnings.of) ?? []).map { (route.line, $0) }
        }
    }

    /// The host and the target of `https://host/path?query`; a path alone has no host.
    private static func parts(of url: String) -> (host: String, target: String) {
        let bytes = url.utf8
        guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }) else { return ("", url) }
        let rest = bytes.dropFirst(scheme.utf8.count)
        let end = rest.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) } ?? rest.endIndex
        let target = String(Substring(rest[end...]))
        return (String(Substring(rest[..<end])), target.hasPrefix("/") ? target : "/" + target)
    }

    // MARK: Words

    private mutating func show(_ route: Route, resource: String) throws(CommandFailure) {
        if isJSON {
            var json = [JSONMember("match", true)] + route.fields
            if !resource.isEmpty { json.append(JSONMember("resource", .string(resource))) }
            return try output.json(.object(json), pretty: true)
        }
        try output.line(SafeText(route.place))
        try output.line(SafeText(route.need(on: resource)))
    }

    private static func json(_ line: Int, _ words: SafeText, column: Int? = nil) -> JSON {
        var fields = [JSONMember("line", JSON(line))]
        if let column { fields.append(JSONMember("column", JSON(column))) }
        return .object(fields + [JSONMember("words", .string(words.text))])
    }

    private static func count(_ routes: Int) -> String { routes == 1 ? "1 route" : "\(routes) routes" }
}

extension Route {
    fileprivate var cells: [SafeText] {
        [
            "\(line)", SafeText(methodText), SafeText(hostText + path.description), SafeText(demandText), SafeText(resourceText),
        ]
    }

    fileprivate var fields: [JSONMember] {
        [
            JSONMember("line", JSON(line)), JSONMember("host", JSON(host)),
            JSONMember("methods", methods.isEmpty ? ["*"] : JSON(methods)), JSONMember("path", .string(path.description)),
            JSONMember("needs", .string(needs)), JSONMember("action", JSON(action?.name)),
            JSONMember("template", JSON(resourceText.isEmpty ? nil : resourceText)),
        ]
    }

    /// `line 3: GET /projects/{project}`
    fileprivate var place: String { "line \(line): \(hostText.isEmpty ? "" : "\(hostText) ")\(methodText) \(path)" }

    fileprivate func need(on resource: String) -> String {
        switch demand {
        case .nothing: "public: no token is needed"
        case .anyToken: "any token in force"
        case .action(let action, _): "\(action.name) on \(resource)"
        }
    }

    private var needs: String {
        switch demand {
        case .nothing: "nothing"
        case .anyToken: "token"
        case .action: "action"
        }
    }

    fileprivate var json: JSON { .object(fields) }
}
