import Glibc
import PatrolJSON

/// A file that is read line by line, as often as it takes, without being held in memory.
final class LineFile {
    /// Bytes when it was opened. What is added later is not read.
    let size: Int
    private let path: String
    private let descriptor: Int32

    private static let chunk = 1 << 20

    init(_ path: String, sparing database: String) throws(CommandFailure) {
        self.path = path
        (descriptor, size) = try InputFile.open(path, sparing: database)
    }

    deinit { close(descriptor) }

    /// The file's name, without its folder.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Shows the lines from the first on, without their ends; nil in place of one of more than 65,536 bytes.
    ///
    /// - Parameters:
    ///   - sawChunk: What was read, in chunks of 1 MiB; the last may be smaller.
    ///   - line: The line and its number, from 1.
    func walk(
        sawChunk: ([UInt8]) throws(CommandFailure) -> Void,
        line: (UnsafeRawBufferPointer?, Int) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var lines = LineCutter()
        var offset = 0
        while offset < size {
            let bytes = try read(at: offset)
            guard !bytes.isEmpty else { throw .input("`\(path)` became shorter while it was read") }
            offset += bytes.count
            try sawChunk(bytes)
            try lines.add(bytes, line)
        }
        try lines.end(line)
    }

    /// A whole chunk, but for the last.
    private func read(at offset: Int) throws(CommandFailure) -> [UInt8] {
        let wanted = min(Self.chunk, size - offset)
        var count = 0
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while count < wanted {
                let more = pread(descriptor, buffer.baseAddress?.advanced(by: count), wanted - count, offset + count)
                if more < 0 && errno == EINTR { continue }
                failed = more < 0
                if more <= 0 { break }
                count += more
            }
            filled = count
        }
        if failed { throw InputFile.failure("read", path) }
        return bytes
    }
}

/// Cuts what is read at the ends of lines.
private struct LineCutter {
    typealias Visit = (UnsafeRawBufferPointer?, Int) throws(CommandFailure) -> Void

    private var number = 0
    /// The beginning of a line that goes on in the next chunk.
    private var rest: [UInt8] = []
    private var isTooLong = false

    private static let limit = JSONLimits.line.bytes

    mutating func add(_ bytes: [UInt8], _ visit: Visit) throws(CommandFailure) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(CommandFailure) in
            let buffer = UnsafeRawBufferPointer(buffer)
            var start = 0
            while let end = Self.end(of: buffer, from: start) {
                try finish(UnsafeRawBufferPointer(rebasing: buffer[start..<end]), visit)
                start = end + 1
            }
            keep(UnsafeRawBufferPointer(rebasing: buffer[start...]))
        }
    }

    /// The last line may have no end.
    mutating func end(_ visit: Visit) throws(CommandFailure) {
        if !rest.isEmpty || isTooLong { try finish(UnsafeRawBufferPointer(start: nil, count: 0), visit) }
    }

    private mutating func keep(_ part: UnsafeRawBufferPointer) {
        isTooLong = isTooLong || rest.count + part.count > Self.limit
        if isTooLong { rest.removeAll() } else { rest.append(contentsOf: part) }
    }

    private mutating func finish(_ part: UnsafeRawBufferPointer, _ visit: Visit) throws(CommandFailure) {
        number += 1
        if rest.isEmpty && !isTooLong {
            return try visit(part.count > Self.limit ? nil : part, number)
        }
        keep(part)
        defer {
            rest.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        if isTooLong { return try visit(nil, number) }
        try rest.withUnsafeBufferPointer { (whole) throws(CommandFailure) in
            try visit(UnsafeRawBufferPointer(whole), number)
        }
    }

    private static func end(of buffer: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < buffer.count, let base = buffer.baseAddress,
            let found = memchr(base + start, 0x0A, buffer.count - start)
        else { return nil }
        return found - UnsafeMutableRawPointer(mutating: base)
    }
}
