/// A template as it is to be. Its key can't change.
package struct SaveTemplate: Hashable, Sendable {
    package var key: Key
    package var name: String
    package var description: String
    package var policy: Policy
    /// In days; nil: no expiry is proposed.
    package var expiryDays: Int?
    /// The version that was shown; 0: the account keeps none with this key.
    package var version: Int

    package init(
        key: Key, name: String, description: String, policy: Policy, expiryDays: Int?, version: Int
    ) {
        self.key = key
        self.name = name
        self.description = description
        self.policy = policy
        self.expiryDays = expiryDays
        self.version = version
    }
}
