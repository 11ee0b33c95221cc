internal import CHTTP

/// A request that waits for its answer. It is answered once: when nobody does, the one who asked is told
/// that something went wrong here.
///
/// What it lends is good until it is answered.
package struct HTTPExchange: ~Copyable, @unchecked Sendable {
    private let request: OpaquePointer

    init(_ request: OpaquePointer) { self.request = request }

    deinit { Self.send(HTTPAnswer(status: 500), to: request) }

    /// As it was sent: `GET`.
    package var method: String { Self.text(chttp_method(request)) }

    /// The bytes of `method`.
    package var methodBytes: UnsafeRawBufferPointer { Self.bytes(chttp_method(request)) }

    /// Path and query as they stand in the request line, nothing decoded.
    package var target: UnsafeRawBufferPointer { Self.bytes(chttp_target(request)) }

    package var body: UnsafeRawBufferPointer { Self.bytes(chttp_body(request)) }

    /// Who is at the other end of the connection: 4 bytes or 16; none for a Unix socket.
    package var peer: UnsafeRawBufferPointer { Self.bytes(chttp_peer(request)) }

    /// The value of the header field with this name, in any case of letters; nil where there is none.
    package func value(of name: StaticString) -> UnsafeRawBufferPointer? {
        values(of: name).first
    }

    /// What a field said, where it may not be said twice.
    package enum OneValue {
        case none
        case one(UnsafeRawBufferPointer)
        case several
    }

    /// The value of a field that may stand there once only.
    package func oneValue(of name: StaticString) -> OneValue {
        let found = values(of: name)
        return found.first.map { found.isMany ? .several : .one($0) } ?? .none
    }

    /// Calls `body` with each header field, in their order.
    package func forEachField(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
        var count = 0
        let fields = chttp_fields(request, &count)
        for place in 0..<count {
            guard let field = fields?[place] else { return }
            body(Self.bytes(field.name), Self.bytes(field.value))
        }
    }

    private func values(of name: StaticString) -> (first: UnsafeRawBufferPointer?, isMany: Bool) {
        let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var count = 0
        let fields = chttp_fields(request, &count)
        var first: UnsafeRawBufferPointer?
        for place in 0..<count {
            guard let field = fields?[place], field.name.count == wanted.count,
                Self.bytes(field.name).isSameName(as: wanted)
            else { continue }
            if first != nil { return (first, true) }
            first = Self.bytes(field.value)
        }
        return (first, false)
    }

    /// Answers now.
    package consuming func answer(_ answer: HTTPAnswer) {
        Self.send(answer, to: request)
        discard self
    }

    /// Lets the connection wait until `answer` is called, on any thread. To be called while it is handled.
    package borrowing func suspend() { chttp_suspend(request) }

    /// Answers with a stream, which `source` feeds. Nil where there is no memory for it: then it was refused.
    package consuming func stream(_ head: HTTPAnswer, from source: any HTTPStreamSource) -> HTTPStream? {
        let stream = HTTPStream.open(head, on: request, from: source)
        if stream == nil { Self.send(HTTPAnswer(status: 503), to: request) }
        discard self
        return stream
    }

    private static func send(_ answer: HTTPAnswer, to request: OpaquePointer) {
        answer.withFields { fields in
            answer.body.withUnsafeBytes { body in
                chttp_answer(request, UInt32(answer.status), fields.baseAddress, fields.count, chttp_text(body))
            }
        }
    }

    static func bytes(_ text: chttp_text) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text.bytes, count: text.bytes == nil ? 0 : text.count)
    }

    private static func text(_ text: chttp_text) -> String { String(decoding: bytes(text), as: UTF8.self) }
}

extension chttp_text {
    init(_ bytes: UnsafeRawBufferPointer) {
        self.init(bytes: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count: bytes.count)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether two names of header fields are the same: letters of ASCII in any case.
    fileprivate func isSameName(as other: UnsafeRawBufferPointer) -> Bool {
        for place in indices {
            let (one, two) = (self[place], other[place])
            if one == two { continue }
            let folded = one | 0x20
            guard folded == two | 0x20, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(folded) else { return false }
        }
        return true
    }
}
