import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation

extension CommandRun {
    mutating func initialize() throws(CommandFailure) {
        try found(
            line.value("account") ?? "", owner: line.value("owner") ?? "", called: line.value("name") ?? "")
    }

    mutating func backUp() throws(CommandFailure) {
        let path = line.arguments[0]
        let patrol = try open().patrol
        try Self.door { () throws(PatrolError) in try patrol.backUp(to: path) }
        if isJSON { return try output.json(["file": .string(path)]) }
        try output.line("copied the account into \(path)")
    }

    /// The catalogue in the file at `path`, or LaunchDarkly's.
    static func catalogue(_ path: String?, sparing database: String) throws(CommandFailure) -> Catalogue {
        guard let path, !path.isEmpty else { return .launchDarkly }
        let bytes = try InputFile.read(path, limit: Catalogue.maximumLength, sparing: database)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .input("`\(path)` is not UTF-8") }
        do { return try Catalogue(parsing: text) } catch {
            throw .input("`\(path)`, line \(error.line), column \(error.column): \(error.words)")
        }
    }

    mutating func showCatalogue() throws(CommandFailure) {
        var types = catalogue.types
        if let chain = line.argument(0) {
            types = types.filter { $0.chain == chain }
            guard !types.isEmpty else { throw .notFound("there is no resource type `\(chain)`") }
        }
        if isJSON { return try output.json(.array(types.map(\.json)), pretty: true) }
        for type in types {
            try output.line("\(type.chain)  \(type.name)")
            for action in type.actions {
                try output.line("  \(action.name)\(type.isProjectWide(action) ? "  (in every environment)" : "")")
            }
        }
    }
}

extension ResourceType {
    fileprivate var json: JSON {
        [
            "type": .string(chain), "name": .string(name), "actions": JSON(actions.map(\.name)),
            "projectWide": JSON(actions.filter(isProjectWide).map(\.name)),
        ]
    }
}

extension CatalogueFault {
    /// What is wrong in the line, in words.
    fileprivate var words: String {
        switch reason {
        case .tooLong(let limit): "it is longer than \(limit) bytes"
        case .tooManyTypes(let limit): "it has more than \(limit) types"
        case .tooManyActions(let limit): "a type has more than \(limit) actions"
        case .noTypes: "no line names a type"
        case .chain(let reason), .action(let reason): reason.words.text
        case .chainIsNotWhole: "each segment of a type is written like `proj/*`"
        case .repeatedType(let chain): "the type `\(chain)` is there twice"
        case .unclosedName: "the name's second quotation mark is missing"
        case .noActions: "a type has actions"
        case .wildcardInAction: "an action of the catalogue is no pattern"
        case .repeatedAction(let action): "the action `\(action)` is there twice"
        }
    }
}
