internal import PatrolDomain

/// Policies and authorities by the text that they were read from: the tokens of a list have the same ones again and
/// again, and reading JSON is a good part of loading a row. Each connection has its own.
struct ReadTexts {
    /// Longer texts are rare, and would fill the memory.
    private static let maximumLength = 4_096
    private static let capacity = 128

    private var policies: [String: Policy] = [:]
    private var authorities: [String: Authority] = [:]

    mutating func policy(_ text: String) throws(StorageError) -> Policy {
        if let known = policies[text] { return known }
        let policy = try StoredText.policy(text)
        Self.keep(policy, of: text, in: &policies)
        return policy
    }

    mutating func authority(_ text: String) throws(StorageError) -> Authority {
        if let known = authorities[text] { return known }
        let authority = try StoredText.authority(text)
        Self.keep(authority, of: text, in: &authorities)
        return authority
    }

    private static func keep<Value>(_ value: Value, of text: String, in kept: inout [String: Value]) {
        guard text.utf8.count <= maximumLength else { return }
        if kept.count >= capacity { kept.removeAll(keepingCapacity: true) }
        kept[text] = value
    }
}
