internal import PatrolDomain
internal import PatrolJSON

/// The description of the API (OpenAPI 3.1), made from the table that leads the calls.
enum OpenAPIDocument {
    static let json: JSON = [
        "openapi": "3.1.0",
        "info": [
            "title": "Patrol", "version": "2.0",
            "description": "What Patrol serves of LaunchDarkly's REST API: tokens, members, custom roles, teams, the audit log.",
        ],
        "security": [["token": []]],
        "paths": .object(paths),
        "components": [
            "securitySchemes": ["token": ["type": "apiKey", "in": "header", "name": "Authorization"]],
            "parameters": ["version": version],
            "schemas": .object(Schemas.all.map { JSONMember($0.name, $0.schema) }),
            "responses": .object(refusals.map { JSONMember("\($0.key)", refusal($0.value)) }),
        ],
    ]

    private static let version: JSON = [
        "name": "LD-API-Version", "in": "header",
        "description": "The version of the API; without it, that of the token, or else the latest.",
        "schema": Schema.words(Catalogue.launchDarkly.versions.map { String($0.number) } + ["beta"]),
    ]

    /// What every endpoint may answer.
    private static let common = [400, 401, 429, 503]

    private static let refusals: KeyValuePairs<Int, String> = [
        400: "The call is not well-formed, or asks for what is not possible.",
        401: "The token is not known, or not in force.",
        403: "The token may not do this; the answer names the action and the resource.",
        404: "There is no such thing, or the caller does not get to see it.",
        409: "It was changed meanwhile, or the key or name is in use.",
        422: "The patch does not fit.",
        429: "Too many calls.",
        503: "The account can't be read or written now.",
    ]

    private static func refusal(_ words: String) -> JSON {
        // Who is not let in may get no body at all.
        ["description": .string(words), "content": ["application/json": ["schema": Schema.named("Error")]]]
    }

    private static var paths: [JSONMember] {
        var paths: [JSONMember] = []
        for endpoint in EndpointTable.all {
            let operation = JSONMember(endpoint.method.rawValue.lowercased(), operation(endpoint))
            if let place = paths.firstIndex(where: { $0.name == endpoint.template }) {
                paths[place].value = paths[place].value.setting(operation.name, to: operation.value)
            } else {
                paths.append(JSONMember(endpoint.template, .object([operation])))
            }
        }
        return paths
    }

    private static func operation(_ endpoint: Endpoint) -> JSON {
        let version: JSON = ["$ref": "#/components/parameters/version"]
        var members = [
            JSONMember("operationId", .string(endpoint.name)), JSONMember("tags", [.string(endpoint.group)]),
            JSONMember("summary", .string(endpoint.summary)),
            JSONMember("parameters", .array(endpoint.parameters.map(json) + [version])),
        ]
        if let body = endpoint.body {
            let content = body.mediaTypes.map { type in
                JSONMember(type, ["schema": Schema.named(body.schema)])
            }
            members.append(
                JSONMember("requestBody", ["required": .bool(body.isRequired), "content": .object(content)]))
        }
        members.append(JSONMember("responses", responses(of: endpoint)))
        return .object(members)
    }

    private static func json(_ parameter: Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.place == .path), "description": .string(parameter.summary),
            "schema": parameter.schema,
        ]
    }

    private static func responses(of endpoint: Endpoint) -> JSON {
        var success: JSON = ["description": .string(endpoint.summary)]
        if let schema = endpoint.success.schema {
            success = success.setting("content", to: ["application/json": ["schema": Schema.named(schema)]])
        }
        let others = (common + endpoint.refusals).sorted().map { status in
            JSONMember("\(status)", ["$ref": .string("#/components/responses/\(status)")])
        }
        return .object([JSONMember("\(endpoint.success.status)", success)] + others)
    }
}
