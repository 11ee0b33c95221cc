internal import PatrolDomain
internal import PatrolJSON

/// What bodies and answers are like, by name.
enum Schemas {
    static let all: [(name: String, schema: JSON)] = shared + requests + answers + log

    private static let shared: [(String, JSON)] = [
        ("Link", Schema.object(["href": Schema.text, "type": Schema.text])),
        ("Links", Schema.map(Schema.named("Link"))),
        (
            "Error",
            Schema.object(
                ["code": Schema.text, "message": Schema.text],
                optional: [
                    "id": Schema.text, "invalid_emails": Schema.list(Schema.text),
                    "access": Schema.object(["action": Schema.text, "resource": Schema.text]),
                    "reason": Schema.named("AccessReason"),
                ])
        ),
        (
            "AccessReason",
            Schema.object(
                ["effect": Schema.words(["allow", "deny"])],
                optional: [
                    "actions": Schema.list(Schema.text), "notActions": Schema.list(Schema.text),
                    "resources": Schema.list(Schema.text), "notResources": Schema.list(Schema.text),
                    "role_name": Schema.text,
                ])
        ),
        (
            "Statement",
            Schema.object(
                ["effect": Schema.words(["allow", "deny"])],
                optional: [
                    "actions": texts, "notActions": texts, "resources": texts, "notResources": texts,
                ])
        ),
        ("StatementPost", Schema.statement),
        ("Statements", Schema.list(Schema.named("StatementPost"))),
        ("RoleAttributes", Schema.map(Schema.list(Schema.text))),
    ]

    private static let texts = Schema.list(Schema.text)

    private static let requests: [(String, JSON)] = [
        (
            "AccessTokenPost",
            Schema.object(
                [:],
                optional: [
                    "name": Schema.optional(Schema.text(length: 1...TextRule.name.maximumLength)),
                    "description": Schema.optional(Schema.text(length: 0...TextRule.purpose.maximumLength)),
                    "role": Schema.optional(Schema.words(RESTRequest.tokenRoles.map(\.rawValue))),
                    "customRoleIds": Schema.optional(Schema.list(Schema.text)),
                    "inlineRole": Schema.optional(Schema.named("Statements")),
                    "serviceToken": Schema.optional(Schema.bool),
                    "defaultApiVersion": Schema.optional(["type": "integer", "enum": apiVersions]),
                    "expiry": Schema.optional(Schema.expiry),
                ]
            ).setting("examples", to: [["name": "nightly export", "role": "reader"]])
        ),
        ("PatchOperation", Schema.operation),
        (
            "JSONPatchBody",
            Schema.any([
                Schema.list(Schema.named("PatchOperation")),
                Schema.named("PatchWithComment"),
            ]).setting(
                "examples", to: [[["op": "replace", "path": "/name", "value": "weekly export"]]])
        ),
        (
            "PatchWithComment",
            Schema.object(
                ["patch": Schema.list(Schema.named("PatchOperation"))],
                optional: ["comment": Schema.optional(Schema.text)])
        ),
        (
            "RolePatchBody",
            Schema.any([
                Schema.named("JSONPatchBody"),
                Schema.object(["merge": changes], optional: ["comment": Schema.optional(Schema.text)]),
                changes.setting("minProperties", to: 1),
            ])
        ),
        (
            "NewMember",
            Schema.object(
                ["email": Schema.text(length: 3...TextRule.email.maximumLength)],
                optional: [
                    "firstName": Schema.optional(Schema.text(length: 0...TextRule.personName.maximumLength)),
                    "lastName": Schema.optional(Schema.text(length: 0...TextRule.personName.maximumLength)),
                    "role": Schema.optional(Schema.words(memberRoles)),
                    "customRoles": Schema.optional(Schema.list(Schema.text)),
                    "roleAttributes": Schema.optional(Schema.named("RoleAttributes")),
                ])
        ),
        (
            "NewMembers",
            Schema.list(Schema.named("NewMember"), 1...RESTLimits.invitations).setting(
                "examples", to: [[["email": "ines@example.org", "role": "reader"]]])
        ),
        (
            "MembersPatchInput",
            Schema.object(
                [
                    "instructions": Schema.list(Schema.instruction, 1...MemberInstructions.maximumCount)
                ], optional: ["comment": Schema.optional(Schema.text)])
        ),
        (
            "CustomRolePost",
            Schema.object(
                [
                    "name": Schema.text(length: 1...TextRule.name.maximumLength),
                    "key": ["type": "string", "pattern": "^[0-9A-Za-z][-._0-9A-Za-z]{0,127}$"],
                    "policy": Schema.named("Statements"),
                ],
                optional: [
                    "description": Schema.optional(Schema.text(length: 0...TextRule.purpose.maximumLength)),
                    "basePermissions": Schema.optional(Schema.words(basePermissions)),
                ])
        ),
    ]

    /// A role's fields as a merge patch writes them.
    private static let changes = Schema.object(
        [:],
        optional: [
            "name": Schema.text(length: 1...TextRule.name.maximumLength),
            "description": Schema.optional(Schema.text(length: 0...TextRule.purpose.maximumLength)),
            "basePermissions": Schema.optional(Schema.words(basePermissions)), "policy": Schema.named("Statements"),
        ]
    ).setting("additionalProperties", to: false)

    private static let memberRoles = ["reader", "writer", "admin", "no_access"]
    private static let basePermissions = BasePermissions.allCases.map(\.rawValue)
    private static let apiVersions = JSON.array(Catalogue.launchDarkly.versions.map { JSON($0.number) })

    private static func page(_ item: String) -> JSON {
        Schema.object([
            "items": Schema.list(Schema.named(item)), "_links": Schema.named("Links"), "totalCount": Schema.number,
        ])
    }

    private static let answers: [(String, JSON)] = [
        (
            "MemberSummary",
            Schema.object([
                "_links": Schema.named("Links"), "_id": Schema.text, "firstName": Schema.text, "lastName": Schema.text,
                "role": Schema.text, "email": Schema.text,
            ])
        ),
        (
            "Token",
            Schema.object(
                [
                    "_id": Schema.text, "ownerId": Schema.text, "memberId": Schema.text, "name": Schema.text,
                    "description": Schema.text, "creationDate": Schema.moment, "lastModified": Schema.moment,
                    "customRoleIds": Schema.list(Schema.text), "inlineRole": Schema.list(Schema.named("Statement")),
                    "token": Schema.text, "serviceToken": Schema.bool, "_links": Schema.named("Links"),
                    "lastUsed": Schema.moment,
                ],
                optional: [
                    "_member": Schema.named("MemberSummary"), "role": Schema.words(BaseRole.allCases.map(\.rawValue)),
                    "defaultApiVersion": Schema.number, "expiry": Schema.moment,
                ])
        ),
        ("Tokens", page("Token")),
        (
            "Member",
            Schema.object(
                [
                    "_links": Schema.named("Links"), "_id": Schema.text, "firstName": Schema.text,
                    "lastName": Schema.text, "role": Schema.words(BaseRole.allCases.map(\.rawValue)),
                    "email": Schema.text, "_pendingInvite": Schema.bool, "_verified": Schema.bool,
                    "customRoles": Schema.list(Schema.text), "mfa": Schema.words(["disabled"]),
                    "_lastSeen": Schema.moment, "creationDate": Schema.moment, "version": Schema.number,
                    "teams": Schema.list(
                        Schema.object([
                            "key": Schema.text, "name": Schema.text, "customRoleKeys": Schema.list(Schema.text),
                            "_links": Schema.named("Links"),
                        ])),
                ],
                optional: [
                    "_lastSeenMetadata": Schema.object(["tokenId": Schema.text]),
                    "roleAttributes": Schema.named("RoleAttributes"),
                ])
        ),
        ("Members", page("Member")),
        (
            "BulkEditMembers",
            Schema.object(["members": Schema.list(Schema.text), "errors": Schema.list(Schema.map(Schema.text))])
        ),
        (
            "CustomRole",
            Schema.object([
                "_id": Schema.text, "_links": Schema.named("Links"), "key": Schema.text, "name": Schema.text,
                "description": Schema.text, "basePermissions": Schema.words(basePermissions),
                "resourceCategory": Schema.words(["any"]),
                "assignedTo": Schema.object(["membersCount": Schema.number, "teamsCount": Schema.number]),
                "policy": Schema.list(Schema.named("Statement")),
                "_access": Schema.object(["denied": accesses, "allowed": accesses]),
            ])
        ),
        ("CustomRoles", page("CustomRole")),
        (
            "Team",
            Schema.object([
                "key": Schema.text, "name": Schema.text, "description": Schema.text, "_links": Schema.named("Links"),
                "members": Schema.object(["totalCount": Schema.number]), "roles": Schema.map(Schema.anything),
                "roleAttributes": Schema.named("RoleAttributes"),
            ])
        ),
        ("Teams", page("Team")),
        ("TeamRole", Schema.object(["key": Schema.text, "name": Schema.text])),
        ("TeamRoles", page("TeamRole")),
        ("TeamMaintainers", page("MemberSummary")),
        ("Root", Schema.object(["links": Schema.named("Links")])),
        (
            "CallerIdentity",
            Schema.object(
                [
                    "accountId": Schema.text, "authKind": Schema.words(["token"]),
                    "tokenKind": Schema.words(AccessToken.Kind.allCases.map(\.rawValue)), "tokenName": Schema.text,
                    "tokenId": Schema.text, "serviceToken": Schema.bool,
                ], optional: ["memberId": Schema.text, "expiresAt": Schema.moment])
        ),
        (
            "Versions",
            Schema.object(
                [
                    "validVersions": Schema.list(Schema.number), "latestVersion": Schema.number,
                    "currentVersion": Schema.number,
                ], optional: ["beta": Schema.bool])
        ),
        ("Account", Schema.object(["_id": Schema.text, "organization": Schema.text])),
        ("Description", ["type": "object"]),
    ]

    private static let accesses = Schema.list(
        Schema.object(["action": Schema.text, "reason": Schema.named("AccessReason")]))

    private static let entryMembers: KeyValuePairs<String, JSON> = [
        "_links": Schema.named("Links"), "_id": Schema.text, "_accountId": Schema.text, "date": Schema.moment,
        "accesses": Schema.list(Schema.object(["action": Schema.text, "resource": Schema.text])),
        "kind": Schema.text, "name": Schema.text, "description": Schema.text, "shortDescription": Schema.text,
        "comment": Schema.text, "titleVerb": Schema.text, "title": Schema.text,
        "target": Schema.object(["name": Schema.text, "resources": Schema.list(Schema.text)]),
    ]

    private static let log: [(String, JSON)] = [
        (
            "AuditLogEntry",
            Schema.object(
                entryMembers,
                optional: [
                    "member": ["type": "object"], "token": ["type": "object"], "subject": ["type": "object"],
                    "subentries": ["type": "array"],
                ])
        ),
        (
            "AuditLogEntries",
            Schema.object(["items": Schema.list(Schema.named("AuditLogEntry")), "_links": Schema.named("Links")])
        ),
        (
            "AuditLogCounts",
            Schema.object([
                "buckets": Schema.list(Schema.object(["timestamp": Schema.moment, "count": Schema.number])),
                "totalCount": Schema.number, "bucketIntervalMs": Schema.number,
            ])
        ),
    ]
}
