extension PathTemplate {
    static let maximumSegments = 32
    static let maximumParameters = 8

    /// Reads a path as route files write it. A slash at the end changes nothing.
    init(parsing text: Substring) throws(WordFault) {
        guard text.utf8.first == UInt8(ascii: "/") else { throw WordFault(.pathWithoutSlash, at: 0) }
        let parts = text.unicodeScalars.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var names: Set<String> = []
        let segments = try Self.segments(of: parts[0].dropFirst(), &names)
        var parameters: [Parameter] = []
        if parts.count == 2 {
            parameters = try Self.parameters(of: parts[1], at: parts[0].count + 1, &names)
        }
        self.init(segments: segments, parameters: parameters)
    }

    private static func segments(of path: Substring.UnicodeScalarView, _ names: inout Set<String>) throws(WordFault) -> [Segment] {
        var segments: [Segment] = []
        var place = 1
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        for (number, part) in parts.enumerated() {
            if number == maximumSegments { throw WordFault(.tooManySegments(limit: maximumSegments), at: place) }
            let segment = try segment(Substring(part), at: place)
            switch segment {
            case .literal: break
            case .capture(let name), .rest(let name):
                if !names.insert(name).inserted { throw WordFault(.repeatedCapture(name), at: place) }
            }
            if case .rest(let name) = segment, number + 1 < parts.count { throw WordFault(.restNotLast(name), at: place) }
            segments.append(segment)
            place += part.count + 1
        }
        return segments
    }

    private static func segment(_ part: Substring, at place: Int) throws(WordFault) -> Segment {
        if part.isEmpty { throw WordFault(.emptySegment, at: place) }
        if part == "." || part == ".." { throw WordFault(.dotSegment, at: place) }
        if part.unicodeScalars.contains(where: { $0 == "{" || $0 == "}" }) {
            guard let (name, isRest) = capture(part) else { throw WordFault(.badCapture(String(part)), at: place) }
            return isRest ? .rest(name) : .capture(name)
        }
        var offset = 0
        for scalar in part.unicodeScalars {
            if scalar == "%" { throw WordFault(.percentInPath, at: place + offset) }
            if isForbidden(scalar) { throw WordFault(.forbiddenInPath(scalar), at: place + offset) }
            offset += 1
        }
        return .literal(String(part))
    }

    /// What no path of a request has, once it was looked at: see `RequestPath`.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "/", "\\", ";", "#", "?": true
        default: scalar.value <= 0x20 || scalar.value == 0x7F
        }
    }

    private static func capture(_ part: Substring) -> (name: String, isRest: Bool)? {
        guard part.utf8.first == UInt8(ascii: "{"), part.utf8.last == UInt8(ascii: "}"), part.utf8.count > 2 else { return nil }
        var name = Substring(part.utf8.dropFirst().dropLast())
        let isRest = name.hasSuffix("...")
        if isRest { name = name.dropLast(3) }
        return isName(name) ? (String(name), isRest) : nil
    }

    /// Letters, digits and `_`, beginning with a letter.
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first.isLetter, text.utf8.count <= 40 else { return false }
        return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    private static func parameters(
        of query: Substring.UnicodeScalarView, at start: Int, _ names: inout Set<String>
    ) throws(WordFault) -> [Parameter] {
        var parameters: [Parameter] = []
        var place = start
        for part in query.split(separator: "&", omittingEmptySubsequences: false) {
            if parameters.count == maximumParameters { throw WordFault(.tooManyParameters(limit: maximumParameters), at: place) }
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { Substring($0) }
            guard sides.count == 2, let (capture, isRest) = capture(sides[1]), !isRest, isParameterName(sides[0]) else {
                throw WordFault(.badParameter(String(Substring(part))), at: place)
            }
            let name = String(sides[0])
            if parameters.contains(where: { $0.name.lowercased() == name.lowercased() }) {
                throw WordFault(.repeatedParameter(name), at: place)
            }
            if !names.insert(capture).inserted { throw WordFault(.repeatedCapture(capture), at: place) }
            parameters.append(Parameter(name: name, capture: capture))
            place += part.count + 1
        }
        return parameters
    }

    /// Letters, digits, `.`, `_` and `-`.
    private static func isParameterName(_ text: Substring) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
    }
}
