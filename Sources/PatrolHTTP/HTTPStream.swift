internal import CHTTP

/// What feeds a stream. It is asked on threads of the server, one at a time.
package protocol HTTPStreamSource: AnyObject, Sendable {
    /// The next bytes, at most `room`; none where there are none yet; nil at the end.
    func next(room: Int) -> [UInt8]?
    /// The stream is over, whoever ended it. `HTTPStream.wake` may not be called any more when this returns.
    func over()
}

/// The other end of an answer that goes on.
package struct HTTPStream: @unchecked Sendable {
    private let stream: OpaquePointer

    private final class SourceBox: Sendable {
        let source: any HTTPStreamSource
        init(_ source: any HTTPStreamSource) { self.source = source }
    }

    /// The source is asked again. On any thread, until it was told that the stream is over.
    package func wake() { chttp_stream_wake(stream) }

    static func open(
        _ head: HTTPAnswer, on request: OpaquePointer, from source: any HTTPStreamSource
    ) -> HTTPStream? {
        let box = Unmanaged.passRetained(SourceBox(source))
        var stream: OpaquePointer?
        head.withFields { fields in
            stream = chttp_answer_stream(
                request, UInt32(head.status), fields.baseAddress, fields.count,
                { context, bytes, room in
                    guard let context, let bytes else { return -1 }
                    let source = Unmanaged<SourceBox>.fromOpaque(context).takeUnretainedValue().source
                    guard let next = source.next(room: room) else { return -1 }
                    next.prefix(room).withUnsafeBytes { from in
                        UnsafeMutableRawBufferPointer(start: bytes, count: room).copyMemory(from: from)
                    }
                    return min(next.count, room)
                },
                { context in
                    guard let context else { return }
                    let box = Unmanaged<SourceBox>.fromOpaque(context)
                    box.takeUnretainedValue().source.over()
                    box.release()
                }, box.toOpaque())
        }
        guard let stream else {
            box.release()
            return nil
        }
        return HTTPStream(stream: stream)
    }
}
