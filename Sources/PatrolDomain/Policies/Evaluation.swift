/// A request, with what every pattern wants to know of it.
struct AskedFor {
    let action: Action
    let resource: Resource
    let types: TypeChain
    /// Types and keys, without selectors: `proj/web:env/production`.
    let path: [UInt8]

    init(_ request: Request) {
        action = request.action
        resource = request.resource
        (types, path) = TypeChain.read(request.resource.segments.lazy.map { ($0.type, $0.key.utf8) })
    }
}

/// A number for a chain of types: where two numbers differ, so do the chains.
struct TypeChain: Hashable, Sendable {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    static let separator = UInt8(ascii: ":")

    /// The chain of the segments, and their types and keys as one path.
    static func read(_ segments: some Sequence<(String, some Sequence<UInt8>)>) -> (TypeChain, path: [UInt8]) {
        var chain = TypeChain()
        var path: [UInt8] = []
        path.reserveCapacity(96)
        for (type, key) in segments {
            if !path.isEmpty { path.append(separator) }
            for byte in type.utf8 {
                chain.take(byte)
                path.append(byte)
            }
            chain.take(separator)
            path.append(UInt8(ascii: "/"))
            // No pattern has a separator in a key, so one in a key must not look like the end of it.
            for byte in key { path.append(byte == separator ? 0 : byte) }
        }
        return (chain, path)
    }

    /// One step of FNV-1a.
    private mutating func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
}

extension Grant {
    /// What one grant says about a request, by itself.
    enum Verdict {
        case deniedByStatement(Int)
        case allowedByStatement(Int)
        case allowedByBasePermissions
        /// Nothing in it speaks of the request.
        case silent
    }

    /// In one grant a deny wins over every allow, and what no statement speaks of is left to the base permissions.
    func verdict(on asked: AskedFor, holder: MemberID?) -> Verdict {
        var allowing: Int?
        for place in policy.statements.indices {
            let isDeny = policy.statements[place].effect == .deny
            // Where an allow has been found, only a deny is of interest.
            if !isDeny && allowing != nil { continue }
            guard policy.statements[place].applies(to: asked, attributes: attributes) else { continue }
            if isDeny { return .deniedByStatement(place) }
            allowing = place
        }
        if let allowing { return .allowedByStatement(allowing) }
        return isAllowedByDefault(asked, holder: holder) ? .allowedByBasePermissions : .silent
    }

    /// Whether it gives anything at all.
    package var isEmpty: Bool {
        basePermissions == .noAccess && !policy.statements.contains { $0.effect == .allow }
    }

    private func isAllowedByDefault(_ asked: AskedFor, holder: MemberID?) -> Bool {
        if basePermissions == .reader && asked.action.isView { return true }
        // Members can create tokens limited to what they may do, unless their role says no; a grant
        // that gives nothing does not give this either.
        guard let holder, !isEmpty else { return false }
        if asked.resource.isToken(of: holder) { return Action.ofOwnTokens.contains(asked.action) }
        return basePermissions == .reader && asked.action == .createAccessToken
            && asked.resource.isServiceToken
    }
}

extension Authority {
    /// Whether the union of the grants allows it. What one grant denies another may allow. Who can't
    /// view a project can change nothing in it, whatever is allowed there.
    package func decide(_ request: Request) -> Decision {
        let decision = decideWithoutGate(request)
        guard decision.isAllowed, let viewing = request.viewingItsProject else { return decision }
        let gate = decideWithoutGate(viewing)
        if gate.isAllowed { return decision }
        let project = viewing.resource.segments[0].key
        return Decision(isAllowed: false, reason: .viewGate(project: project, gate.reason))
    }

    /// Whether the grants name it, apart from whether its project can be viewed: for policies that select entries.
    package func names(_ request: Request) -> Bool { decideWithoutGate(request).isAllowed }

    private func decideWithoutGate(_ request: Request) -> Decision {
        let asked = AskedFor(request)
        var denial: Decision.Reason?
        for grant in grants {
            switch grant.verdict(on: asked, holder: holder) {
            case .allowedByStatement(let place):
                return Decision(isAllowed: true, reason: .statement(place, of: grant.name))
            case .allowedByBasePermissions:
                return Decision(isAllowed: true, reason: .basePermissions(of: grant.name))
            case .deniedByStatement(let place):
                if denial == nil { denial = .statement(place, of: grant.name) }
            case .silent: break
            }
        }
        return Decision(isAllowed: false, reason: denial ?? .nothingApplies)
    }
}

extension Action {
    /// What a member may do with tokens of his own where his role says nothing.
    static let ofOwnTokens: [Action] = [
        .createAccessToken, .updateAccessTokenName, .updateAccessTokenDescription, .updateAccessTokenExpiry,
        .updateAccessTokenPolicy, .resetAccessToken, .deleteAccessToken,
    ]
}

extension Resource {
    func isToken(of member: MemberID) -> Bool {
        segments.count == 2 && segments[1].type == "token" && segments[0].type == "member"
            && segments[0].key == member.text
    }

    var isServiceToken: Bool { segments.count == 1 && segments[0].type == "service-token" }
}

extension Request {
    /// The request to view the project that this one is about; nil when it is about none, or is that request.
    var viewingItsProject: Request? {
        guard let first = resource.segments.first, first.type == "proj" else { return nil }
        if resource.segments.count == 1 {
            return action == .viewProject ? nil : Request(.viewProject, on: resource)
        }
        return Request(.viewProject, on: Resource(segments: [first]))
    }
}
