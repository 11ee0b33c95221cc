package import PatrolDomain

/// What is wrong in a route file. The words stand in PatrolPresentation.
package struct RouteFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// More than this many bytes.
        case tooLong(limit: Int)
        case tooManyRoutes(limit: Int)
        /// No line is a route, so that every call would be denied.
        case noRoutes
        case notUTF8
        case controlCharacter(Unicode.Scalar)
        /// A line has a method, a path, an action and a resource.
        case missingPath
        case missingAction
        case missingResource(action: String)
        /// `public` and `token` stand alone; so does a resource, as the last word.
        case unwantedWord(String)
        case badHost(String)
        case badMethod(String)
        case repeatedMethod(String)
        /// Of all routes together.
        case tooManyMethods(limit: Int)
        case pathWithoutSlash
        case emptySegment
        case dotSegment
        case tooManySegments(limit: Int)
        case forbiddenInPath(Unicode.Scalar)
        /// Paths are written as they are once decoded.
        case percentInPath
        /// A capture is a whole segment, `{name}` or `{name...}`.
        case badCapture(String)
        case restNotLast(String)
        case repeatedCapture(String)
        /// A query is written `?name={capture}&…`.
        case badParameter(String)
        case repeatedParameter(String)
        case tooManyParameters(limit: Int)
        case action(SpecifierFault.Reason)
        case wildcardInAction
        case resource(SpecifierFault.Reason)
        /// Neither the path nor the query has a capture of this name.
        case unknownCapture(String)
        /// What `{name...}` stands for has slashes, which keys don't.
        case restInResource(String)
        /// The same calls are routed in that line already, so that this route never matches.
        case shadowed(byLine: Int, method: String)
        /// A call could have the parameters of both; neither route asks for more than the other.
        case undecided(line: Int)
    }

    /// From 1; the column in Unicode scalars.
    package let line: Int
    package let column: Int
    package let reason: Reason

    init(_ reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }
}

/// What is wrong in one word of a line.
struct WordFault: Error {
    let reason: RouteFault.Reason
    /// Scalars before it.
    let place: Int

    init(_ reason: RouteFault.Reason, at place: Int) {
        self.reason = reason
        self.place = place
    }
}
