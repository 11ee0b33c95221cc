import Testing

@testable import PatrolDomain

/// Decisions of one role, by number of the test vector.
struct Vector: Sendable, CustomTestStringConvertible {
    let number: Int
    let policy: [String]
    let base: BasePermissions
    let action: String
    let resource: String
    let isAllowed: Bool

    init(
        _ number: Int, _ policy: [String], _ base: BasePermissions, _ action: String, _ resource: String,
        _ isAllowed: Bool
    ) {
        self.number = number
        self.policy = policy
        self.base = base
        self.action = action
        self.resource = resource
        self.isAllowed = isAllowed
    }

    var testDescription: String { "\(number): \(action) on \(resource) is \(isAllowed ? "allowed" : "denied")" }
}

private let notProduction = ["A * @ !proj/*:env/production:flag/*"]
private let taggedQA = ["A * @ proj/*:env/*;qa_*", "A * @ proj/*:env/*;qa_*:flag/*"]
private let taggedDev = ["A * @ proj/*:env/*:flag/*;dev", "A * @ proj/*:env/*;dev", "A * @ proj/*;dev"]
private let togglesProduction = ["A updateOn @ proj/*:env/production:flag/*"]
private let oneFlag = ["A * @ proj/*:env/*:flag/flag-1"]
private let oneProject = ["D viewProject @ !proj/project-1", "A * @ proj/*:env/*:flag/flag-1"]
private let fewActions = [
    "D viewProject @ !proj/project-1", "A * @ proj/project-1:env/*:flag/*",
    "D !updateFlagVariations|updateTags @ proj/project-1:env/production-1:flag/*",
]
private let mostActions = [
    "D !viewProject @ proj/*",
    "A !createFlag|updateTargets|updateRules|createExperiment|deleteExperiment|updateScheduledChanges"
        + " @ proj/project-1:env/*:flag/*",
    "A * @ proj/*:env/*:segment/*", "A * @ proj/*:metric/*",
]
private let eitherTag = ["A * @ proj/*:env/*:flag/*;tag1", "A * @ proj/*:env/*:flag/*;tag2"]
private let notTagTwice = ["A * @ !proj/*:env/*:flag/*;tag1", "A * @ !proj/*:env/*:flag/*;tag2"]
private let notTagOnce = ["A * @ !proj/*:env/*:flag/*;tag1 + proj/*:env/*:flag/*;tag2", "A viewProject @ proj/*"]
private let critical = [
    "A * @ proj/*:env/*:flag/*",
    "D !reviewApprovalRequest|applyApprovalRequest @ proj/*:env/*;{critical:true}:flag/*",
]
private let integrations = ["A createIntegration|deleteIntegration @ integration/*", "A viewProject @ proj/*"]

private let production = "proj/a:env/production:flag/f"
private let test = "proj/a:env/test:flag/f"

private let vectors: [Vector] = [
    Vector(1, ["D * @ proj/*:env/production:flag/*"], .noAccess, "updateOn", production, false),
    Vector(2, ["D * @ proj/*:env/production:flag/*"], .noAccess, "updateOn", test, false),
    Vector(3, notProduction, .noAccess, "updateOn", test, true),
    Vector(4, notProduction, .noAccess, "updateOn", production, false),
    Vector(5, notProduction, .noAccess, "createMember", "member/1", true),
    Vector(6, taggedQA, .reader, "updateName", "proj/a:env/t;qa_test", true),
    Vector(7, taggedQA, .reader, "updateOn", "proj/a:env/t;qa_test:flag/f", true),
    Vector(8, [taggedQA[0]], .reader, "updateOn", "proj/a:env/t;qa_test:flag/f", false),
    Vector(9, taggedQA, .reader, "updateOn", "proj/a:env/t;prod:flag/f", false),
    Vector(10, taggedQA, .reader, "updateTags", "proj/a", false),
    Vector(11, taggedDev, .reader, "updateOn", "proj/a:env/e:flag/f;dev", true),
    Vector(12, taggedDev, .reader, "updateOn", "proj/a:env/e;dev:flag/f", false),
    Vector(13, togglesProduction, .reader, "updateOn", production, true),
    Vector(14, togglesProduction, .reader, "updateRules", production, false),
    Vector(15, togglesProduction, .reader, "updateOn", "proj/a:env/Production:flag/f", false),
    Vector(16, togglesProduction, .reader, "viewProject", "proj/a", true),
    Vector(17, togglesProduction, .noAccess, "viewProject", "proj/a", false),
    Vector(17, togglesProduction, .noAccess, "updateOn", production, false),
    Vector(18, togglesProduction, .reader, "createAccessToken", "member/self:token/new", true),
    Vector(19, oneFlag, .reader, "updateOn", "proj/x:env/e:flag/flag-1", true),
    Vector(19, oneFlag, .reader, "updateOn", "proj/x:env/e:flag/flag-2", false),
    Vector(20, oneProject, .reader, "viewProject", "proj/project-1", true),
    Vector(20, oneProject, .reader, "viewProject", "proj/project-2", false),
    Vector(21, oneProject, .reader, "updateOn", "proj/project-2:env/e:flag/flag-1", false),
    Vector(22, fewActions, .reader, "updateTags", "proj/project-1:env/production-1:flag/f", true),
    Vector(23, fewActions, .reader, "updateOn", "proj/project-1:env/production-1:flag/f", false),
    Vector(24, fewActions, .reader, "updateOn", "proj/project-1:env/staging:flag/f", true),
    Vector(25, mostActions, .reader, "updateTags", "proj/project-1", false),
    Vector(26, mostActions, .reader, "viewProject", "proj/project-1", true),
    Vector(27, mostActions, .reader, "createFlag", "proj/project-1:env/e:flag/f", false),
    Vector(27, mostActions, .reader, "updateOn", "proj/project-1:env/e:flag/f", true),
    Vector(28, mostActions, .reader, "createSegment", "proj/any:env/e:segment/s", true),
    Vector(28, mostActions, .reader, "deleteMetric", "proj/any:metric/m", true),
    Vector(29, ["A * @ proj/*:env/*:flag/*;tag1,tag2"], .reader, "updateOn", "proj/a:env/e:flag/f;tag1,tag2", true),
    Vector(29, ["A * @ proj/*:env/*:flag/*;tag1,tag2"], .reader, "updateOn", "proj/a:env/e:flag/f;tag1", false),
    Vector(30, eitherTag, .reader, "updateOn", "proj/a:env/e:flag/f;tag2", true),
    Vector(31, notTagTwice, .noAccess, "updateOn", "proj/a:env/e:flag/f;tag1", true),
    Vector(32, notTagTwice, .noAccess, "updateOn", "proj/a:env/e:flag/f;tag1,tag2", false),
    Vector(33, notTagOnce, .noAccess, "updateOn", "proj/a:env/e:flag/f;tag1", false),
    Vector(34, critical, .reader, "updateOn", "proj/a:env/e;{critical:true}:flag/f", false),
    Vector(34, critical, .reader, "reviewApprovalRequest", "proj/a:env/e;{critical:true}:flag/f", true),
    Vector(34, critical, .reader, "updateOn", "proj/a:env/e;{critical:false}:flag/f", true),
    Vector(35, ["A update* @ member/*"], .noAccess, "updateRole", "member/9", true),
    Vector(35, ["A update* @ member/*"], .noAccess, "createMember", "member/9", false),
    Vector(35, ["A update* @ member/*"], .noAccess, "updateAccessTokenName", "member/9:token/1", false),
    Vector(36, ["A * @ member/*:token/*"], .noAccess, "deleteAccessToken", "member/9:token/3", true),
    Vector(36, ["A * @ member/*:token/*"], .noAccess, "deleteMember", "member/9", false),
    Vector(36, ["A * @ member/*:token/*"], .noAccess, "createAccessToken", "service-token/x", false),
    Vector(37, [], .reader, "viewProject", "proj/a", true),
    Vector(37, [], .reader, "updateOn", test, false),
    Vector(37, [], .reader, "createAccessToken", "member/self:token/new", true),
    Vector(38, [], .noAccess, "viewProject", "proj/a", false),
    Vector(38, [], .noAccess, "updateOn", test, false),
    Vector(40, ["A viewProject @ proj/public"], .noAccess, "viewProject", "proj/public", true),
    Vector(40, ["A viewProject @ proj/public"], .noAccess, "viewProject", "proj/other", false),
]

@Suite struct VectorTests {
    @Test(arguments: vectors) func `one role decides as its vector says`(vector: Vector) throws {
        let authority = try holding(vector.policy, vector.base)
        let decision = authority.decide(try request(vector.action, vector.resource))
        #expect(decision.isAllowed == vector.isAllowed, "\(decision.reason)")
    }

    @Test func `every vector of one role is there`() {
        #expect(Set(vectors.map(\.number)).union([39]) == Set(1...40))
    }

    @Test(arguments: [
        (39, "createIntegration", "integration/slack", true),
        (39, "viewProject", "proj/any", true),
        (39, "createFlag", "proj/any:env/e:flag/f", false),
    ]) func `an inline policy decides as its vector says`(
        number: Int, action: String, resource: String, isAllowed: Bool
    ) throws {
        let scope = Authority(of: .inline(try policy(integrations)), roles: [:], owner: nil, teams: [])
        #expect(scope.decide(try request(action, resource)).isAllowed == isAllowed, "vector \(number)")
    }

    @Test func `17: what is refused for want of the project says so`() throws {
        let decision = try holding(togglesProduction, .noAccess).decide(request("updateOn", production))
        #expect(decision.reason == .viewGate(project: "a", .nothingApplies))
    }

    @Test func `21: the statement that hides the project is named`() throws {
        let decision = try holding(oneProject, .reader)
            .decide(request("updateOn", "proj/project-2:env/e:flag/flag-1"))
        let role = GrantName("role", source: .customRole)
        #expect(decision.reason == .viewGate(project: "project-2", .statement(0, of: role)))
        #expect(decision.decidingGrant == role)
        #expect(decision.decidingStatement == 0)
        #expect(decision.reason.code == "viewGate")
    }
}
