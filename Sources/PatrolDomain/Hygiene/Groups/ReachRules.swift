/// How far a token reaches, whoever calls with it.
enum ReachRules {
    static let entries = [
        RuleEntry(
            .accountWide, "HYG-01", "account-wide", .reach, [.critical], remedy: .flag, standards: ["NHI5", "NHI9"]),
        RuleEntry(
            .adminScope, "HYG-02", "admin", .reach, [.high, .critical], remedy: .editScope,
            standards: ["NHI5", "CIS-AWS 2.14"]),
        RuleEntry(
            .wildcardPolicy, "HYG-03", "wildcard", .reach, [.high], remedy: .editScope,
            standards: ["NHI5", "CIS-AWS 2.14"]),
        RuleEntry(
            .selfEscalating, "HYG-04", "self-escalating", .reach, [.high], remedy: .editScope,
            standards: ["NHI5", "800-53 AC-6"]),
        RuleEntry(
            .sleepingPrivilege, "HYG-05", "sleeping", .reach, [.medium], remedy: .editScope,
            standards: ["NHI5", "ASVS 8.3.2"]),
    ]

    /// - Parameter pair: What the scope and the person behind it have to say together, which is dear.
    static func judge(_ subject: Subject, _ pair: PairFacts, into verdict: inout Verdict) {
        guard let scope = subject.scope else { return verdict.add(.accountWide, .critical, .plain) }
        if let role = subject.adminRole { verdict.add(.adminScope, .high, .scopeIncludes(role)) }
        if let evidence = scope.wildcard { verdict.add(.wildcardPolicy, .high, evidence) }
        guard subject.isSomebodyBehind else { return }
        if subject.adminRole == nil, let request = pair.escalation {
            verdict.add(.selfEscalating, .high, .escalates(request))
        }
        if let request = pair.sleeping { verdict.add(.sleepingPrivilege, .medium, .withheld(request)) }
    }
}

/// What a scope and the person behind it have in common with all tokens of the same scope and person.
struct PairFacts {
    /// A request that the scope allows and the person may not make.
    var sleeping: Request?
    /// A request that both allow, by which the token could give itself or others more.
    var escalation: Request?
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
