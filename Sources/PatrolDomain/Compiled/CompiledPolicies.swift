/// Policies made ready for deciding: what they say is sorted by the chain of types that it is about, and
/// every pattern in them is a number in a table of patterns, each of which is there once.
struct CompiledPolicies: Sendable {
    /// What one policy says, with the role attributes of its holder put in.
    struct Program: Sendable {
        /// Places in `chains`.
        var chains: Range<Int32>
        /// Statements about other chains than those that they name, places in `generals`.
        var denies: Range<Int32>
        var allows: Range<Int32>
    }

    /// The statements of a program that are about resources of one chain, places in `entries`.
    struct ChainEntries: Sendable {
        var chain: UInt32
        var denies: Range<Int32>
        var allows: Range<Int32>
    }

    struct Entry: Sendable {
        /// The place in `selections`; `everyAction` for all actions.
        var selection: UInt32
        /// Of the statement in its policy.
        var place: Int32
        /// Places in `tests`, of which one pattern has to hold. Empty: whatever the keys are.
        var tests: Range<Int32>
    }

    /// A statement about whatever is *not* like one of its patterns, or about everything.
    struct General: Sendable {
        var selection: UInt32
        var place: Int32
        /// Places in `exceptions`.
        var exceptions: Range<Int32>
    }

    struct Exception: Sendable {
        var chain: UInt32
        /// Places in `tests`. Empty: the whole chain is excepted.
        var tests: Range<Int32>
    }

    /// One segment of one pattern. The tests of a pattern stand together.
    struct Test: Sendable {
        /// The place in `matchers`, or in `exactKeys`.
        var matcher: UInt32
        /// The number of the matcher among those of its type; `isExact` for a place in `exactKeys`.
        var number: UInt32
        /// Of the segment in the resource.
        var segment: UInt16
        /// How many tests it is to the first one of the next pattern: 1 for the last test of a pattern.
        var toNext: UInt16

        static let isExact = UInt32.max
    }

    struct ExactKey: Sendable {
        var hash: UInt64
        var bytes: [UInt8]
    }

    static let everyAction = UInt32.max

    var programs: [Program] = []
    var chains: [ChainEntries] = []
    var entries: [Entry] = []
    var generals: [General] = []
    var exceptions: [Exception] = []
    var tests: [Test] = []
    var selections: [ActionSelection] = []
    var matchers: [SegmentMatcher] = []
    var exactKeys: [ExactKey] = []
    /// How many matchers there are of each type.
    private(set) var matcherCounts: [Int] = []

    private var knownPrograms: [ProgramKey: UInt32] = [:]
    private var knownSelections: [Selection<ActionPattern>: UInt32] = [:]
    private var knownMatchers: [MatcherKey: Test] = [:]
    private var knownPatterns: [String: Pattern] = [:]

    private struct ProgramKey: Hashable {
        var policy: Policy
        /// Those that the policy speaks of.
        var attributes: RoleAttributes
    }

    private struct MatcherKey: Hashable {
        var type: UInt32
        var matcher: SegmentMatcher
    }

    /// A pattern of resources as tests; nil where it can't match anything.
    private struct Pattern {
        var chain: UInt32
        var tests: [Test]?
    }

    var size: Int { entries.count + generals.count + exceptions.count + tests.count + exactKeys.count }

    mutating func removeAll() { self = CompiledPolicies() }

    /// The number of the program of a policy. Equal ones are there once.
    mutating func program(
        _ policy: Policy, attributes: RoleAttributes, _ vocabulary: inout Vocabulary
    ) -> UInt32 {
        let names = attributes.isEmpty ? [] : policy.attributeNames
        let key = ProgramKey(policy: policy, attributes: attributes.filter { names.contains($0.key) })
        if let known = knownPrograms[key] { return known }
        let number = UInt32(programs.count)
        programs.append(compile(policy, key.attributes, &vocabulary))
        knownPrograms[key] = number
        return number
    }

    private struct Sorted {
        var denies: [Entry] = []
        var allows: [Entry] = []
    }

    private mutating func compile(
        _ policy: Policy, _ attributes: RoleAttributes, _ vocabulary: inout Vocabulary
    ) -> Program {
        var byChain: [UInt32: Sorted] = [:]
        var (denies, allows): ([General], [General]) = ([], [])
        for (place, statement) in policy.statements.enumerated() {
            let selection = number(of: statement.actions)
            let isDeny = statement.effect == .deny
            let patterns = statement.resources.patterns
            let isAboutEverything = patterns.contains(where: \.isEverything)
            if statement.resources.isNegated || isAboutEverything {
                // What is not like everything is nothing.
                if statement.resources.isNegated && isAboutEverything { continue }
                let exceptions = isAboutEverything ? [] : tests(of: patterns, attributes, &vocabulary).map(Exception.init)
                let general = General(
                    selection: selection, place: Int32(place), exceptions: Self.append(exceptions, to: &self.exceptions))
                if isDeny { denies.append(general) } else { allows.append(general) }
                continue
            }
            for (chain, tests) in tests(of: patterns, attributes, &vocabulary) {
                let entry = Entry(selection: selection, place: Int32(place), tests: tests)
                if isDeny { byChain[chain, default: Sorted()].denies.append(entry) }
                else { byChain[chain, default: Sorted()].allows.append(entry) }
            }
        }
        let sorted = byChain.sorted { $0.key < $1.key }.map { chain, sorted in
            ChainEntries(
                chain: chain, denies: Self.append(sorted.denies, to: &entries),
                allows: Self.append(sorted.allows, to: &entries))
        }
        return Program(
            chains: Self.append(sorted, to: &chains), denies: Self.append(denies, to: &generals),
            allows: Self.append(allows, to: &generals))
    }

    private static func append<Element>(_ new: [Element], to all: inout [Element]) -> Range<Int32> {
        let start = Int32(all.count)
        all += new
        return start..<Int32(all.count)
    }

    /// The patterns that can match anything, chain by chain.
    private mutating func tests(
        of patterns: [ResourcePattern], _ attributes: RoleAttributes, _ vocabulary: inout Vocabulary
    ) -> [(chain: UInt32, tests: Range<Int32>)] {
        var byChain: [(chain: UInt32, tests: [Test], isWhole: Bool)] = []
        for pattern in patterns {
            let compiled = compile(pattern, attributes, &vocabulary)
            guard let tests = compiled.tests else { continue }
            if let place = byChain.firstIndex(where: { $0.chain == compiled.chain }) {
                byChain[place].tests += tests
                byChain[place].isWhole = byChain[place].isWhole || tests.isEmpty
            } else {
                byChain.append((compiled.chain, tests, tests.isEmpty))
            }
        }
        return byChain.map { ($0.chain, Self.append($0.isWhole ? [] : $0.tests, to: &tests)) }
    }

    private mutating func compile(
        _ pattern: ResourcePattern, _ attributes: RoleAttributes, _ vocabulary: inout Vocabulary
    ) -> Pattern {
        let isSame = pattern.attributeNames.isEmpty
        if isSame, let known = knownPatterns[pattern.text] { return known }
        var compiled = Pattern(chain: vocabulary.chain(pattern.chain.map(\.type)), tests: [])
        for (place, segment) in pattern.chain.enumerated() {
            let matcher = SegmentMatcher(segment, attributes: attributes)
            if matcher.isEmpty {
                compiled.tests = nil
                break
            }
            if matcher.isTrivial { continue }
            var test = number(of: matcher, type: vocabulary.type(segment.type))
            test.segment = UInt16(place)
            compiled.tests?.append(test)
        }
        if var tests = compiled.tests {
            // Whole keys are quickly told apart.
            tests = tests.filter { $0.number == Test.isExact } + tests.filter { $0.number != Test.isExact }
            for place in tests.indices { tests[place].toNext = UInt16(tests.count - place) }
            compiled.tests = tests
        }
        if isSame { knownPatterns[pattern.text] = compiled }
        return compiled
    }

    private mutating func number(of matcher: SegmentMatcher, type: UInt32) -> Test {
        let key = MatcherKey(type: type, matcher: matcher)
        if let known = knownMatchers[key] { return known }
        let test: Test
        if let exact = matcher.exactKey {
            test = Test(matcher: number(ofKey: exact), number: Test.isExact, segment: 0, toNext: 0)
        } else {
            while matcherCounts.count <= Int(type) { matcherCounts.append(0) }
            test = Test(
                matcher: UInt32(matchers.count), number: UInt32(matcherCounts[Int(type)]), segment: 0, toNext: 0)
            matcherCounts[Int(type)] += 1
            matchers.append(matcher)
        }
        knownMatchers[key] = test
        return test
    }

    mutating func number(ofKey key: [UInt8]) -> UInt32 {
        exactKeys.append(ExactKey(hash: WordHash.hash(key.span), bytes: key))
        return UInt32(exactKeys.count - 1)
    }

    private mutating func number(of selection: Selection<ActionPattern>) -> UInt32 {
        if selection.isEverything { return Self.everyAction }
        if let known = knownSelections[selection] { return known }
        let number = UInt32(selections.count)
        selections.append(ActionSelection(selection))
        knownSelections[selection] = number
        return number
    }
}

extension Policy {
    /// The role attributes that its patterns speak of.
    fileprivate var attributeNames: Set<String> {
        statements.reduce(into: []) { names, statement in
            for pattern in statement.resources.patterns { names.formUnion(pattern.attributeNames) }
        }
    }
}

extension ResourcePattern {
    fileprivate var attributeNames: [String] {
        chain.flatMap { segment -> [String] in
            guard case .parts(let parts) = segment.key else { return [] }
            return parts.compactMap { if case .attribute(let name) = $0 { name } else { nil } }
        }
    }
}
