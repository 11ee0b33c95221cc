package import PatrolDomain
package import PatrolJSON

/// Something in a file that is not as Patrol expects it, and what was made of it.
package struct ImportNote: Hashable, Sendable {
    package enum Fact: Hashable, Sendable {
        /// Always there in LaunchDarkly's answers, but absent or null here.
        case missing(taken: String)
        case wrongType(found: String, taken: String)
        /// A text where a number belongs that reads as one.
        case numberAsText
        case null
        case unknownValue(String, taken: String)
        case unknownField
        case keyForID(String)
        case idForKey(String)
        /// Names a role, member or team that is in none of the files. It is left out.
        case unknownReference(String)
        /// Nothing is allowed by it until it is mended at its source.
        case unreadablePolicy(PolicyFault)
        /// More than one of role, custom roles and inline policy.
        case severalScopes(taken: String)
        case noScope
        /// A personal token without a member behind it.
        case accountWide
        /// The member is not among those read: he has left, or the files are not all there.
        case ownerUnknown(String)
        /// A service token whose creator is not among the members read: it is taken to do nothing.
        case creatorUnknown
        case outOfRange(taken: String)
        /// Unseen or control characters were replaced, or the end was cut off.
        case cleaned
        /// A whole secret stood there. Only its last four characters were kept.
        case wholeSecret
        case repeated
        /// The entry could not be used.
        case leftOut(String)
        /// The answer says that there are more entries than the files hold.
        case incomplete(found: Int, total: Int64)
    }

    package var fact: Fact
    package var file: String
    /// From 0; nil for a whole file.
    package var entry: Int?
    package var field: String?
    /// How often; only the first place is kept of facts that repeat.
    package var count: Int

    package init(_ fact: Fact, file: String, entry: Int?, field: String?, count: Int = 1) {
        self.fact = fact
        self.file = file
        self.entry = entry
        self.field = field
        self.count = count
    }

    /// `tokens.json, entry 4, role: …`, entries counted from 1. Text of the file stands in backticks, uncleaned.
    /// - Parameter specifier: the words for a pattern of a policy that does not parse.
    package func words(specifier: (SpecifierFault) -> String) -> String {
        var place = [file]
        if let entry { place.append("entry \(entry + 1)") }
        if let field { place.append(field) }
        let more = count > 1 ? " (and \(count - 1) more like it)" : ""
        return place.joined(separator: ", ") + ": " + fact.words(specifier: specifier) + more
    }
}

extension ImportNote.Fact {
    /// A stable word for programs.
    package var code: String {
        switch self {
        case .missing: "missing"
        case .wrongType: "wrongType"
        case .numberAsText: "numberAsText"
        case .null: "null"
        case .unknownValue: "unknownValue"
        case .unknownField: "unknownField"
        case .keyForID: "keyForID"
        case .idForKey: "idForKey"
        case .unknownReference: "unknownReference"
        case .unreadablePolicy: "unreadablePolicy"
        case .severalScopes: "severalScopes"
        case .noScope: "noScope"
        case .accountWide: "accountWide"
        case .ownerUnknown: "ownerUnknown"
        case .creatorUnknown: "creatorUnknown"
        case .outOfRange: "outOfRange"
        case .cleaned: "cleaned"
        case .wholeSecret: "wholeSecret"
        case .repeated: "repeated"
        case .leftOut: "leftOut"
        case .incomplete: "incomplete"
        }
    }

    /// Facts of no consequence, of which only the number and the first place are kept for each field.
    var isSummarised: Bool {
        switch self {
        case .numberAsText, .null, .unknownField, .keyForID, .idForKey, .cleaned, .repeated: true
        default: false
        }
    }

    fileprivate func words(specifier: (SpecifierFault) -> String) -> String {
        switch self {
        case .missing(let taken): "it is missing, taken as \(taken)"
        case .wrongType(let found, let taken): "\(found) is not expected here, taken as \(taken)"
        case .numberAsText: "a number is written as a text"
        case .null: "null, taken as nothing"
        case .unknownValue(let value, let taken): "`\(value)` is not known, taken as \(taken)"
        case .unknownField: "not known, passed over"
        case .keyForID(let key): "the key `\(key)` stands for an id"
        case .idForKey(let id): "the id `\(id)` stands for a key"
        case .unknownReference(let text): "`\(text)` is in none of the files, left out"
        case .unreadablePolicy(let fault):
            "\(fault.words(specifier: specifier)); the policy is taken to allow nothing"
        case .severalScopes(let taken): "it has more than one scope, \(taken) is taken"
        case .noScope: "it has no scope, taken to allow nothing"
        case .accountWide: "no member stands behind it: taken as a token of the whole account"
        case .ownerUnknown(let id): "its owner `\(id)` is not among the members read"
        case .creatorUnknown:
            "its creator is not among the members read: taken to allow nothing"
        case .outOfRange(let taken): "the date is out of range, taken as \(taken)"
        case .cleaned: "characters that can't be shown were replaced, or a long text was cut"
        case .wholeSecret: "a whole secret stands in the file; only its ending was kept"
        case .repeated: "it is there twice, the first is taken"
        case .leftOut(let why): "left out: \(why)"
        case .incomplete(let found, let total):
            "the files hold \(found) entries, but the answer speaks of \(total)"
        }
    }
}
