internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolPresentation

/// Several members' roles at once, by instructions: each member is a change of his own, and what is refused is told
/// beside what was done.
enum MemberInstructions {
    private enum Kind: String, CaseIterable {
        case replaceMembersRoles, replaceMembersCustomRoles, replaceMembersRoleAttributes
    }


    private struct Instruction {
        let members: [String]
        let change: (inout ChangeMemberRoles) -> Void
    }

    static let maximumCount = 100

    @Sendable static func apply(_ request: RESTRequest) throws(RESTFault) -> RESTAnswer {
        guard request.isSemanticPatch else {
            throw .invalid("instructions come as `application/json; domain-model=launchdarkly.semanticpatch`")
        }
        let object = try BodyObject(try request.body())
        let comment = try object.text("comment") ?? ""
        guard let elements = object.value("instructions")?.elements, (1...maximumCount).contains(elements.count) else {
            throw object.wrong("instructions", "a list of 1 to \(maximumCount) instructions")
        }
        var instructions: [Instruction] = []
        for (place, element) in elements.enumerated() {
            instructions.append(try read(try BodyObject(element, at: "instructions[\(place)]"), request))
        }
        var (done, errors): ([String], [JSON]) = ([], [])
        for instruction in instructions {
            for id in instruction.members {
                if let why = try refusal(of: instruction, for: id, comment, request) {
                    errors.append(.object([JSONMember(id, .string(why))]))
                } else if !done.contains(id) {
                    done.append(id)
                }
            }
        }
        return RESTAnswer(json: ["members": JSON(done), "errors": .array(errors)])
    }

    private static func read(_ object: BodyObject, _ request: RESTRequest) throws(RESTFault) -> Instruction {
        guard let kind = Kind(rawValue: try object.required("kind")) else {
            throw object.wrong("kind", "one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let members = try object.texts("memberIDs"), members.count <= RESTLimits.page else {
            throw object.wrong("memberIDs", "a list of at most \(RESTLimits.page) ids")
        }
        switch kind {
        case .replaceMembersRoles:
            let role = try request.baseRole(try object.required("value"))
            return Instruction(members: members) { $0.baseRole = role; $0.customRoles = [] }
        case .replaceMembersCustomRoles:
            guard let names = try object.texts("values") else { throw object.wrong("values", "needed") }
            let roles = try request.roleIDs(names)
            return Instruction(members: members) { $0.customRoles = roles }
        case .replaceMembersRoleAttributes:
            guard let attributes = try object.attributes("value") else { throw object.wrong("value", "needed") }
            return Instruction(members: members) { $0.roleAttributes = attributes }
        }
    }

    /// Why the member could not be changed. What the caller may not do at all is no matter of one member.
    private static func refusal(
        of instruction: Instruction, for id: String, _ comment: String, _ request: RESTRequest
    ) throws(RESTFault) -> String? {
        let found = try MemberID(id).flatMap { id throws(RESTFault) in
            try request.door { (patrol) throws(PatrolError) in try patrol.member(id) }
        }
        guard let member = found, member.standing != .removed else { return "there is no such member" }
        var change = ChangeMemberRoles(member)
        instruction.change(&change)
        if change == ChangeMemberRoles(member) { return nil }
        let outcome = try request.door { (patrol) throws(PatrolError) in
            try patrol.perform(.changeMemberRoles(change), as: request.caller.session, comment: comment)
        }
        switch outcome.refusal {
        case nil: return nil
        case .ownRoles: return "you cannot modify your own role"
        case .notPermitted(let asked, let reason):
            throw RESTFault(.notPermitted(asked, reason), outcome.entry, request.caller)
        case let refusal?: return refusal.sentence.text
        }
    }
}
