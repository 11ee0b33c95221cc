package import PatrolDomain

extension SpecifierFault.Reason {
    /// What is wrong with an action or a resource as it is written, without a full stop.
    package var words: SafeText {
        switch self {
        case .empty: "nothing is written"
        case .tooLong(let limit): "longer than \(limit) bytes"
        case .missingType: "a type such as `proj` is missing"
        case .wildcardInType: "a type can't have a `*`"
        case .missingKey(let type): "`\(type)` needs a key: `\(type)/…`"
        case .standsAlone(let type): "`\(type)` stands alone, without a key"
        case .commaInKey: "one key only: write another resource for another key"
        case .forbiddenCharacter(let scalar): "`\(String(Character(scalar)))` can't stand here"
        case .missingSelector: "a tag, `{property:value}` or `view:key` is missing"
        case .badProperty: "a property is written `{name:value}`"
        case .badPlaceholder: "a placeholder is written `${roleAttribute/key}`"
        case .placeholderInTag: "a placeholder can't stand in a tag"
        case .patternInResource: "a single resource has no `*` and no placeholder"
        case .repeatedProperty(let name): "the property `\(name)` stands twice"
        }
    }
}
