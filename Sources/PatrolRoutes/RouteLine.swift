import PatrolDomain

/// Reads one line of a route file.
struct RouteLine {
    typealias Scalars = Substring.UnicodeScalarView

    /// A word of the line, and where it begins, from 1.
    struct Word {
        let text: Substring
        let column: Int
    }

    private let number: Int
    private var words: ArraySlice<Word>
    /// Behind the last word.
    private let end: Int

    /// Nil for a line of nothing but blanks and a comment.
    static func route(in bytes: ArraySlice<UInt8>, number: Int) throws(RouteFault) -> Route? {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RouteFault(.notUTF8, line: number, column: 1)
        }
        var line = try RouteLine(text, number: number)
        return line.words.isEmpty ? nil : try line.route()
    }

    private init(_ text: String, number: Int) throws(RouteFault) {
        var words: [Word] = []
        var column = 1
        var rest = text[...].unicodeScalars
        if rest.last == "\r" { rest.removeLast() }
        while let first = rest.first {
            if first == " " || first == "\t" {
                rest.removeFirst()
                column += 1
                continue
            }
            if first == "#" { break }
            let word = rest.prefix { $0 != " " && $0 != "\t" }
            if let place = word.firstIndex(where: Self.isControl) {
                let before = word.distance(from: word.startIndex, to: place)
                throw RouteFault(.controlCharacter(word[place]), line: number, column: column + before)
            }
            words.append(Word(text: Substring(word), column: column))
            column += word.count
            rest = rest[word.endIndex...]
        }
        self.words = words[...]
        self.number = number
        end = words.last.map { $0.column + $0.text.unicodeScalars.count } ?? 1
    }

    /// Controls, and what can't be seen.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned,
            .spaceSeparator:
            true
        default: false
        }
    }

    private func fault(_ reason: RouteFault.Reason, at column: Int) -> RouteFault {
        RouteFault(reason, line: number, column: column)
    }

    // MARK: - The words in their order

    private mutating func route() throws(RouteFault) -> Route {
        let host = try host()
        let methods = try methods()
        guard let path = words.popFirst() else { throw fault(.missingPath, at: end) }
        let template: PathTemplate
        do throws(WordFault) {
            template = try PathTemplate(parsing: path.text)
        } catch {
            throw fault(error.reason, at: path.column + error.place)
        }
        let demand = try demand(template)
        if let word = words.first { throw fault(.unwantedWord(String(word.text)), at: word.column) }
        return Route(line: number, host: host, methods: methods, path: template, demand: demand)
    }

    private mutating func host() throws(RouteFault) -> String? {
        guard let word = words.first, word.text.utf8.first == UInt8(ascii: "@") else { return nil }
        words.removeFirst()
        let name = word.text.utf8.dropFirst()
        let isName = name.allSatisfy { byte in
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        guard isName, (1...253).contains(name.count), name.first != UInt8(ascii: "."), name.last != UInt8(ascii: ".") else {
            throw fault(.badHost(String(word.text)), at: word.column)
        }
        return String(decoding: name.map(\.folded), as: UTF8.self)
    }

    private mutating func methods() throws(RouteFault) -> [String] {
        guard let word = words.popFirst() else { throw fault(.missingPath, at: end) }
        if word.text == "*" { return [] }
        var methods: [String] = []
        for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
            let method = String(part)
            let isName = method.utf8.allSatisfy { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "-")
            }
            guard isName, (1...20).contains(method.utf8.count) else { throw fault(.badMethod(method), at: word.column) }
            if methods.contains(method) { throw fault(.repeatedMethod(method), at: word.column) }
            methods.append(method)
        }
        return methods
    }

    private mutating func demand(_ path: PathTemplate) throws(RouteFault) -> Route.Demand {
        guard let word = words.popFirst() else { throw fault(.missingAction, at: end) }
        if word.text == "public" { return .nothing }
        if word.text == "token" { return .anyToken }
        let action = try action(word)
        guard let resource = words.popFirst() else { throw fault(.missingResource(action: action.name), at: end) }
        do throws(WordFault) {
            return .action(action, on: try ResourceTemplate(parsing: resource.text, path))
        } catch {
            throw fault(error.reason, at: resource.column + error.place)
        }
    }

    private func action(_ word: Word) throws(RouteFault) -> Action {
        let name = String(word.text)
        do throws(SpecifierFault) {
            _ = try ActionPattern(parsing: name)
        } catch {
            throw fault(.action(error.reason), at: word.column + error.place)
        }
        if name.utf8.contains(UInt8(ascii: "*")) { throw fault(.wildcardInAction, at: word.column) }
        return Action(name)
    }
}
