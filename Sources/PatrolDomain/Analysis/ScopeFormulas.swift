/// A chain of types, by its place among those of an analysis.
typealias KindID = Int

/// The kinds of resources that policies name, and that have rules of their own.
struct KindTable: Sendable {
    static let project: KindID = 0
    static let personalToken: KindID = 1
    static let serviceToken: KindID = 2
    static let special = [project, personalToken, serviceToken]

    private(set) var types: [[String]] = []
    private var ids: [[String]: KindID] = [:]

    init() {
        for types in [["proj"], ["member", "token"], ["service-token"]] { _ = add(types) }
    }

    mutating func add(_ types: [String]) -> KindID {
        if let known = ids[types] { return known }
        ids[types] = self.types.count
        self.types.append(types)
        return self.types.count - 1
    }

    func isInProject(_ kind: KindID) -> Bool { types[kind].first == "proj" }
}

/// One authority as conditions on requests: its patterns are read once, and put together for each kind of resource.
struct PreparedAuthority: Sendable {
    struct PreparedStatement: Sendable {
        var isDeny: Bool
        var actions: Formula
        /// Whether `actions` hold for viewing a project.
        var isAboutViewing: Bool
        var isNegated: Bool
        /// Nil is `*`: every kind.
        var resources: [(kind: KindID?, formula: Formula)]
    }

    struct PreparedGrant: Sendable {
        var statements: [PreparedStatement]
        var isReader: Bool
        /// Whose own tokens it lets him manage.
        var holder: Formula?
    }

    fileprivate(set) var grants: [PreparedGrant]
    /// The kinds that its statements name, in their order.
    fileprivate(set) var named: [KindID] = []
    /// Those of them that are named to be allowed.
    fileprivate(set) var allowed: [KindID] = []
    /// How many patterns a formula of one kind has to be made of.
    fileprivate(set) var size = 1
    /// An attribute has more values than are looked at.
    fileprivate(set) var isTooBroad = false
}

/// Writes authorities as formulas.
struct FormulaWriter: Sendable {
    /// How many keys one pattern with role attributes may stand for.
    static let maximumAlternatives = 4_096

    var patterns = PatternTable()
    var pool = FormulaPool()
    var kinds = KindTable()

    mutating func prepare(_ authority: Authority) -> PreparedAuthority {
        var prepared = PreparedAuthority(grants: [])
        for grant in authority.grants {
            let statements = grant.policy.statements.map { prepare($0, grant.attributes, &prepared) }
            let holder = grant.isEmpty ? nil : authority.holder
            prepared.grants.append(
                PreparedAuthority.PreparedGrant(
                    statements: statements, isReader: grant.basePermissions == .reader,
                    holder: holder.map { text(Position(.key, of: 0), Array($0.text.utf8)) }))
        }
        return prepared
    }

    private mutating func prepare(
        _ statement: Statement, _ attributes: RoleAttributes, _ prepared: inout PreparedAuthority
    ) -> PreparedAuthority.PreparedStatement {
        let named = pool.any(statement.actions.patterns.map { text(.action, $0.glob.bytes) })
        var resources: [(kind: KindID?, formula: Formula)] = []
        for pattern in statement.resources.patterns {
            if pattern.isEverything {
                resources.append((nil, .always))
            } else {
                let kind = kinds.add(pattern.chain.map(\.type))
                if prepared.named.last != kind { prepared.named.append(kind) }
                if statement.effect == .allow, !statement.resources.isNegated, prepared.allowed.last != kind {
                    prepared.allowed.append(kind)
                }
                resources.append((kind, condition(pattern, attributes, &prepared.isTooBroad)))
            }
        }
        prepared.size += 1 + resources.count
        return PreparedAuthority.PreparedStatement(
            isDeny: statement.effect == .deny, actions: statement.actions.isNegated ? !named : named,
            isAboutViewing: statement.actions.holds { $0[$1].matches(.viewProject) },
            isNegated: statement.resources.isNegated, resources: resources)
    }

    /// What the segments have to be like, whatever their types.
    private mutating func condition(
        _ pattern: ResourcePattern, _ attributes: RoleAttributes, _ isTooBroad: inout Bool
    ) -> Formula {
        var parts: [Formula] = []
        for (place, segment) in pattern.chain.enumerated() {
            if let key = segment.key {
                let position = Position(.key, of: place)
                if let globs = key.globs(attributes, atMost: Self.maximumAlternatives) {
                    // No key is empty.
                    parts.append(pool.any(globs.filter { !$0.isEmpty }.map { text(position, $0) }))
                } else {
                    isTooBroad = true
                }
            }
            parts += segment.tags.map { pool.literal(Position(.tags, of: place), patterns.add($0.bytes)) }
            parts += segment.properties.map {
                pool.literal(Position(.properties, of: place), patterns.property($0.name, $0.value))
            }
            parts += segment.views.map { pool.literal(Position(.views, of: place), patterns.add($0.bytes)) }
        }
        return pool.all(parts)
    }

    /// That a key or an action matches a glob.
    private mutating func text(_ position: Position, _ glob: [UInt8]) -> Formula {
        let pattern = patterns.add(glob)
        return pattern == PatternTable.everything ? .always : pool.literal(position, pattern)
    }
}

// MARK: - For a kind of resource

extension FormulaWriter {
    /// When the authority allows a request about a resource of this kind.
    mutating func formula(of authority: PreparedAuthority, for kind: KindID) -> Formula {
        let allowed = pool.any(authority.grants.map { formula(of: $0, for: kind) })
        guard kinds.isInProject(kind), allowed != .never else { return allowed }
        let gates = pool.any(authority.grants.map { gate(of: $0) })
        return pool.all([allowed, gates])
    }

    private mutating func formula(of grant: PreparedAuthority.PreparedGrant, for kind: KindID) -> Formula {
        combined(grant, byDefault: byDefault(grant, kind)) { writer, statement in
            let resources = writer.resources(of: statement, kind)
            return resources == .never ? .never : writer.pool.all([resources, statement.actions])
        }
    }

    /// When it lets the project be viewed that a resource is in.
    private mutating func gate(of grant: PreparedAuthority.PreparedGrant) -> Formula {
        combined(grant, byDefault: grant.isReader ? .always : .never) { writer, statement in
            statement.isAboutViewing ? writer.resources(of: statement, KindTable.project) : .never
        }
    }

    private mutating func combined(
        _ grant: PreparedAuthority.PreparedGrant, byDefault: Formula,
        _ applies: (inout Self, PreparedAuthority.PreparedStatement) -> Formula
    ) -> Formula {
        var (allowed, denied) = ([byDefault], [Formula]())
        for statement in grant.statements {
            let formula = applies(&self, statement)
            if statement.isDeny { denied.append(formula) } else { allowed.append(formula) }
        }
        return pool.all([pool.any(allowed)] + denied.map { !$0 })
    }

    private mutating func resources(of statement: PreparedAuthority.PreparedStatement, _ kind: KindID) -> Formula {
        let matching = statement.resources.filter { $0.kind == kind || $0.kind == nil }
        let named = matching.isEmpty ? .never : pool.any(matching.map(\.formula))
        return statement.isNegated ? !named : named
    }

    private mutating func byDefault(_ grant: PreparedAuthority.PreparedGrant, _ kind: KindID) -> Formula {
        var parts: [Formula] = []
        if grant.isReader { parts.append(pool.literal(.action, PatternTable.viewing)) }
        if let holder = grant.holder, kind == KindTable.personalToken {
            let actions = pool.any(Action.ofOwnTokens.map { text(.action, Array($0.name.utf8)) })
            parts.append(pool.all([holder, actions]))
        }
        if grant.holder != nil, grant.isReader, kind == KindTable.serviceToken {
            parts.append(text(.action, Array(Action.createAccessToken.name.utf8)))
        }
        return pool.any(parts)
    }
}

extension KeyPattern {
    /// What it stands for, with each value of each role attribute; nil where that is more than `limit`.
    fileprivate func globs(_ attributes: RoleAttributes, atMost limit: Int) -> [[UInt8]]? {
        guard case .parts(let parts) = self else {
            if case .glob(let glob) = self { return [glob.bytes] }
            return []
        }
        var globs: [[UInt8]] = [[]]
        for part in parts {
            switch part {
            case .glob(let glob): globs = globs.map { $0 + glob.bytes }
            case .attribute(let name):
                let values = attributes[name] ?? []
                guard globs.count * values.count <= limit else { return nil }
                globs = globs.flatMap { start in values.map { start + Array($0.utf8) } }
            }
        }
        return globs
    }
}
