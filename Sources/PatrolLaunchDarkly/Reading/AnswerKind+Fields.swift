extension AnswerKind {
    /// Every field that LaunchDarkly is known to send in an entry, whether or not Patrol uses it.
    var fields: Set<String> {
        switch self {
        case .roles: Self.roleFields
        case .teams: Self.teamFields
        case .members: Self.memberFields
        case .tokens: Self.tokenFields
        case .auditLog: Self.auditLogFields
        }
    }

    private static let roleFields: Set<String> = [
        "_id", "_links", "_access", "_presetBundleVersion", "_presetStatements", "key", "name",
        "description", "policy", "basePermissions", "resourceCategory", "assignedTo",
    ]

    private static let teamFields: Set<String> = [
        "_links", "_creationDate", "_lastModified", "_version", "_idpSynced", "_access", "key", "name",
        "description", "members", "roles", "customRoleKeys", "roleAttributes", "projects",
        "maintainers", "creationDate",
    ]

    private static let memberFields: Set<String> = [
        "_links", "_id", "firstName", "lastName", "role", "email", "_pendingInvite", "_verified",
        "_pendingEmail", "customRoles", "mfa", "excludedDashboards", "_lastSeen", "_lastSeenMetadata",
        "_integrationMetadata", "teams", "permissionGrants", "creationDate", "oauthProviders",
        "hasPassword", "version", "roleAttributes", "mfaEnforced", "mfaGracePeriodExpiresAt", "isBeta",
    ]

    private static let tokenFields: Set<String> = [
        "_id", "ownerId", "memberId", "_member", "name", "description", "creationDate", "lastModified",
        "role", "customRoleIds", "inlineRole", "token", "serviceToken", "defaultApiVersion", "lastUsed",
        "expiry", "_links",
    ]

    private static let auditLogFields: Set<String> = [
        "_links", "_id", "_accountId", "date", "accesses", "kind", "name", "description",
        "shortDescription", "comment", "subject", "member", "token", "app", "titleVerb", "title",
        "target", "parent", "relatedFlag", "relatedExperiment", "relatedAIConfig", "delta",
        "previousVersion", "currentVersion", "merge", "triggerBody", "subentries",
    ]
}
