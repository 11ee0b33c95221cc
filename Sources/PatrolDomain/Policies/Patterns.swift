/// A pattern of action names: `*` stands for any run of characters. Case sensitive.
package struct ActionPattern: Hashable, Sendable {
    /// In bytes.
    package static let maximumLength = 200

    /// As it was written.
    package let text: String
    let glob: Glob

    /// Letters, digits, `*`, and `. _ - : /` for the actions of other APIs.
    package init(parsing text: String) throws(SpecifierFault) {
        let bytes = Array(text.utf8)
        if bytes.isEmpty { throw SpecifierFault(.empty, at: 0) }
        if bytes.count > Self.maximumLength { throw SpecifierFault(.tooLong(limit: Self.maximumLength), at: 0) }
        for (place, scalar) in text.unicodeScalars.enumerated() {
            let isAllowed =
                scalar.isASCII
                && (SpecifierReader.isTagCharacter(UInt8(scalar.value)) || scalar == ":" || scalar == "/")
            if !isAllowed { throw SpecifierFault(.forbiddenCharacter(scalar), at: place) }
        }
        self.text = text
        self.glob = Glob(bytes)
    }

    /// Exactly this action.
    package init(_ action: Action) {
        text = action.name
        glob = Glob(Array(action.name.utf8))
    }

    private init(unchecked text: String) {
        self.text = text
        self.glob = Glob(Array(text.utf8))
    }

    package static let everything = ActionPattern(unchecked: "*")

    package func matches(_ action: Action) -> Bool { glob.matches(action.name.utf8Span.span) }

    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A resource specifier in a policy, such as `proj/*:env/*;qa_*:flag/ops_*`, or `*` for everything.
/// The chain of types has to be that of the resource: `proj/x` says nothing of `proj/x:env/y`.
package struct ResourcePattern: Hashable, Sendable {
    /// In bytes.
    package static let maximumLength = 1_000

    /// As it was written.
    package let text: String
    /// Empty for `*`.
    let chain: [SegmentPattern]
    private let types: TypeChain
    /// Types and keys of the chain, with a star for each placeholder: what does not match it does not
    /// match the chain; where `isPath`, without selectors and placeholders, it is all there is to match.
    private let path: [UInt8]
    private let isPath: Bool

    package var isEverything: Bool { chain.isEmpty }

    package init(parsing text: String) throws(SpecifierFault) {
        if text == "*" {
            self = .everything
            return
        }
        var reader = try SpecifierReader(text)
        self.init(text: text, chain: try reader.segments().map { SegmentPattern($0, in: reader) })
    }

    /// Everything of one type, by the names of the types in its chain: `["member", "token"]`.
    init(allOf types: [String]) {
        let isKeyless = SpecifierReader.keylessTypes.contains
        self.init(
            text: types.map { isKeyless($0) ? $0 : "\($0)/*" }.joined(separator: ":"),
            chain: types.map { SegmentPattern(type: $0, key: isKeyless($0) ? nil : .glob(.everything)) })
    }

    private init(text: String, chain: [SegmentPattern]) {
        self.text = text
        self.chain = chain
        (types, path) = TypeChain.read(chain.lazy.map { ($0.type, $0.key?.widened ?? []) })
        isPath = chain.allSatisfy(\.isKeyAlone)
    }

    package static let everything = ResourcePattern(text: "*", chain: [])

    /// The tokens of one member.
    package static func tokens(of member: MemberID) -> ResourcePattern {
        let segments = [
            SegmentPattern(type: "member", key: .glob(Glob(Array(member.text.utf8)))),
            SegmentPattern(type: "token", key: .glob(.everything)),
        ]
        return ResourcePattern(text: "member/\(member.text):token/*", chain: segments)
    }

    /// `attributes` are what its placeholders stand for.
    func matches(_ asked: AskedFor, attributes: RoleAttributes) -> Bool {
        if isEverything { return true }
        guard types == asked.types, Glob.matches(path.span, asked.path.span, separator: TypeChain.separator)
        else { return false }
        if isPath { return true }
        let segments = asked.resource.segments
        return chain.count == segments.count
            && zip(chain, segments).allSatisfy { $0.matches($1, attributes: attributes) }
    }

    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
