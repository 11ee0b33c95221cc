import PatrolDomain

extension ResourcePattern {
    /// A thing that the pattern matches: each `*` stands for some ordinary text. Nil for patterns with
    /// placeholders, and for `*` alone, which has no type.
    var example: Resource? { try? Resource(parsing: text.replacingStars) }

    /// `proj/*:env/*` of what is written: the key of the catalogue.
    var chain: String? { example?.chain }
}

extension String {
    fileprivate var replacingStars: String {
        var text = ""
        for scalar in unicodeScalars {
            if scalar == "*" { text += "any" } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}

extension ResourceType {
    /// Some thing of this type.
    var example: Resource? { pattern.example }
}
