/// Something that a token must be able to do: some actions on some resources.
package struct Need: Hashable, Sendable {
    package var pattern: ResourcePattern
    package var actions: [Action]

    package init(pattern: ResourcePattern, actions: [Action]) {
        self.pattern = pattern
        self.actions = actions
    }

    /// A policy that allows this and nothing more, but that the projects can be viewed.
    package static func policy(for needs: [Need]) -> Policy {
        Policy(
            statements: needs.map { need in
                Statement(
                    .allow, actions: .matching(need.actions.map(ActionPattern.init(_:))),
                    resources: .matching([need.pattern]))
            }
        ).withViewing
    }
}

extension Policy {
    /// With what comes along unsaid: who can't view a project can change nothing in it, so each project that an allow
    /// names is viewed, too. What allows it already is left as it is.
    package var withViewing: Policy {
        var missing: [ResourcePattern] = []
        for project in statements.filter({ $0.effect == .allow }).flatMap(\.projects)
        where !missing.contains(project) && !allowsViewing(project) {
            missing.append(project)
        }
        guard !missing.isEmpty else { return self }
        let rest = missing.count > Statement.maximumPatterns ? [.everyProject] : missing
        return Policy(
            statements: statements + [
                Statement(.allow, actions: .matching([ActionPattern(.viewProject)]), resources: .matching(rest))
            ])
    }

    private func allowsViewing(_ project: ResourcePattern) -> Bool {
        statements.contains { statement in
            guard statement.effect == .allow, statement.actions.holds({ $0[$1].matches(.viewProject) }) else { return false }
            guard case .matching(let patterns) = statement.resources else { return false }
            return patterns.contains { $0 == project || $0.isEverything || $0 == .everyProject }
        }
    }
}

extension Statement {
    /// The projects in which it says something.
    fileprivate var projects: [ResourcePattern] {
        guard case .matching(let patterns) = resources else { return [.everyProject] }
        return patterns.compactMap { $0.isEverything ? .everyProject : $0.project }
    }
}

extension ResourcePattern {
    fileprivate static let everyProject = ResourcePattern(allOf: ["proj"])

    /// The pattern of the project that it is in: its first segment. Nil where it is in none.
    package var project: ResourcePattern? {
        guard chain.first?.type == "proj" else { return nil }
        if chain.count == 1 { return self }
        // A colon may also be part of a selector: the first one that leaves two specifiers divides the segments.
        for colon in text.utf8.indices where text.utf8[colon] == UInt8(ascii: ":") {
            guard let head = try? ResourcePattern(parsing: String(text[..<colon])), head.chain.count == 1,
                let rest = try? ResourcePattern(parsing: String(text[text.index(after: colon)...])),
                rest.chain.count == chain.count - 1
            else { continue }
            return head
        }
        return nil
    }
}
