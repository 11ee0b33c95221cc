/// Writes needs as an inline policy that gives nothing more, as short as it can be read: actions by resource.
///
/// A `*` stands for a key where an action was used on at least `manyKeys` things of one kind under one parent (on
/// `manyRoots` where they are under nothing), and only where the token may do it on all of them now.
struct NeedPolicy {
    static let manyKeys = 5
    static let manyRoots = 20

    /// Whether a policy gives nothing that the token may not do now.
    let isWithin: (Policy) -> Bool
    /// What the token's scope denies: it goes along where its own patterns can't say it.
    let denials: [Statement]

    /// The shortest policy for the needs that is within; nil where none is found.
    func policy(for needs: [Request]) -> Policy? {
        let plain = statements(for: generalised(Self.patterns(needs, withSelectors: false)))
        let selected = statements(for: Self.patterns(needs, withSelectors: true))
        let attempts = [plain, plain + denials, selected, selected + denials]
        return attempts.lazy.map(Policy.init(statements:)).first { policy in
            policy.statements.count <= Policy.maximumStatements && isWithin(policy)
                && needs.allSatisfy { Self.allows(policy, $0) }
        }
    }

    private static func allows(_ policy: Policy, _ request: Request) -> Bool {
        Authority(of: .inline(policy), roles: [:], owner: nil, teams: []).decide(request).isAllowed
    }

    // MARK: Patterns

    /// A pattern of resources, in its parts.
    private struct Path: Hashable, Comparable {
        struct Part: Hashable {
            var type: String
            var key: String
            /// With its semicolon; empty where there are none.
            var selectors: String
        }

        var parts: [Part]

        init(_ resource: Resource, withSelectors: Bool) {
            parts = resource.segments.map { segment in
                var bare = segment
                (bare.tags, bare.properties, bare.views) = ([], [:], [])
                let selectors = withSelectors ? segment.description.dropFirst(bare.description.count) : ""
                return Part(type: segment.type, key: segment.key, selectors: String(selectors))
            }
        }

        /// The project, or whatever else stands first.
        var root: Path {
            var root = self
            root.parts.removeLast(parts.count - 1)
            return root
        }

        var text: String {
            parts.map { part in
                "\(part.key.isEmpty ? part.type : "\(part.type)/\(part.key)")\(part.selectors)"
            }.joined(separator: ":")
        }

        func starred(at place: Int) -> Path {
            var starred = self
            starred.parts[place].key = "*"
            return starred
        }

        static func < (left: Path, right: Path) -> Bool { left.text < right.text }
    }

    private static func patterns(_ needs: [Request], withSelectors: Bool) -> [Action: Set<Path>] {
        needs.reduce(into: [:]) { patterns, need in
            patterns[need.action, default: []].insert(Path(need.resource, withSelectors: withSelectors))
        }
    }

    private func generalised(_ patterns: [Action: Set<Path>]) -> [Action: Set<Path>] {
        var generalised: [Action: Set<Path>] = [:]
        for (action, paths) in patterns {
            var paths = paths
            let deepest = paths.map(\.parts.count).max() ?? 0
            for place in (0..<deepest).reversed() { star(place, of: action, in: &paths) }
            generalised[action] = paths
        }
        return generalised
    }

    private func star(_ place: Int, of action: Action, in paths: inout Set<Path>) {
        var groups: [Path: [Path]] = [:]
        for path in paths where place < path.parts.count && !["", "*"].contains(path.parts[place].key) {
            groups[path.starred(at: place), default: []].append(path)
        }
        let many = place == 0 ? Self.manyRoots : Self.manyKeys
        for (starred, members) in groups where members.count >= many && isWithin(action, on: starred) {
            paths.subtract(members)
            paths.insert(starred)
        }
    }

    /// Whether the token may do it on all that the pattern matches. What is in a project counts only for who
    /// sees the project.
    private func isWithin(_ action: Action, on path: Path) -> Bool {
        guard var statements = statement([action], on: [path]).map({ [$0] }) else { return false }
        if path.parts.count > 1, path.parts[0].type == "proj" {
            guard let viewing = statement([.viewProject], on: [path.root]) else { return false }
            statements.append(viewing)
        }
        return isWithin(Policy(statements: statements + denials))
    }

    // MARK: Statements

    /// One statement for each set of actions, its resources in order, the statements by their first resource.
    private func statements(for patterns: [Action: Set<Path>]) -> [Statement] {
        var actions: [Path: Set<Action>] = [:]
        for (action, paths) in patterns {
            for path in paths { actions[path, default: []].insert(action) }
        }
        var paths: [Set<Action>: [Path]] = [:]
        for (path, set) in actions { paths[set, default: []].append(path) }
        let groups = paths.map { (actions: $0.key, paths: $0.value.sorted()) }
            .sorted { ($0.paths[0].text, $0.paths.count) < ($1.paths[0].text, $1.paths.count) }
        return groups.flatMap { group in
            chunks(group.actions.sorted { $0.name < $1.name }).flatMap { actions in
                chunks(group.paths).compactMap { statement(actions, on: $0) }
            }
        }
    }

    private func chunks<Element>(_ list: [Element]) -> [[Element]] {
        stride(from: 0, to: list.count, by: Statement.maximumPatterns).map {
            Array(list[$0..<min($0 + Statement.maximumPatterns, list.count)])
        }
    }

    /// Nil where a resource can't be written as a pattern.
    private func statement(_ actions: [Action], on paths: [Path]) -> Statement? {
        let resources = paths.compactMap { try? ResourcePattern(parsing: $0.text) }
        guard resources.count == paths.count else { return nil }
        return Statement(
            .allow, actions: .matching(actions.map(ActionPattern.init(_:))), resources: .matching(resources))
    }
}

extension Authority {
    /// What its statements deny, with the values of its holder for role attributes. A deny whose attributes stand
    /// for more than a list holds is left out.
    var denials: [Statement] {
        grants.flatMap { grant in
            grant.policy.statements.filter { $0.effect == .deny }.compactMap { $0.resolved(grant.attributes) }
        }
    }
}

extension Statement {
    /// The same for somebody without these role attributes; nil where that can't be written.
    fileprivate func resolved(_ attributes: RoleAttributes) -> Statement? {
        guard resources.patterns.contains(where: { $0.text.utf8.contains(UInt8(ascii: "$")) }) else { return self }
        guard case .matching(let patterns) = resources else { return nil }
        let texts = patterns.flatMap { Self.resolved($0.text, attributes) }
        let resolved = texts.compactMap { try? ResourcePattern(parsing: $0) }
        guard resolved.count == texts.count, (1...Self.maximumPatterns).contains(resolved.count) else { return nil }
        return Statement(effect, actions: actions, resources: .matching(resolved))
    }

    /// The text once for each way to fill its first placeholder, and so on.
    private static func resolved(_ text: String, _ attributes: RoleAttributes) -> [String] {
        var texts = [text]
        for (name, values) in attributes {
            let placeholder = "${roleAttribute/\(name)}"
            texts = texts.flatMap { text -> [String] in
                let pieces = text.pieces(around: placeholder)
                guard pieces.count > 1 else { return [text] }
                return values.map { pieces.joined(separator: $0) }
            }
            if texts.count > maximumPatterns { return [] }
        }
        return texts
    }
}

extension String {
    fileprivate func pieces(around separator: String) -> [String] {
        var pieces: [[UInt8]] = [[]]
        let (bytes, wanted) = (Array(utf8), Array(separator.utf8))
        var place = 0
        while place < bytes.count {
            if bytes[place...].starts(with: wanted) {
                pieces.append([])
                place += wanted.count
            } else {
                pieces[pieces.count - 1].append(bytes[place])
                place += 1
            }
        }
        return pieces.map { String(decoding: $0, as: UTF8.self) }
    }
}
