package import PatrolDomain

/// A token that must be judged anew.
package struct DueToken: Sendable {
    package let token: AccessToken
    /// What was said of it last.
    package let risk: TokenRisk
    /// Its place in the table.
    let number: Int64
}
