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

    enum Form: Sendable {
        case everything
        case chain([SegmentPattern])
    }

    /// As it was written.
    package let text: String
    let form: Form

    package init(parsing text: String) throws(SpecifierFault) {
        self.text = text
        if text == "*" {
            form = .everything
            return
        }
        var reader = try SpecifierReader(text)
        form = .chain(try reader.segments().map { SegmentPattern($0, in: reader) })
    }

    /// Everything of one type, by the names of the types in its chain: `["member", "token"]`.
    init(allOf types: [String]) {
        let segments = types.map { type in
            SegmentPattern(type: type, key: SpecifierReader.keylessTypes.contains(type) ? nil : .glob(.everything))
        }
        self.text = types.map { SpecifierReader.keylessTypes.contains($0) ? $0 : "\($0)/*" }.joined(separator: ":")
        self.form = .chain(segments)
    }

    private init(text: String, form: Form) {
        self.text = text
        self.form = form
    }

    package static let everything = ResourcePattern(text: "*", form: .everything)

    /// The tokens of one member.
    package static func tokens(of member: MemberID) -> ResourcePattern {
        let segments = [
            SegmentPattern(type: "member", key: .glob(Glob(Array(member.text.utf8)))),
            SegmentPattern(type: "token", key: .glob(.everything)),
        ]
        return ResourcePattern(text: "member/\(member.text):token/*", form: .chain(segments))
    }

    /// `attributes` are what its placeholders stand for.
    package func matches(_ resource: Resource, attributes: RoleAttributes = [:]) -> Bool {
        guard case .chain(let patterns) = form else { return true }
        guard patterns.count == resource.segments.count else { return false }
        // The last type tells most patterns apart, so it comes first.
        for place in patterns.indices.reversed() where patterns[place].type != resource.segments[place].type {
            return false
        }
        for place in patterns.indices
        where !patterns[place].matches(resource.segments[place], attributes: attributes) {
            return false
        }
        return true
    }

    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
