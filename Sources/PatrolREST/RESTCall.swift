package import PatrolOperations

/// One call of the REST API, by a token that has signed in.
package struct RESTCall: Sendable {
    package var method: String
    /// As it was sent, percent-encoded: `/api/v2/tokens/65f0`.
    package var path: String
    /// As it was sent, without the `?`.
    package var query: String
    /// Names in lower case.
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]
    package var caller: TokenSession

    package init(
        method: String, path: String, query: String = "", fields: [(name: String, value: String)] = [],
        body: [UInt8] = [], caller: TokenSession
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
        self.caller = caller
    }

    /// The first header field of this name, which is in lower case.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// What is answered. `Content-Length`, dates and limits are the server's.
package struct RESTAnswer: Sendable {
    package var status: Int
    package var fields: [(String, String)]
    package var body: [UInt8]

    package init(status: Int, fields: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
