internal import CHTTP

/// What a server takes from outside at most.
package struct HTTPLimits: Hashable, Sendable {
    package var threads = 2
    /// Connections at once.
    package var connections = 4_096
    /// Of one address; 0: as many as there are. Behind a proxy all come from one.
    package var connectionsPerAddress = 0
    /// Seconds after which a connection on which nothing moves is closed.
    package var idleSeconds = 60
    /// Bytes for the head of a request. The library clears as many for each.
    package var head = 16 << 10
    /// Bytes of the longest body.
    package var body = 1 << 20

    package init() {}
}

/// Who answers requests, on several threads at once.
package protocol HTTPHandler: AnyObject, Sendable {
    /// Answers, or suspends the exchange and gives it to another thread.
    func handle(_ exchange: consuming HTTPExchange)
    /// Something came that was no request: it was answered with this status already.
    func refused(status: Int)
}

/// An HTTP/1.1 server on threads of its own. It serves from its making until `stop()`.
package final class HTTPServer {
    private let server: OpaquePointer
    private let handler: Unmanaged<HandlerBox>

    private final class HandlerBox: Sendable {
        let handler: any HTTPHandler
        init(_ handler: any HTTPHandler) { self.handler = handler }
    }

    /// Serves on a socket that listens, and owns it from now on. Nil where the system has no room for it.
    package init?(on socket: consuming ListeningSocket, limits: HTTPLimits, handler: any HTTPHandler) {
        self.handler = Unmanaged.passRetained(HandlerBox(handler))
        var bounds = chttp_limits()
        bounds.threads = UInt32(limits.threads)
        bounds.connections = UInt32(limits.connections)
        bounds.connections_per_address = UInt32(limits.connectionsPerAddress)
        bounds.idle_seconds = UInt32(limits.idleSeconds)
        bounds.memory_per_connection = limits.head
        bounds.body = limits.body
        let started = chttp_start(
            socket.descriptor, &bounds,
            { context, request in
                guard let context, let request else { return }
                Unmanaged<HandlerBox>.fromOpaque(context).takeUnretainedValue().handler.handle(HTTPExchange(request))
            },
            { context, status in
                guard let context else { return }
                Unmanaged<HandlerBox>.fromOpaque(context).takeUnretainedValue().handler.refused(status: Int(status))
            }, self.handler.toOpaque())
        guard let started else {
            self.handler.release()
            return nil
        }
        server = started
    }

    /// How many requests have begun and are not answered to the end.
    package var requests: Int { Int(chttp_requests(server)) }

    /// Takes no more connections, and closes each after its next answer.
    package func drain() { chttp_drain(server) }

    /// Closes what is open and waits for its threads. To be called once, when what was suspended is answered or will be.
    package func stop() {
        if chttp_stop(server) { handler.release() }
    }
}
