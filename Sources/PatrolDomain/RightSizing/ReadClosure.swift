/// What a request needs besides itself: who changes a thing has to see it, and what it is in.
///
/// An action sees a thing where the catalogue lists it for the thing's type and it is called `view`, or `view` and the
/// type's name: `viewProject` of a project, `viewIpAllowlist` of the `ip-allowlist`. `viewSdkKey` of an environment is
/// none: it shows a secret that is in it.
struct ReadClosure {
    private var seeing: [String: [Action]] = [:]

    init(_ catalogue: Catalogue) {
        for type in catalogue.types {
            let lastType = type.chain.split(separator: ":").last.map { $0.prefix { $0 != "/" } } ?? ""
            let names = [Self.folded(type.name), Self.folded(String(lastType))]
            let actions = type.actions.filter { action in
                action.isView && (action.name == "view" || names.contains(Self.folded(String(action.name.dropFirst(4)))))
            }
            if !actions.isEmpty { seeing[type.chain] = actions }
        }
    }

    /// The requests that `request` implies, without itself: of the thing, and of each thing that it is in.
    func implied(by request: Request) -> [Request] {
        var implied: [Request] = []
        for length in 1...max(1, request.resource.segments.count) {
            let thing = Resource(segments: Array(request.resource.segments.prefix(length)))
            var actions = seeing[thing.chain] ?? []
            // Who can't view a project can change nothing in it, whatever a catalogue lists.
            if length == 1, thing.segments.first?.type == "proj", !actions.contains(.viewProject) {
                actions.append(.viewProject)
            }
            implied += actions.map { Request($0, on: thing) }.filter { $0 != request }
        }
        return implied
    }

    /// Letters and digits alone, in lower case.
    private static func folded(_ text: String) -> String {
        String(decoding: text.utf8.filter(\.isASCIIAlphanumeric).map(Glob.lowercased), as: UTF8.self)
    }
}
