import Testing

@testable import PatrolDomain

@Suite struct `What a scope is like` {
    struct Case: Sendable {
        var story: String
        var lines: [String]
        var likeness: [ScopeLikeness]
    }

    private static let ownersOwn = "updateSubscription|deleteSubscription|getPaymentCard|updatePaymentCard|"
        + "updateBillingContact|updateAccountOwner"

    static let cases = [
        Case(story: "everything is the owner's", lines: ["A * @ *"], likeness: [.same("owner")]),
        Case(
            story: "an admin by another name", lines: ["A * @ *", "D \(ownersOwn) @ acct"],
            likeness: [.same("admin")]),
        Case(
            story: "an admin and a little more", lines: ["A * @ *", "D updateAccountOwner @ acct"],
            likeness: [.beyondAdmin]),
        Case(
            story: "a role by another name", lines: ["A updateO* @ proj/web:env/*:flag/*", "A viewProject @ proj/web"],
            likeness: [.same("toggler")]),
        Case(story: "less than a role", lines: ["A updateOn @ proj/web:env/*:flag/*"], likeness: []),
    ]

    /// A custom role that says what an admin may was not told from one that toggles flags.
    @Test(arguments: cases) func `roles that grant the same are named`(_ one: Case) throws {
        let toggler = try role("toggler", ["A viewProject @ proj/web", "A updateO* @ proj/web:env/*:flag/*"])
        var token = UsedToken(scope: .inline(try policy(one.lines)), roles: [toggler])
        token.ownerRole = .owner
        #expect(try token.sizing().likeness(at: UsedToken.now) == one.likeness, "\(one.story)")
    }

    @Test func `its own role is not named`() throws {
        let toggler = try role("toggler", ["A updateO* @ proj/web:env/*:flag/*"])
        let twin = try role("twin", ["A updateO* @ proj/web:env/*:flag/*"])
        let token = UsedToken(scope: .customRoles([toggler.id]), roles: [toggler, twin])
        #expect(try token.sizing().likeness(at: UsedToken.now) == [.same("twin")])
        #expect(try UsedToken(scope: .base(.admin)).sizing().likeness(at: UsedToken.now).isEmpty)
    }
}
