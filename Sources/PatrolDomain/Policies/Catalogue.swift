/// A type of resource and what can be done to it.
package struct ResourceType: Hashable, Sendable {
    /// The chain of types that leads to it, as a pattern of all such resources: `proj/*:env/*:flag/*`.
    package let chain: String
    /// What a person calls it: `feature flag`.
    package let name: String
    package let actions: [Action]
    /// Those that change the thing in every environment of its project, and so have to be allowed in all of them.
    package let projectWideActions: Set<Action>
    /// All resources of the type.
    package let pattern: ResourcePattern

    package func isProjectWide(_ action: Action) -> Bool { projectWideActions.contains(action) }
}

/// A version of an API that a token can be pinned to.
package struct APIVersion: Hashable, Sendable {
    /// Larger is newer: `20240415`.
    package let number: Int
    /// From when it is refused; nil where no day is known.
    package let endsAt: Timestamp?
}

/// The resource types of an API and their actions: data, so that another API's can take its place.
///
/// The evaluation of policies does not need it: it is for choosing, checking and finding examples.
package struct Catalogue: Hashable, Sendable {
    package static let maximumLength = 1 << 20
    package static let maximumTypes = 1_000
    package static let maximumActions = 1_000

    /// In the order in which they were written.
    package let types: [ResourceType]
    /// Versions of the API, the newest first; empty where tokens are not pinned to one.
    package let versions: [APIVersion]
    private let places: [String: Int]

    init(types: [ResourceType], versions: [APIVersion] = []) {
        self.types = types
        self.versions = versions
        self.places = Dictionary(types.enumerated().map { ($1.chain, $0) }) { first, _ in first }
    }

    /// The type with this chain, such as `proj/*:env/*`; nil when there is none.
    package func type(_ chain: String) -> ResourceType? { places[chain].map { types[$0] } }

    package func type(of resource: Resource) -> ResourceType? { type(resource.chain) }

    /// Empty where the chain is unknown.
    package func actions(for chain: String) -> [Action] { type(chain)?.actions ?? [] }

    package func knows(_ action: Action, _ chain: String) -> Bool { actions(for: chain).contains(action) }
}

/// Why a catalogue's text can't be understood. The words stand in PatrolPresentation.
package struct CatalogueFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// Longer than this many bytes.
        case tooLong(limit: Int)
        case tooManyTypes(limit: Int)
        case tooManyActions(limit: Int)
        /// No line names a type.
        case noTypes
        case chain(SpecifierFault.Reason)
        /// Each segment of the chain is a type and `/*`.
        case chainIsNotWhole
        case repeatedType(String)
        case unclosedName
        case noActions
        case action(SpecifierFault.Reason)
        case wildcardInAction
        case repeatedAction(String)
    }

    /// From 1; the column in Unicode scalars.
    package let line: Int
    package let column: Int
    package let reason: Reason

    package init(_ reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }
}
