/// A built-in role. What each may do stands in `BaseRole.policy(holder:)`.
package enum BaseRole: String, CaseIterable, Hashable, Sendable {
    case noAccess = "no_access"
    case reader, writer, admin, owner
}
