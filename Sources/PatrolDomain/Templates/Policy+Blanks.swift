/// Why the blanks of a template can't be filled in. The words stand in PatrolPresentation.
package enum BlankFault: Error, Hashable, Sendable {
    case missing(String)
    /// There is no such blank; those that there are.
    case unknown(String, known: [String])
    /// Not what can stand in a key.
    case badValue(String, of: String)
    case tooManyPatterns(limit: Int)
    case pattern(SpecifierFault)
}

extension Policy {
    /// The role attributes in its resources, in the order in which they are met.
    package var blanks: [String] {
        var names: [String] = []
        for name in statements.flatMap(\.resources.patterns).flatMap(\.blanks) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// The policy with a value for each of its blanks; with several values, a resource for each.
    ///
    /// A value may have stars, and has no `:`, `;` or `,`: it stays inside its key.
    package func filled(_ values: RoleAttributes) throws(BlankFault) -> Policy {
        let blanks = blanks
        for name in values.keys.sorted() where !blanks.contains(name) { throw .unknown(name, known: blanks) }
        for name in blanks {
            guard let given = values[name], !given.isEmpty else { throw .missing(name) }
            for value in given where !ResourcePattern.isKey(value) { throw .badValue(value, of: name) }
        }
        var filled = self
        for place in statements.indices { filled.statements[place] = try statements[place].filled(values) }
        return filled
    }
}

extension Statement {
    fileprivate func filled(_ values: RoleAttributes) throws(BlankFault) -> Statement {
        var patterns: [ResourcePattern] = []
        for pattern in resources.patterns {
            let names = pattern.blanks
            guard !names.isEmpty else {
                patterns.append(pattern)
                continue
            }
            var texts = [pattern.text]
            for name in names {
                let opening = "${roleAttribute/\(name)}"
                let given = values[name] ?? []
                guard texts.count * given.count <= Self.maximumPatterns else {
                    throw .tooManyPatterns(limit: Self.maximumPatterns)
                }
                texts = texts.flatMap { text in given.map { text.replacing(opening, with: $0) } }
            }
            for text in texts {
                do { patterns.append(try ResourcePattern(parsing: text)) } catch { throw .pattern(error) }
            }
        }
        if patterns.count > Self.maximumPatterns { throw .tooManyPatterns(limit: Self.maximumPatterns) }
        var filled = self
        filled.resources = resources.isNegated ? .notMatching(patterns) : .matching(patterns)
        return filled
    }
}

extension KeyPattern {
    /// The names of the role attributes in it.
    fileprivate var attributes: [String] {
        guard case .parts(let parts) = self else { return [] }
        return parts.compactMap { if case .attribute(let name) = $0 { name } else { nil } }
    }
}

extension ResourcePattern {
    /// The role attributes in its keys, each once.
    fileprivate var blanks: [String] {
        var names: [String] = []
        for name in chain.compactMap(\.key).flatMap(\.attributes) where !names.contains(name) { names.append(name) }
        return names
    }

    /// Whether the text can stand in a key: with stars, without selectors and blanks.
    package static func isKey(_ text: String) -> Bool {
        guard let pattern = try? ResourcePattern(parsing: "proj/\(text)"), pattern.chain.count == 1 else { return false }
        return pattern.chain[0].isKeyAlone
    }
}
