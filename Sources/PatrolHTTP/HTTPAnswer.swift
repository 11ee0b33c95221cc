internal import CHTTP

/// An answer: a status, header fields and a body.
package struct HTTPAnswer: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package var status: Int
    package private(set) var fields: [Field] = []
    package var body: [UInt8] = []

    package init(status: Int) {
        self.status = status
        fields.reserveCapacity(Self.usualFields)
    }

    private static let usualFields = 12

    /// Adds a field. A byte that can't stand in its value becomes `?` on the way: no text begins a line of its own.
    package mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

    func withFields(_ body: (UnsafeBufferPointer<chttp_field>) -> Void) {
        // One block for all texts, then the fields that point into it.
        let length = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { texts in
            withUnsafeTemporaryAllocation(of: chttp_field.self, capacity: fields.count) { places in
                var start = 0
                func put(_ text: String.UTF8View) -> chttp_text {
                    let end = texts[start...].initialize(fromContentsOf: text)
                    defer { start = end }
                    return chttp_text(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(texts)[start..<end]))
                }
                for (place, field) in fields.enumerated() {
                    let name = put(field.name.utf8)
                    places.initializeElement(at: place, to: chttp_field(name: name, value: put(field.value.utf8)))
                }
                body(UnsafeBufferPointer(places))
            }
        }
    }
}
