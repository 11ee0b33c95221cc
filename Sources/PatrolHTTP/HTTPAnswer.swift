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

    package init(status: Int) { self.status = status }

    /// Adds a field. A byte that can't stand in its value becomes `?` on the way: no text begins a line of its own.
    package mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

    func withFields(_ body: (UnsafeBufferPointer<chttp_field>) -> Void) {
        // One block for all texts, then the fields that point into it.
        var texts: [UInt8] = []
        texts.reserveCapacity(512)
        for field in fields {
            texts += field.name.utf8
            texts += field.value.utf8
        }
        texts.withUnsafeBytes { texts in
            withUnsafeTemporaryAllocation(of: chttp_field.self, capacity: fields.count) { places in
                var start = 0
                func take(_ count: Int) -> chttp_text {
                    defer { start += count }
                    return chttp_text(UnsafeRawBufferPointer(rebasing: texts[start..<start + count]))
                }
                for (place, field) in fields.enumerated() {
                    let name = take(field.name.utf8.count)
                    places.initializeElement(
                        at: place, to: chttp_field(name: name, value: take(field.value.utf8.count)))
                }
                body(UnsafeBufferPointer(places))
            }
        }
    }
}
