/// Why an action or a resource as written can't be understood. The words stand in PatrolPresentation.
package struct SpecifierFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case empty
        /// Longer than this many bytes.
        case tooLong(limit: Int)
        /// A segment begins with a type of lower-case letters, digits and hyphens; here is none.
        case missingType
        case wildcardInType
        /// A type such as `proj` stands without `/` and a key.
        case missingKey(type: String)
        /// `acct` and the like have no key, no selectors, and stand alone.
        case standsAlone(type: String)
        /// One key a specifier: others are specifiers of their own.
        case commaInKey
        /// Not a character of keys, tags or actions, or not here.
        case forbiddenCharacter(Unicode.Scalar)
        /// After `;` or `,` comes a tag, a `{property:value}` or a `view:key`.
        case missingSelector
        /// `{property:value}` is not closed, or not of that form.
        case badProperty
        /// `${roleAttribute/key}` is not closed, or not of that form.
        case badPlaceholder
        /// A placeholder stands for (a part of) a key, not of a tag.
        case placeholderInTag
        /// A resource that is asked for is one thing: no `*`, no placeholder.
        case patternInResource
        /// The same property twice.
        case repeatedProperty(String)
    }

    /// How many Unicode scalars stand before the fault.
    package let place: Int
    package let reason: Reason

    package init(_ reason: Reason, at place: Int) {
        self.reason = reason
        self.place = place
    }
}
