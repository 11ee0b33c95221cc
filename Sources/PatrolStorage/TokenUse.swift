package import PatrolDomain

/// Calls of one token to one action from one network, on one day.
package struct TokenUse: Hashable, Sendable {
    package var token: TokenID
    package var action: Action
    /// Where the calls came from, as coarse as it is to be kept; empty where unknown.
    package var network: String
    package var at: Timestamp
    package var allowed: Int
    package var denied: Int

    package init(
        token: TokenID, action: Action, network: String = "", at: Timestamp, allowed: Int,
        denied: Int
    ) {
        self.token = token
        self.action = action
        self.network = network
        self.at = at
        self.allowed = allowed
        self.denied = denied
    }
}
