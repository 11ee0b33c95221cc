internal import CSystem
package import PatrolDomain

/// What the door asks of the machine it runs on.
package enum Machine {
    /// The clock. Nothing below the door looks at it.
    package static var now: Timestamp { Timestamp(milliseconds: csystem_clock()) }

    static var userID: UInt32 { csystem_user() }

    static var userName: String {
        text { csystem_user_name($0, $1) }
    }

    /// The system's words for an error number.
    static func text(of code: Int32) -> String {
        text { csystem_error_text(code, $0, $1) }
    }

    /// The network of an IP address or of a network: for version 4 its first 24 bits, for version 6 its first 48.
    /// Nil where it is neither.
    package static func network(of text: String) -> String? {
        var name = [CChar](repeating: 0, count: 64)
        let count = csystem_network(text, &name, name.count)
        guard count > 0, !text.utf8.contains(0) else { return nil }
        return String(decoding: name[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Makes the folder at `path` and those above it that are missing, for this user alone.
    static func makeFolders(_ path: String) throws(PatrolError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            let code = csystem_make_folder(made)
            if code != 0 && code != -csystem_eexist {
                throw .unavailable("can't make the folder `\(made)`: \(text(of: -code))")
            }
        }
    }

    private static func text(_ write: (UnsafeMutablePointer<CChar>, Int) -> Int) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            let length = write(base, buffer.count)
            return String(decoding: UnsafeRawBufferPointer(start: base, count: length), as: UTF8.self)
        }
    }
}
