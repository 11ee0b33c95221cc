internal import PatrolDomain
internal import PatrolStorage

/// Judges many tokens in one transaction; people, roles and what all tokens share are looked up once.
struct StandingLookup {
    private let transaction: ReadTransaction
    private let now: Timestamp
    private let catalogue: Catalogue
    private let settings: HygieneSettings
    private let telemetry: Telemetry
    private let contents: HygieneContents
    private var places: [Resource]?
    private var texts: UseTexts
    /// What a later lookup can go on with.
    private(set) var memory: Memory

    struct Person {
        var member: Member?
        var teams: [Team] = []
        var tokens: Int?
    }

    /// People, roles and what they were found to have in common, as they are after one audit entry: nothing of it
    /// changes without another.
    struct Memory {
        fileprivate static let maximumPeople = 100_000

        fileprivate let sequence: Int64
        fileprivate var people: [MemberID: Person] = [:]
        fileprivate var roles: [RoleID: Role] = [:]
        fileprivate var round: Hygiene.Round

        fileprivate init(sequence: Int64, catalogue: Catalogue) {
            self.sequence = sequence
            round = Hygiene.Round(catalogue: catalogue)
        }
    }

    /// - Parameter memory: Of an earlier lookup in the same account; what is out of date is left.
    init(
        _ transaction: ReadTransaction, catalogue: Catalogue, at now: Timestamp, memory: consuming Memory? = nil
    ) throws(StorageError) {
        self.transaction = transaction
        self.now = now
        self.catalogue = catalogue
        settings = try transaction.settings().hygiene
        telemetry = try transaction.telemetry(at: now, settings: settings)
        contents = try transaction.hygieneContents()
        texts = try transaction.useTexts()
        let sequence = try transaction.lastSequence()
        if let memory, memory.sequence == sequence {
            self.memory = memory
        } else {
            self.memory = Memory(sequence: sequence, catalogue: catalogue)
        }
    }

    mutating func judgement(of token: AccessToken) throws(StorageError) -> Judgement {
        try standing(of: token).judgement
    }

    /// The token with the person behind it, and what the rules say.
    mutating func standing(
        of token: AccessToken
    ) throws(StorageError) -> (standing: TokenStanding, judgement: Judgement) {
        let person = try person(token.owner)
        let ids = Set(token.scope.roles).union(person.member?.customRoles ?? [])
            .union(person.teams.flatMap(\.customRoles))
        let missing = ids.filter { memory.roles[$0] == nil }
        if !missing.isEmpty { memory.roles.merge(try transaction.roles(missing)) { $1 } }
        let authority = TokenAuthority(
            of: token, owner: person.member, roles: memory.roles, teams: person.teams, at: now)
        let facts = try facts(of: token, person)
        let judgement = memory.round.judge(
            token, owner: person.member, scope: authority.scope, behind: authority.behind, facts: facts, at: now)
        return (TokenStanding(owner: person.member, authority: authority), judgement)
    }

    private mutating func facts(
        of token: AccessToken, _ person: Person
    ) throws(StorageError) -> HygieneFacts {
        var facts = HygieneFacts(settings: settings, telemetry: telemetry, ownedTokens: person.tokens)
        if token.origin != .imported { facts.secrets = try transaction.secrets(of: token.id) }
        if contents.hasSignals { facts.signals = try transaction.signals(of: token.id) }
        if contents.hasSuppressions { facts.suppressions = try transaction.suppressions(of: token.id) }
        if contents.hasReviews {
            facts.isReviewed = true
            facts.lastReviewedAt = try transaction.lastReview(of: token.id)
        }
        guard contents.hasHours else { return facts }
        facts.use = try transaction.useFacts(of: token.id, at: now, settings: settings, texts: &texts)
        if let use = facts.use {
            facts.twin = try twin(of: token, use)
            facts.places = try knownPlaces()
        }
        return facts
    }

    /// Another token of the same owner and scope that is called from the same networks by the same clients.
    private mutating func twin(of token: AccessToken, _ use: UseFacts) throws(StorageError) -> TokenID? {
        let start = now - .days(30)
        guard let consumer = use.consumer(since: start) else { return nil }
        for id in try transaction.siblings(of: token, usedSince: start) {
            let other = try transaction.useFacts(of: id, at: now, settings: settings, texts: &texts)
            if other?.consumer(since: start) == consumer { return id }
        }
        return nil
    }

    private mutating func knownPlaces() throws(StorageError) -> [Resource] {
        if let places { return places }
        var types: [String] = []
        for type in catalogue.types {
            guard let first = type.chain.utf8.split(separator: UInt8(ascii: "/")).first,
                type.chain.utf8.contains(UInt8(ascii: ":"))
            else { continue }
            let word = String(decoding: Array(first), as: UTF8.self)
            if !types.contains(word) { types.append(word) }
        }
        let found = try transaction.places(ofTypes: types, limit: Places.maximumKnown).compactMap {
            try? Resource(parsing: $0)
        }
        places = found
        return found
    }

    private mutating func person(_ id: MemberID?) throws(StorageError) -> Person {
        guard let id else { return Person() }
        if let known = memory.people[id] { return known }
        if memory.people.count == Memory.maximumPeople { memory.people.removeAll() }
        let person = Person(
            member: try transaction.member(id), teams: try transaction.teams(of: id),
            tokens: try transaction.ownedTokens(of: id))
        memory.people[id] = person
        return person
    }
}
