/// The account: one per database.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    package var name: String
    package let createdAt: Timestamp

    package init(id: AccountID, name: String, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
    }
}
