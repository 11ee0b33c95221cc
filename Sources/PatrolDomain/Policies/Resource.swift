/// A thing that an action is done to, written like `proj/web;core:env/production:flag/checkout`:
/// segments joined by `:`, each a type, a key, and after `;` the tags it carries, joined by `,`.
/// `acct`, the account, has no key.
package struct Resource: Hashable, Sendable {
    package struct Segment: Hashable, Sendable {
        package var type: String
        /// Empty for a type without keys, such as `acct`.
        package var key: String
        package var tags: [String]
        /// Properties such as `critical: true`, written `;{critical:true}`.
        package var properties: [String: String]
        /// Keys of the views that it is in, written `;view:frontend`.
        package var views: [String]

        package init(
            type: String, key: String, tags: [String] = [], properties: [String: String] = [:],
            views: [String] = []
        ) {
            self.type = type
            self.key = key
            self.tags = tags
            self.properties = properties
            self.views = views
        }
    }

    package var segments: [Segment]

    package init(segments: [Segment]) { self.segments = segments }

    package static let account = Resource(segments: [Segment(type: "acct", key: "")])

    package static func member(_ id: MemberID) -> Resource {
        Resource(segments: [Segment(type: "member", key: id.text)])
    }

    package static func role(_ key: Key) -> Resource {
        Resource(segments: [Segment(type: "role", key: key.text)])
    }

    package static func personalToken(_ id: TokenID, of owner: MemberID) -> Resource {
        Resource(segments: [
            Segment(type: "member", key: owner.text), Segment(type: "token", key: id.text),
        ])
    }

    package static func serviceToken(_ id: TokenID) -> Resource {
        Resource(segments: [Segment(type: "service-token", key: id.text)])
    }
}

/// What is asked for: may this action be done to this resource?
package struct Request: Hashable, Sendable {
    package var action: Action
    package var resource: Resource

    package init(_ action: Action, on resource: Resource) {
        self.action = action
        self.resource = resource
    }
}
