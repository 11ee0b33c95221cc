/// How far a token's scope goes, whoever is behind it.
struct Reach {
    let mayWrite: Bool
    /// Account-wide, admin or wildcard findings.
    let findings: [Finding]

    init(_ token: AccessToken, scope: Authority?) {
        guard token.kind != .accountWide, let scope else {
            mayWrite = true
            findings = [Finding(.accountWide, severity: .critical, evidence: .plain)]
            return
        }
        mayWrite = scope.mayWrite
        var findings: [Finding] = []
        if case .base(let role) = token.scope, role == .admin || role == .owner {
            let severity: Severity = token.expiresAt == nil ? .critical : .high
            findings.append(Finding(.adminScope, severity: severity, evidence: .scopeIncludes(role)))
        }
        if let evidence = scope.wildcard {
            findings.append(Finding(.wildcardPolicy, severity: .high, evidence: evidence))
        }
        self.findings = findings
    }

    var isWide: Bool { !findings.isEmpty }
}

extension Authority {
    /// Whether a statement allows more than viewing, wherever; a member's own tokens do not count.
    package var mayWrite: Bool { grants.contains { $0.policy.statements.contains(where: \.mayWrite) } }

    /// The first statement of a custom role or inline policy that reaches everything.
    fileprivate var wildcard: Finding.Evidence? {
        for grant in grants where grant.name.source != .baseRole {
            if let place = grant.policy.statements.firstIndex(where: \.isWildcard) {
                return .statement(place, of: grant.name)
            }
        }
        return nil
    }
}

extension Statement {
    /// Whether it allows more than viewing. What a not-form leaves out is hardly all that writes.
    fileprivate var mayWrite: Bool {
        guard effect == .allow else { return false }
        switch actions {
        case .notMatching: return true
        case .matching(let patterns): return patterns.contains { !$0.isViewAlone }
        }
    }

    /// Whether it allows every action, or writing to every resource.
    fileprivate var isWildcard: Bool {
        guard effect == .allow else { return false }
        return actions.isEverything(\.isEverything) || (mayWrite && resources.isEverything(\.isEverything))
    }
}

extension Selection {
    /// A not-form reaches everything but a few.
    fileprivate func isEverything(_ isEverything: (Pattern) -> Bool) -> Bool {
        switch self {
        case .matching(let patterns): patterns.contains(where: isEverything)
        case .notMatching: true
        }
    }
}

extension ActionPattern {
    fileprivate var isEverything: Bool { glob.bytes.allSatisfy { $0 == Glob.star } }

    /// Whether all that it matches only looks.
    fileprivate var isViewAlone: Bool { Action(text).isView || text.hasPrefix("view*") }
}
