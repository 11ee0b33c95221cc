internal import CHTTP
package import PatrolDomain

/// A socket on which a server listens.
package struct ListeningSocket: ~Copyable {
    /// Why there is none: an error number of the system.
    package struct Failure: Error, Hashable {
        package let code: Int32
    }

    let descriptor: Int32

    /// - Parameter port: 0 for any that is free.
    package static func listen(on address: IPAddress, port: UInt16) throws(Failure) -> ListeningSocket {
        let bytes = address.bytes
        return try checked(chttp_listen_address(bytes, bytes.count, UInt32(port)))
    }

    /// On a Unix socket. One that nobody serves any more is replaced.
    package static func listen(onPath path: String, mode: UInt32) throws(Failure) -> ListeningSocket {
        try checked(chttp_listen_path(path, mode))
    }

    /// What the service manager handed over; nil where it handed over nothing.
    package static func inherited() throws(Failure) -> ListeningSocket? {
        let descriptor = chttp_inherited()
        return descriptor == -1 ? nil : try checked(descriptor)
    }

    /// 0 for a Unix socket.
    package var port: UInt16 { UInt16(max(0, chttp_port(descriptor))) }

    /// Nil for a Unix socket.
    package var address: IPAddress? {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { bytes in
            guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return nil }
            let count = chttp_address(descriptor, start)
            return IPAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
    }

    private static func checked(_ result: Int32) throws(Failure) -> ListeningSocket {
        guard result >= 0 else { throw Failure(code: -result) }
        return ListeningSocket(descriptor: result)
    }
}
