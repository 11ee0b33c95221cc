/// Numbers for the actions and resources that are asked for, so that a text is read and taken apart once.
///
/// A resource is a chain of types and a segment for each of them; a segment is its key with all of its
/// selectors. Number 0 of each kind is for the one that is not remembered: it holds until the next comes.
struct Vocabulary: Sendable {
    struct ActionWord: Sendable {
        var row = AnswerTable.Row()
        var isView = false
        var isOfOwnTokens = false
        var createsToken = false
        var viewsProject = false
    }

    struct Segment: Sendable {
        var keyHash: UInt64 = 0
        var keyStart = 0
        var keyCount: UInt32 = 0
        var type: UInt32 = 0
        var row = AnswerTable.Row()
        var hasSelectors = false
    }

    struct ResourceWord: Sendable {
        var chain: UInt32 = 0
        /// The place of its first segment in `parts`.
        var first: UInt32 = 0
        var count: UInt32 = 0
        var isInProject = false
    }

    /// The action that the view gate asks for.
    static let viewProject: UInt32 = 1

    /// More than a resource of the greatest length has segments.
    static let deepest = 256

    /// The chains that rules of their own speak of.
    struct KnownChains: Sendable {
        var project: UInt32 = 0
        var token: UInt32 = 0
        var serviceToken: UInt32 = 0
    }

    let limits: VocabularyLimits
    private(set) var knownChains = KnownChains()
    private var actionTexts = WordTable()
    private(set) var actions = [ActionWord()]
    private(set) var passingAction: [UInt8] = []
    private var types = WordTable()
    private var chains = WordTable()
    private var segmentTexts = WordTable()
    private(set) var segments = [Segment](repeating: Segment(), count: deepest)
    private(set) var selectors = [SegmentSelectors?](repeating: nil, count: deepest)
    private var resourceTexts = WordTable()
    private(set) var resources = [ResourceWord()]
    private(set) var parts = [UInt32](repeating: 0, count: deepest)
    /// The keys of all segments.
    private(set) var keys: [UInt8] = []
    private var rememberedKeys = 0

    init(limits: VocabularyLimits, _ answers: inout AnswerTable) {
        self.limits = limits
        _ = add(action: Action.viewProject.name.utf8Span.span, &answers)
        knownChains.project = chain(["proj"])
        knownChains.token = chain(["member", "token"])
        knownChains.serviceToken = chain(["service-token"])
    }

    /// A number for a chain of types.
    mutating func chain(_ types: [String]) -> UInt32 {
        var text: [UInt8] = []
        for type in types {
            text += type.utf8
            text.append(TypeChain.separator)
        }
        return Self.number(of: text.span, in: &chains)
    }

    mutating func type(_ name: String) -> UInt32 { Self.number(of: name.utf8Span.span, in: &types) }

    private static func number(of text: Span<UInt8>, in table: inout WordTable) -> UInt32 {
        let hash = WordHash.hash(text)
        return UInt32(table.number(of: text, hash: hash) ?? table.add(text, hash: hash))
    }

    private var hasRoom: Bool {
        resourceTexts.byteCount + segmentTexts.byteCount + keys.count + actionTexts.byteCount < limits.bytes
            && chains.count < limits.actions && types.count < limits.actions
    }

    // MARK: - Actions

    /// Nil where it was not seen before.
    func known(action: Span<UInt8>) -> UInt32? {
        actionTexts.number(of: action, hash: WordHash.hash(action)).map { UInt32($0) + 1 }
    }

    /// The number of an action that is not known.
    mutating func add(action text: Span<UInt8>, _ answers: inout AnswerTable) -> UInt32 {
        let name = Action(String(copying: text))
        var word = ActionWord()
        word.isView = name.isView
        word.isOfOwnTokens = Action.ofOwnTokens.contains(name)
        word.createsToken = name == .createAccessToken
        word.viewsProject = name == .viewProject
        guard hasRoom, actions.count <= limits.actions, text.count <= ActionPattern.maximumLength else {
            actions[0] = word
            passingAction = Array(name.name.utf8)
            return 0
        }
        word.row = answers.makeActionRow()
        actions.append(word)
        return UInt32(actionTexts.add(text, hash: WordHash.hash(text))) + 1
    }

    /// Tells the name of an action to `body`.
    func withName<Result>(of action: UInt32, _ body: (Span<UInt8>) -> Result) -> Result {
        action == 0 ? body(passingAction.span) : body(actionTexts[Int(action) - 1].span)
    }

    // MARK: - Resources

    /// Nil where it was not seen before, or is not remembered.
    func known(resource: Span<UInt8>) -> UInt32? {
        resourceTexts.number(of: resource, hash: WordHash.hash(resource)).map { UInt32($0) + 1 }
    }

    /// Takes a resource apart that is not known. 0 where there is no room to remember it: then it is there
    /// until the next one.
    mutating func add(
        resource text: Span<UInt8>, _ answers: inout AnswerTable
    ) throws(SpecifierFault) -> UInt32 {
        var reader = try SpecifierReader(bytes: Array(copying: text))
        let written = try reader.resource()
        keys.removeSubrange(rememberedKeys...)
        let mayRemember = hasRoom && resources.count <= limits.resources
        let chain = self.chain(written.map(\.type), isNew: mayRemember)
        var numbers: [UInt32] = []
        for (place, segment) in written.enumerated() {
            numbers.append(number(of: segment, at: place, in: reader, mayRemember: mayRemember, &answers))
        }
        var word = ResourceWord(
            chain: chain, count: UInt32(numbers.count), isInProject: written.first?.type == "proj")
        guard mayRemember, numbers.allSatisfy({ $0 >= Self.deepest }) else {
            for (place, number) in numbers.enumerated() { parts[place] = number }
            resources[0] = word
            return 0
        }
        word.first = UInt32(parts.count)
        resources.append(word)
        parts += numbers
        return UInt32(resourceTexts.add(text, hash: WordHash.hash(text))) + 1
    }

    /// Where nothing new is remembered, a chain that no pattern has is as good as any other such.
    private mutating func chain(_ types: [String], isNew: Bool) -> UInt32 {
        if isNew { return chain(types) }
        let text = types.flatMap { Array($0.utf8) + [TypeChain.separator] }
        return chains.number(of: text.span, hash: WordHash.hash(text.span)).map { UInt32($0) } ?? .max
    }

    private mutating func number(
        of written: SpecifierReader.Segment, at place: Int, in reader: SpecifierReader, mayRemember: Bool,
        _ answers: inout AnswerTable
    ) -> UInt32 {
        let text = reader.bytes.span.extracting(written.range)
        let hash = WordHash.hash(text)
        if let known = segmentTexts.number(of: text, hash: hash) { return UInt32(known + Self.deepest) }
        let key = written.key ?? 0..<0
        var segment = Segment(
            keyHash: WordHash.hash(reader.bytes.span.extracting(key)), keyStart: keys.count,
            keyCount: UInt32(key.count))
        keys += reader.bytes[key]
        let selectors = SegmentSelectors(written, in: reader)
        segment.hasSelectors = selectors != nil
        guard mayRemember, segments.count - Self.deepest < limits.segments else {
            segments[place] = segment
            self.selectors[place] = selectors
            return UInt32(place)
        }
        rememberedKeys = keys.count
        segment.type = type(written.type)
        segment.row = answers.makeSegmentRow(type: segment.type)
        segments.append(segment)
        self.selectors.append(selectors)
        return UInt32(segmentTexts.add(text, hash: hash) + Self.deepest)
    }

    func matches(_ matcher: SegmentMatcher, _ segment: Int) -> Bool {
        let word = segments[segment]
        let key = keys.span.extracting(word.keyStart..<word.keyStart + Int(word.keyCount))
        return matcher.matches(key: key, word.hasSelectors ? selectors[segment] : nil)
    }

    func isKey(_ key: [UInt8], of segment: Int) -> Bool {
        let word = segments[segment]
        return Int(word.keyCount) == key.count
            && WordHash.isEqual(
                keys.span.extracting(word.keyStart..<word.keyStart + Int(word.keyCount)), key.span)
    }

    /// The key of a segment, as a person reads it.
    func key(of segment: UInt32) -> String {
        let word = segments[Int(segment)]
        return String(decoding: keys[word.keyStart..<word.keyStart + Int(word.keyCount)], as: UTF8.self)
    }

    // MARK: - Rows

    /// Gives each word a new, empty row.
    mutating func layOut(_ answers: inout AnswerTable) {
        for place in actions.indices.dropFirst() { actions[place].row = answers.makeActionRow() }
        for place in segments.indices.dropFirst(Self.deepest) {
            segments[place].row = answers.makeSegmentRow(type: segments[place].type)
        }
    }
}

extension SegmentSelectors {
    /// Nil where a segment has none.
    fileprivate init?(_ written: SpecifierReader.Segment, in reader: SpecifierReader) {
        if written.tags.isEmpty && written.properties.isEmpty && written.views.isEmpty { return nil }
        tags = written.tags.map { reader.bytes[$0].map(Glob.lowercased) }
        properties = written.properties.map { SegmentMatcher.Property(name: $0.name, value: $0.value) }
        views = written.views.map { Array(reader.bytes[$0]) }
    }
}

extension String {
    init(copying bytes: Span<UInt8>) {
        self.init(unsafeUninitializedCapacity: bytes.count) { buffer in
            for place in bytes.indices { buffer[place] = bytes[place] }
            return bytes.count
        }
    }
}

extension [UInt8] {
    init(copying bytes: Span<UInt8>) {
        self.init(unsafeUninitializedCapacity: bytes.count) { buffer, count in
            for place in bytes.indices { buffer.initializeElement(at: place, to: bytes[place]) }
            count = bytes.count
        }
    }
}
