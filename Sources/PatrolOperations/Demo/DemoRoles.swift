internal import PatrolDomain

/// The custom roles of a made-up account.
enum DemoRoles {
    struct Draft {
        var key: String
        var name: String
        var description: String
        var basePermissions: BasePermissions = .reader
        var statements: [Statement]
    }

    static let all: [Draft] = [
        Draft(
            key: "release-manager", name: "Release managers", description: "Roll features out in production",
            statements: [
                allow(["updateOn", "updateRules", "updateFallthrough", "updateTargets"], ["proj/*:env/production:flag/*"])
            ]),
        Draft(
            key: "web-developer", name: "Web developers", description: "Everything about flags of the web project but production",
            statements: [
                allow(["*"], ["proj/web:env/*:flag/*"]),
                deny(["*"], ["proj/web:env/production:flag/*"]),
            ]),
        Draft(
            key: "mobile-developer", name: "Mobile developers", description: "",
            statements: [allow(["*"], ["proj/mobile:env/*:flag/*"]), deny(["deleteFlag"], ["proj/mobile:env/production:flag/*"])]),
        Draft(
            key: "qa", name: "Quality", description: "Test environments only",
            statements: [allow(["*"], ["proj/*:env/*;qa_*", "proj/*:env/*;qa_*:flag/*"])]),
        Draft(
            key: "billing-only", name: "Billing", description: "Sees the billing project and nothing else",
            basePermissions: .noAccess, statements: [allow(["viewProject"], ["proj/billing"])]),
        Draft(
            key: "contractor", name: "Contractors", description: "What their projects attribute names",
            basePermissions: .noAccess,
            statements: [
                allow(["viewProject"], ["proj/${roleAttribute/projects}"]),
                allow(["updateOn", "updateTags"], ["proj/${roleAttribute/projects}:env/test:flag/*"]),
            ]),
        Draft(
            key: "support", name: "Support", description: "Targets single customers",
            statements: [allow(["updateTargets", "updateExpiringTargets"], ["proj/*:env/*:flag/*"])]),
        Draft(
            key: "experimenter", name: "Experimenters", description: "Runs experiments",
            statements: [
                allow(["*"], ["proj/*:env/*:experiment/*", "proj/*:metric/*"])
            ]),
        Draft(
            key: "integration-admin", name: "Integrations", description: "",
            statements: [allow(["*"], ["integration/*", "webhook/*"])]),
        Draft(
            key: "segment-editor", name: "Segment editors", description: "",
            statements: [allow(["updateIncluded", "updateExcluded", "updateRules"], ["proj/*:env/*:segment/*"])]),
        Draft(
            key: "people-partner", name: "People partners", description: "Invites and removes members",
            statements: [allow(["createMember", "deleteMember", "updateCustomRole"], ["member/*"])]),
        Draft(
            key: "token-janitor", name: "Token janitors", description: "Keeps everybody's tokens clean",
            statements: [allow(["deleteAccessToken", "updateAccessTokenExpiry"], ["member/*:token/*", "service-token/*"])]),
        Draft(
            key: "no-production", name: "All but production", description: "Reaches further than it looks",
            basePermissions: .noAccess, statements: [allowAllBut(["proj/*:env/production:flag/*"])]),
        Draft(
            key: "core-maintainer", name: "Core maintainers", description: "Flags tagged core",
            statements: [allow(["*"], ["proj/*;core:env/*:flag/*", "proj/*:env/*:flag/*;core"])]),
        Draft(
            key: "approver", name: "Approvers", description: "Reviews changes to critical environments",
            statements: [
                allow(["reviewApprovalRequest", "applyApprovalRequest"], ["proj/*:env/*;{critical:true}:flag/*"])
            ]),
        Draft(
            key: "webhooks", name: "Webhook editors", description: "",
            statements: [allow(["createWebhook", "updateUrl", "updateOn"], ["webhook/*"])]),
        Draft(
            key: "project-creator", name: "Project creators", description: "",
            statements: [allow(["createProject", "createEnvironment"], ["proj/*", "proj/*:env/*"])]),
        Draft(
            key: "cleanup", name: "Flag cleanup", description: "Archives what is done",
            statements: [allow(["updateGlobalArchived", "deleteFlag"], ["proj/*:env/*:flag/*"])]),
        Draft(
            key: "superuser", name: "Superusers", description: "From before roles were written down",
            statements: [allow(["*"], ["*"])]),
        Draft(
            key: "observer", name: "Observers", description: "Looks on",
            basePermissions: .noAccess, statements: [allow(["view*"], ["*"])]),
    ]

    static func allow(_ actions: [String], _ resources: [String]) -> Statement {
        Statement(.allow, actions: .matching(actions.map(action)), resources: .matching(resources.map(resource)))
    }

    private static func deny(_ actions: [String], _ resources: [String]) -> Statement {
        Statement(.deny, actions: .matching(actions.map(action)), resources: .matching(resources.map(resource)))
    }

    private static func allowAllBut(_ resources: [String]) -> Statement {
        Statement(.allow, actions: .matching([action("*")]), resources: .notMatching(resources.map(resource)))
    }

    private static func action(_ text: String) -> ActionPattern {
        do throws(SpecifierFault) { return try ActionPattern(parsing: text) } catch {
            preconditionFailure("`\(text)` is an action pattern")
        }
    }

    private static func resource(_ text: String) -> ResourcePattern {
        do throws(SpecifierFault) { return try ResourcePattern(parsing: text) } catch {
            preconditionFailure("`\(text)` is a resource specifier")
        }
    }
}
