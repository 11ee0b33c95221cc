package import PatrolDomain

/// One line of a route file: what a call with this method and path has to be allowed to do.
package struct Route: Hashable, Sendable {
    /// What the caller has to show.
    package enum Demand: Hashable, Sendable {
        /// Nothing: no token is needed.
        case nothing
        /// Any token in force.
        case anyToken
        case action(Action, on: ResourceTemplate)
    }

    /// In its file, from 1.
    package let line: Int
    /// In lower case; nil: any host.
    package let host: String?
    /// In the order in which they were written; empty: any method.
    package let methods: [String]
    package let path: PathTemplate
    package let demand: Demand

    package var action: Action? {
        if case .action(let action, _) = demand { action } else { nil }
    }

    /// The action and an example of the resource, with the names of captures in place of keys.
    package var example: Request? {
        guard case .action(let action, let template) = demand else { return nil }
        return Request(action, on: template.example)
    }
}

/// What a path has to be like: `/projects/{project}/flags/{flag}?env={env}`.
package struct PathTemplate: Hashable, Sendable {
    package enum Segment: Hashable, Sendable {
        /// As it is once decoded.
        case literal(String)
        /// `{name}`: any one segment.
        case capture(String)
        /// `{name...}`: all that follows, at least one segment; the last of a path.
        case rest(String)
    }

    /// `?name={capture}`: the query has to have this parameter, once.
    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let capture: String
    }

    package let segments: [Segment]
    package let parameters: [Parameter]
}

/// A resource in which captures stand for keys: `proj/{project}:env/{env}:flag/{flag}`.
package struct ResourceTemplate: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text([UInt8])
        /// The segment of the path at this place.
        case segment(Int)
        /// The query parameter at this place among those of the route.
        case parameter(Int)
    }

    /// As it is written.
    package let text: String
    let pieces: [Piece]
    /// With `_name_` for `{name}`.
    package let example: Resource
}

extension Route {
    /// The host as it is written, such as `@api.example.org`; empty for any.
    package var hostText: String { host.map { "@\($0)" } ?? "" }
    /// `GET,HEAD`, or `*`.
    package var methodText: String { methods.isEmpty ? "*" : methods.joined(separator: ",") }
    /// The action, `public` or `token`.
    package var demandText: String {
        switch demand {
        case .nothing: "public"
        case .anyToken: "token"
        case .action(let action, _): action.name
        }
    }
    /// Empty where there is none.
    package var resourceText: String {
        if case .action(_, let resource) = demand { resource.text } else { "" }
    }
}

extension PathTemplate: CustomStringConvertible {
    /// As it is written.
    package var description: String {
        let path = segments.isEmpty ? "/" : segments.map { "/\($0)" }.joined()
        let query = parameters.map { "\($0.name)={\($0.capture)}" }.joined(separator: "&")
        return query.isEmpty ? path : "\(path)?\(query)"
    }
}

extension PathTemplate.Segment: CustomStringConvertible {
    package var description: String {
        switch self {
        case .literal(let text): text
        case .capture(let name): "{\(name)}"
        case .rest(let name): "{\(name)...}"
        }
    }
}
