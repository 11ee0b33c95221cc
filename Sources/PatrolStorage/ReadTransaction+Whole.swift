package import PatrolDomain

/// The whole account, a slice after the other: by id, those after one, up to a limit. What was deleted is there too.
extension ReadTransaction {
    package func members(after id: MemberID?, limit: Int) throws(StorageError) -> [Member] {
        let connection = try live()
        return try connection.rows(
            "SELECT \(MemberRecord.columns) FROM member WHERE id > ? ORDER BY id LIMIT ?",
            [.text(id?.text ?? ""), .integer(limit)]
        ) { row throws(StorageError) in try MemberRecord.member(row, connection) }
    }

    package func roles(after id: RoleID?, limit: Int) throws(StorageError) -> [Role] {
        try live().rows(
            "SELECT \(RoleRecord.columns) FROM role WHERE id > ? ORDER BY id LIMIT ?",
            [.text(id?.text ?? ""), .integer(limit)], RoleRecord.role)
    }

    package func tokens(after id: TokenID?, limit: Int) throws(StorageError) -> [AccessToken] {
        let connection = try live()
        return try connection.rows(
            "SELECT \(TokenRecord.columns) FROM token WHERE id > ? ORDER BY id LIMIT ?",
            [.text(id?.text ?? ""), .integer(limit)]
        ) { row throws(StorageError) in try TokenRecord.token(row, connection) }
    }

    package func secrets(after id: String, limit: Int) throws(StorageError) -> [StoredSecret] {
        try SecretRecord.load(after: id, limit: limit, live())
    }
}
