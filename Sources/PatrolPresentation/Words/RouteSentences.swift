package import PatrolRoutes

extension RouteFault.Reason {
    /// What is wrong in a route file, and what to do, without a full stop.
    package var words: SafeText {
        switch self {
        case .tooLong(let limit): "it is longer than \(limit) bytes: leave out comments, or put routes together with `{rest...}`"
        case .tooManyRoutes(let limit): "more than \(limit) routes: put some together with captures"
        case .noRoutes: "there is no route, so every call would be denied: write one, such as `* /{rest...} token`"
        case .notUTF8: "it is not UTF-8: save the file as UTF-8"
        case .controlCharacter(let scalar): "`\(String(Character(scalar)))` can't be seen: take it out"
        case .missingPath: "the path is missing: `METHOD /path ACTION RESOURCE`"
        case .missingAction: "what the call needs is missing: an action and a resource, `token`, or `public`"
        case .missingResource(let action):
            "`\(action)` needs a resource, such as `proj/{project}`; without one there are `token` and `public`"
        case .unwantedWord(let word): "`\(word)` is one word too many: put `#` before a comment"
        case .badHost(let word): "`\(word)` is no host: write it like `@api.example.org`, without a port"
        case .badMethod(let word): "`\(word)` is no method: write capitals, such as `GET` or `GET,HEAD`, or `*` for any"
        case .repeatedMethod(let method): "`\(method)` stands twice: take one out"
        case .tooManyMethods(let limit): "more than \(limit) methods in all: write `*` where any is meant"
        case .pathWithoutSlash: "a path begins with `/`"
        case .emptySegment: "`//` never matches, because such calls are denied: take one slash out"
        case .dotSegment: "`.` and `..` never match, because such calls are denied: write the path without them"
        case .tooManySegments(let limit): "more than \(limit) segments: end the path with `{rest...}`"
        case .forbiddenInPath(let scalar):
            "`\(String(Character(scalar)))` never matches, because calls with it in the path are denied: take it out"
        case .percentInPath: "paths are written decoded: write the character itself in place of `%`"
        case .badCapture(let text):
            "`\(text)` is no capture: one is a whole segment or key, `{name}`, or `{name...}` at the end of a path"
        case .restNotLast(let name): "`{\(name)...}` is the rest of the path: put nothing behind it"
        case .repeatedCapture(let name): "`{\(name)}` stands twice: give one another name"
        case .badParameter(let text): "`\(text)` is no query: write `?name={capture}`, and more with `&`"
        case .repeatedParameter(let name): "the parameter `\(name)` stands twice: take one out"
        case .tooManyParameters(let limit): "more than \(limit) query parameters: ask for fewer"
        case .action(let reason): "the action: \(reason.words.text)"
        case .wildcardInAction: "a route has one action, without `*`: name it"
        case .resource(let reason): "the resource: \(reason.words.text)"
        case .unknownCapture(let name): "the path has no `{\(name)}`: put it there, or write the key itself"
        case .restInResource(let name): "`{\(name)...}` may have slashes, which keys have not: use `{\(name)}`, one segment"
        case .shadowed(let line, let method):
            "it never matches: line \(line) routes \(method == "*" ? "the same calls" : "the same \(method) calls"): take one out"
        case .undecided(let line):
            "a call may have the parameters of this route and of line \(line): ask one of them for all of the other's"
        }
    }
}

extension RouteFault {
    /// `line 3, column 5: a path begins with `/``
    package var sentence: SafeText { "line \(line), column \(column): \(reason.words.text)" }
}

extension RequestFault {
    /// Why a request is not judged, without a full stop.
    package var words: SafeText {
        switch self {
        case .tooLong: "the path and query are longer than \(RequestPath.maximumLength) bytes"
        case .tooManySegments: "the path has more than \(RequestPath.maximumSegments) segments"
        case .notAPath: "the target is not a path"
        case .otherHost: "the target names another host than the request"
        case .control: "a control character or a blank in the path or query"
        case .backslash: "a backslash in the path"
        case .fragment: "a `#` in the target"
        case .pathParameter: "a `;` in the path"
        case .encodedSlash: "an encoded slash in the path"
        case .encodedDelimiter: "an encoded `?` or `#` in the path"
        case .badEscape: "a `%` in the path without two hexadecimal digits"
        case .doubleEncoded: "the path is encoded twice"
        case .dotSegment: "`.` or `..` in the path"
        case .aboveRoot: "`..` leads above the root"
        case .emptySegment: "`//` in the path"
        case .notUTF8: "the path is not UTF-8"
        }
    }
}

extension RouteDenial {
    /// Why a request is denied before any token is looked at, without a full stop.
    package var words: SafeText {
        switch self {
        case .request(let fault): fault.words
        case .noRoute: "no route for this path"
        case .otherMethod: "no route of this path takes the method"
        case .otherCase: "the path is a route's but for capital and small letters"
        case .missingParameter(let name): "the query parameter `\(name)` is missing"
        case .unclearParameter(let name): "the query parameter `\(name)` is there more than once, or unclear"
        case .badKey(let capture): "what stands for `{\(capture)}` can't be a key"
        case .resourceTooLong: "the resource is too long"
        }
    }

    /// One word, for programs and counts.
    package var word: String {
        switch self {
        case .request(let fault): "\(fault)"
        case .noRoute: "noRoute"
        case .otherMethod: "otherMethod"
        case .otherCase: "otherCase"
        case .missingParameter: "missingParameter"
        case .unclearParameter: "unclearParameter"
        case .badKey: "badKey"
        case .resourceTooLong: "resourceTooLong"
        }
    }
}
