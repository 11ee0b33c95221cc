import PatrolDomain
import Testing

private func invitation(_ email: String = "new@example.org", _ role: BaseRole = .writer) -> Command {
    .inviteMember(InviteMember(email: email, baseRole: role))
}

private func roles(
    of member: Member, _ base: BaseRole, custom: [RoleID] = [], version: Int = 3
) -> Command {
    .changeMemberRoles(
        ChangeMemberRoles(
            member: member.id, version: version, baseRole: base, customRoles: custom, roleAttributes: [:]))
}

@Suite struct RulesOfMembersTests {
    struct Case: Sendable {
        var story: String
        var actor: Member
        var command: Command
        var about: Member?
        /// The code of the refusal; nil: allowed.
        var refusal: String?

        init(_ story: String, _ actor: Member, _ command: Command, about: Member? = nil, _ refusal: String?) {
            self.story = story
            self.actor = actor
            self.command = command
            self.about = about
            self.refusal = refusal
        }
    }

    static let cases: [Case] = [
        Case("the owner invites a writer", Roster.ada, invitation(), nil),
        Case("an admin invites an admin", Roster.max, invitation("new@example.org", .admin), nil),
        Case("nobody invites an owner", Roster.ada, invitation("new@example.org", .owner), "ownerRoleNotGivable"),
        Case("a writer invites nobody", Roster.wanda, invitation(), "notPermitted"),
        Case("a reader invites nobody", Roster.rita, invitation(), "notPermitted"),
        Case("a custom role may allow inviting", Roster.cesar, invitation(), nil),
        Case("but not inviting an admin", Roster.cesar, invitation("a@b.org", .admin), "adminRoleNotGivable"),
        Case("an address needs its sign", Roster.ada, invitation("nobody"), "badText"),
        Case("an address holds no escape", Roster.ada, invitation("a\u{1B}[2J@b.org"), "badText"),
        Case("a pending member can do nothing", Roster.pia, invitation(), "actorNotInForce"),
        Case("but accept", Roster.pia, .acceptInvitation, nil),
        Case("once", Roster.rita, .acceptInvitation, "alreadyAccepted"),
        Case("an admin makes a reader a writer", Roster.max, roles(of: Roster.rita, .writer), about: Roster.rita, nil),
        Case("nobody changes his own roles", Roster.max, roles(of: Roster.max, .reader), about: Roster.max, "ownRoles"),
        Case("the owner does not either", Roster.ada, roles(of: Roster.ada, .admin), about: Roster.ada, "ownRoles"),
        Case("the owner's roles are fixed", Roster.max, roles(of: Roster.ada, .admin), about: Roster.ada, "ownerIsFixed"),
        Case("a second owner is not made", Roster.ada, roles(of: Roster.max, .owner), about: Roster.max, "ownerRoleNotGivable"),
        Case("a writer changes nobody's roles", Roster.wanda, roles(of: Roster.rita, .writer), about: Roster.rita, "notPermitted"),
        Case(
            "who is no admin makes no admin", Roster.cesar, roles(of: Roster.rita, .admin), about: Roster.rita,
            "adminRoleNotGivable"),
        Case(
            "nor by taking custom roles away from one", Roster.cesar,
            roles(of: Roster.dora, .admin), about: Roster.dora, "adminRoleNotGivable"),
        Case(
            "an unknown role is not given", Roster.max, roles(of: Roster.rita, .reader, custom: [RoleID("nobody")!]),
            about: Roster.rita, "unknownRole"),
        Case("what stays the same is no change", Roster.max, roles(of: Roster.rita, .reader), about: Roster.rita, "nothingToChange"),
        Case(
            "a stale confirmation is refused", Roster.max, roles(of: Roster.rita, .writer, version: 2),
            about: Roster.rita, "changedMeanwhile"),
        Case("who is not there can't be changed", Roster.max, roles(of: Roster.rita, .writer), about: nil, "notFound"),
        Case("an admin removes a writer", Roster.max, .removeMember(Roster.wanda.id, version: 3), about: Roster.wanda, nil),
        Case("nobody removes himself", Roster.max, .removeMember(Roster.max.id, version: 3), about: Roster.max, "ownRemoval"),
        Case("the owner is not removed", Roster.max, .removeMember(Roster.ada.id, version: 3), about: Roster.ada, "ownerIsFixed"),
        Case("a reader removes nobody", Roster.rita, .removeMember(Roster.wanda.id, version: 3), about: Roster.wanda, "notPermitted"),
        Case("the owner hands over", Roster.ada, .transferOwnership(to: Roster.max.id, version: 3), about: Roster.max, nil),
        Case("an admin does not", Roster.max, .transferOwnership(to: Roster.wanda.id, version: 3), about: Roster.wanda, "notPermitted"),
        Case(
            "not to somebody who has not come", Roster.ada, .transferOwnership(to: Roster.pia.id, version: 3),
            about: Roster.pia, "ownershipOnlyToActiveMember"),
    ]

    @Test(arguments: cases)
    func `each story ends as told, with one event`(_ story: Case) {
        let ruling = Roster.rule(story.command, by: story.actor) { $0.member = story.about }
        #expect(ruling.refusal?.code == story.refusal, "\(story.story)")
        #expect(ruling.changes.isEmpty == (story.refusal != nil), "\(story.story)")
        #expect(ruling.event.actor.member == story.actor.id)
    }

    @Test func `an accepted invitation is not on record as something that no role allows`() {
        let ruling = Roster.rule(.acceptInvitation, by: Roster.pia)
        #expect(ruling.refusal == nil)
        #expect(ruling.event.decision == Decision(isAllowed: true, reason: .ownInvitation))
    }

    @Test func `who may hand over the account does not take it for himself`() {
        let ruling = Roster.rule(.transferOwnership(to: Roster.wanda.id, version: 3), by: Roster.wanda) {
            $0.member = Roster.wanda
            $0.actorAuthority = Authority(of: Roster.ada, roles: [:], teams: [])
        }
        #expect(ruling.refusal == .ownRoles)
    }

    @Test func `ownership moves in one step, and the heir loses what would take an owner's rights`() {
        let heir = Roster.cesar
        let ruling = Roster.rule(.transferOwnership(to: heir.id, version: 3), by: Roster.ada) { $0.member = heir }
        let members = ruling.changes.compactMap { change -> Member? in
            if case .updateMember(let member) = change { member } else { nil }
        }
        #expect(members.map(\.baseRole) == [.admin, .owner])
        #expect(members[1].customRoles.isEmpty)
        #expect(Authority(of: members[1], roles: [:], teams: []).decide(Request(.updateAccountOwner, on: .account)).isAllowed)
    }

    @Test func `a removal marks the member, and all his tokens must be judged anew`() {
        let ruling = Roster.rule(.removeMember(Roster.wanda.id, version: 3), by: Roster.ada) { $0.member = Roster.wanda }
        guard case .updateMember(let member) = ruling.changes.first else {
            Issue.record("expected the member")
            return
        }
        #expect(member.standing == .removed)
        #expect(member.version == 4)
        #expect(ruling.changes.contains(.staleRisk(.tokensOfMember(Roster.wanda.id))))
    }
}
