extension Catalogue {
    /// Reads a catalogue from text, one type a line:
    ///
    ///     # a comment, also after a type
    ///     proj/*:env/*:flag/*  "feature flag"  updateOn updateRules createFlag+
    ///
    /// A name in quotes may be left out; then the last type of the chain is the name. `+` marks an
    /// action that has to be allowed in every environment of the project.
    package init(parsing text: String) throws(CatalogueFault) {
        if text.utf8.count > Self.maximumLength {
            throw CatalogueFault(.tooLong(limit: Self.maximumLength), line: 1, column: 1)
        }
        var types: [ResourceType] = []
        var chains: Set<String> = []
        var number = 0
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            var reader = CatalogueLine(line, number: number)
            guard let type = try reader.type() else { continue }
            if !chains.insert(type.chain).inserted {
                throw CatalogueFault(.repeatedType(type.chain), line: number, column: reader.chainColumn)
            }
            if types.count == Self.maximumTypes {
                throw CatalogueFault(.tooManyTypes(limit: Self.maximumTypes), line: number, column: 1)
            }
            types.append(type)
        }
        if types.isEmpty { throw CatalogueFault(.noTypes, line: number, column: 1) }
        self.init(types: types)
    }
}

/// Reads one line of a catalogue.
private struct CatalogueLine {
    private let scalars: Substring.UnicodeScalarView
    private let number: Int
    private var place: Substring.UnicodeScalarView.Index
    /// Of the scalar at `place`, from 1.
    private var column = 1
    private(set) var chainColumn = 1

    init(_ line: Substring.UnicodeScalarView, number: Int) {
        scalars = line.prefix { $0 != "#" }
        place = scalars.startIndex
        self.number = number
    }

    /// Nil for a line of nothing but blanks and a comment.
    mutating func type() throws(CatalogueFault) -> ResourceType? {
        guard let chain = word() else { return nil }
        chainColumn = chain.column
        let (pattern, lastType) = try self.pattern(chain)
        let name = try name() ?? lastType
        var actions: [Action] = []
        var projectWide: Set<Action> = []
        var seen: Set<Action> = []
        while let word = word() {
            let (action, isProjectWide) = try self.action(word)
            if !seen.insert(action).inserted { throw fault(.repeatedAction(action.name), at: word.column) }
            if actions.count == Catalogue.maximumActions {
                throw fault(.tooManyActions(limit: Catalogue.maximumActions), at: word.column)
            }
            actions.append(action)
            if isProjectWide { projectWide.insert(action) }
        }
        if actions.isEmpty { throw fault(.noActions, at: column) }
        return ResourceType(
            chain: pattern.text, name: name, actions: actions, projectWideActions: projectWide, pattern: pattern)
    }

    private func fault(_ reason: CatalogueFault.Reason, at column: Int) -> CatalogueFault {
        CatalogueFault(reason, line: number, column: column)
    }

    private var next: Unicode.Scalar? { place < scalars.endIndex ? scalars[place] : nil }

    private mutating func skip(while isPassedOver: (Unicode.Scalar) -> Bool) {
        while let next, isPassedOver(next) { step() }
    }

    private mutating func step() {
        place = scalars.index(after: place)
        column += 1
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r"
    }

    private mutating func word() -> (text: String, column: Int)? {
        skip(while: Self.isBlank)
        let (start, column) = (place, column)
        skip { !Self.isBlank($0) }
        return start == place ? nil : (String(scalars[start..<place]), column)
    }

    private mutating func name() throws(CatalogueFault) -> String? {
        skip(while: Self.isBlank)
        guard next == "\"" else { return nil }
        let opening = column
        step()
        let start = place
        skip { $0 != "\"" }
        guard next != nil else { throw fault(.unclosedName, at: opening) }
        defer { step() }
        return String(scalars[start..<place])
    }

    private func pattern(
        _ word: (text: String, column: Int)
    ) throws(CatalogueFault) -> (ResourcePattern, lastType: String) {
        let types: [String]
        do throws(SpecifierFault) {
            var reader = try SpecifierReader(word.text)
            types = try reader.segments().map(\.type)
        } catch {
            throw fault(.chain(error.reason), at: word.column + error.place)
        }
        let pattern = ResourcePattern(allOf: types)
        if pattern.text != word.text { throw fault(.chainIsNotWhole, at: word.column) }
        return (pattern, types.last ?? "")
    }

    private func action(
        _ word: (text: String, column: Int)
    ) throws(CatalogueFault) -> (Action, isProjectWide: Bool) {
        let isProjectWide = word.text.hasSuffix("+")
        let name = isProjectWide ? String(word.text.dropLast()) : word.text
        do throws(SpecifierFault) {
            _ = try ActionPattern(parsing: name)
        } catch {
            throw fault(.action(error.reason), at: word.column + error.place)
        }
        if name.utf8.contains(Glob.star) { throw fault(.wildcardInAction, at: word.column) }
        return (Action(name), isProjectWide)
    }
}
