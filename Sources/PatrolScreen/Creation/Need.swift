import PatrolDomain

/// Something that a token must be able to do: some actions on some resources.
struct Need: Hashable, Sendable {
    var pattern: ResourcePattern
    var actions: [Action]

    /// A policy that allows this and nothing more. Who can't view a project can change nothing in it, so
    /// viewing comes along.
    static func policy(for needs: [Need]) -> Policy {
        var statements = needs.map { need in
            Statement(
                .allow, actions: .matching(need.actions.map(ActionPattern.init(_:))),
                resources: .matching([need.pattern]))
        }
        let projects = needs.filter { !$0.isViewingProject }.compactMap(\.project)
        var seen: Set<String> = []
        let viewed = projects.filter { seen.insert($0.text).inserted }
        if !viewed.isEmpty {
            statements.append(
                Statement(
                    .allow, actions: .matching([ActionPattern(.viewProject)]), resources: .matching(viewed)))
        }
        return Policy(statements: statements)
    }

    private var isViewingProject: Bool { !pattern.text.contains(":") && actions.contains(.viewProject) }

    /// The project that the pattern is in: its first segment.
    private var project: ResourcePattern? {
        guard pattern.text.hasPrefix("proj/"), let first = pattern.text.split(separator: ":").first else {
            return nil
        }
        return try? ResourcePattern(parsing: String(first))
    }

    /// One request for each action, on a thing that the pattern matches.
    var requests: [Request] {
        guard let example = pattern.example else { return [] }
        return actions.map { Request($0, on: example) }
    }
}

extension ResourcePattern {
    /// A thing that the pattern matches: each `*` stands for some ordinary text. Nil for patterns with
    /// placeholders, and for `*` alone, which has no type.
    var example: Resource? { try? Resource(parsing: text.replacingStars) }

    /// `proj/*:env/*` of what is written: the key of the catalogue.
    var chain: String? { example?.chain }
}

extension String {
    fileprivate var replacingStars: String {
        var text = ""
        for scalar in unicodeScalars {
            if scalar == "*" { text += "any" } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}

extension ResourceType {
    /// Some thing of this type.
    var example: Resource? { pattern.example }
}
