/// A pattern of action names: `*` stands for any run of characters.
package struct ActionPattern: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

/// A resource specifier in a policy, such as `proj/*:env/*;qa_*:flag/ops_*` or `*`.
package struct ResourcePattern: Hashable, Sendable {
    package let text: String

    package init(unparsed text: String) { self.text = text }
}
