internal import PatrolDomain
internal import PatrolJSON

// What is written in a notation of its own, as regular expressions (ECMA 262): the readers in the domain decide, and these
// say the same.
extension Schema {
    /// Milliseconds since 1970.
    static let moment: JSON = integer(0, 1 << 53)

    /// A moment that a token can end at.
    static let expiry: JSON = integer(
        Timestamp.accepted.lowerBound.milliseconds, Timestamp.accepted.upperBound.milliseconds)

    /// A pattern of resources: `proj/*:env/production;core:flag/*`.
    static let specifier: JSON = [
        "type": "string", "pattern": .string("^(\\*|acct|ip-allowlist|\(segment)(:/?\(segment))*)$"),
    ]

    /// A pattern of actions: `update*`.
    static let action: JSON = ["type": "string", "pattern": .string("^[-0-9A-Za-z._*:/]{1,\(ActionPattern.maximumLength)}$")]

    /// The way to a value in a document (RFC 6901).
    static let pointer: JSON = ["type": "string", "pattern": "^(/([^/~]|~[01])*)*$"]

    /// Conditions of a list of members.
    static let memberFilter: JSON = ["type": "string", "pattern": .string("^(\(condition)(,\(condition))*)?$")]

    private static let tag = "[-0-9A-Za-z._*]+"
    private static let word = "[-0-9A-Za-z._]+"
    private static let selector = "(\\{\(word):\(word)\\}|view:\(tag)|\(tag))"
    private static let keyPart = "([-!#%&'()*+.0-9<=>?@A-Z\\[\\]^_`a-z|~]|\\$\\{roleAttribute/\(word)\\})"
    private static let segment = "[a-z][-a-z0-9]*/\(keyPart)+(;\(selector)(,\(selector))*)?"

    private static let condition =
        "((query|role|id|email|team):[^,{}]*|noteam:(true|false)"
        + "|lastSeen:\\{\"(never|noData)\":true\\}|lastSeen:\\{\"before\":(0|[1-9][0-9]{0,14})\\})"

    /// A statement as it is sent: one of `actions` and `notActions` names something, and one of `resources` and
    /// `notResources`.
    static let statement: JSON = any(
        [("actions", "notActions"), ("notActions", "actions")].flatMap { wanted, other in
            [("resources", "notResources"), ("notResources", "resources")].map { place, without in
                object(
                    [
                        "effect": words(["allow", "deny"]), wanted: some(action),
                        place: some(specifier),
                    ], optional: [other: nothing, without: nothing])
            }
        })

    /// A list that is not empty. How long it may be is not told: testers take every bound for something to be reached.
    private static func some(_ element: JSON) -> JSON { list(element).setting("minItems", to: 1) }

    /// As good as absent.
    private static let nothing: JSON = optional(["type": "array", "maxItems": 0])

    /// One operation of a JSON Patch.
    static let operation: JSON = any([
        object(["op": words(["add", "replace", "test"]), "path": pointer, "value": anything]),
        object(["op": words(["remove"]), "path": pointer]),
        object(["op": words(["move", "copy"]), "path": pointer, "from": pointer]),
    ])

    /// One instruction about several members.
    static let instruction: JSON = any([
        object([
            "kind": words(["replaceMembersRoles"]), "memberIDs": members,
            "value": words(["reader", "writer", "admin", "no_access"]),
        ]),
        object([
            "kind": words(["replaceMembersCustomRoles"]), "memberIDs": members, "values": list(text),
        ]),
        object([
            "kind": words(["replaceMembersRoleAttributes"]), "memberIDs": members, "value": named("RoleAttributes"),
        ]),
    ])

    private static let members = list(text)
}
