@testable import PatrolDomain

/// A second, slow and obvious evaluator, straight from the rules and over characters, to hold the
/// one of the product against. It knows what `Workload` writes and no more.
struct PlainEvaluator {
    let authority: Authority

    func allows(_ request: Request) -> Bool {
        guard isAllowedByAny(request) else { return false }
        guard let project = request.resource.segments.first, project.type == "proj" else { return true }
        let viewing = Request(.viewProject, on: Resource(segments: [project]))
        return request == viewing || isAllowedByAny(viewing)
    }

    private func isAllowedByAny(_ request: Request) -> Bool {
        authority.grants.contains { allows(request, $0) }
    }

    private func allows(_ request: Request, _ grant: Grant) -> Bool {
        let effects = grant.policy.statements.filter { applies($0, request, grant.attributes) }.map(\.effect)
        if effects.contains(.deny) { return false }
        if effects.contains(.allow) { return true }
        let gives = grant.basePermissions == .reader || grant.policy.statements.contains { $0.effect == .allow }
        if let holder = authority.holder, gives,
            "\(request.resource)".hasPrefix("member/\(holder):token/"), request.action.name.hasSuffix("AccessToken")
        {
            return true
        }
        guard grant.basePermissions == .reader else { return false }
        if request.action.name.hasPrefix("view") { return true }
        return authority.holder != nil && request.action.name == "createAccessToken"
            && "\(request.resource)".hasPrefix("service-token/")
    }

    private func applies(_ statement: Statement, _ request: Request, _ attributes: RoleAttributes) -> Bool {
        let action = statement.actions.patterns.contains { glob(Array($0.text), Array(request.action.name)) }
        let resource = statement.resources.patterns.contains { matches($0.text, request.resource, attributes) }
        return action != statement.actions.isNegated && resource != statement.resources.isNegated
    }

    private func matches(_ pattern: String, _ resource: Resource, _ attributes: RoleAttributes) -> Bool {
        if pattern == "*" { return true }
        let placeholder = "${roleAttribute/p}"
        if pattern.contains(placeholder) {
            return (attributes["p"] ?? []).contains {
                matches(pattern.replacing(placeholder, with: $0), resource, attributes)
            }
        }
        let wanted = pattern.replacing("{critical:true}", with: "critical").split(separator: ":")
        let segments = resource.segments
        return wanted.count == segments.count && zip(wanted, segments).allSatisfy { matches(String($0), $1) }
    }

    private func matches(_ pattern: String, _ segment: Resource.Segment) -> Bool {
        let parts = pattern.split(separator: ";")
        let name = segment.key.isEmpty ? segment.type : "\(segment.type)/\(segment.key)"
        let labels = segment.tags + segment.properties.filter { $0.value == "true" }.map(\.key)
        let selectors = parts.count > 1 ? parts[1].split(separator: ",") : []
        return glob(Array(String(parts[0])), Array(name))
            && selectors.allSatisfy { selector in
                labels.contains { glob(Array(selector.lowercased()), Array($0.lowercased())) }
            }
    }

    private func glob(_ pattern: [Character], _ text: [Character]) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = Array(pattern.dropFirst())
        if first == "*" { return (0...text.count).contains { glob(rest, Array(text.dropFirst($0))) } }
        return text.first == first && glob(rest, Array(text.dropFirst()))
    }
}
