internal import CJansson

/// Reads JSON strictly: UTF-8 without a byte order mark, no name twice in one object, no number that
/// does not fit, nothing after the value, lone surrogates refused. Reading many documents
/// with one reader saves memory traffic. Not to be shared between threads.
package final class JSONReader {
    private let reader: OpaquePointer
    private let limits: JSONLimits

    package init(limits: JSONLimits = .document) {
        guard let reader = patrol_json_reader_make() else { preconditionFailure("no memory") }
        self.reader = reader
        self.limits = limits
    }

    deinit { patrol_json_reader_free(reader) }

    package func read(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> JSON {
        guard bytes.count <= limits.bytes else {
            throw JSONFault(.tooLarge(limit: limits.bytes))
        }
        guard let start = bytes.baseAddress else { throw JSONFault(.unfinished) }
        var fault = PatrolJSONFault()
        let nodes = patrol_json_read(
            reader, start.assumingMemoryBound(to: UInt8.self), UInt(bytes.count), UInt(limits.depth),
            UInt(limits.values), &fault)
        guard var next = nodes else {
            throw JSONFault(reason(of: fault), line: Int(fault.line), column: Int(fault.column))
        }
        return Self.value(&next)
    }

    package func read(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFault) in
            try read(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Takes the value at `next`, and moves `next` behind it.
    private static func value(_ next: inout UnsafePointer<PatrolJSONNode>) -> JSON {
        let node = next
        next += 1
        switch Int(node.pointee.kind) {
        case PATROL_JSON_NULL: return .null
        case PATROL_JSON_FALSE: return .bool(false)
        case PATROL_JSON_TRUE: return .bool(true)
        case PATROL_JSON_INTEGER: return .integer(node.pointee.integer)
        case PATROL_JSON_REAL: return .real(node.pointee.real)
        case PATROL_JSON_STRING:
            return .string(text(node.pointee.text, node.pointee.text_length))
        case PATROL_JSON_ARRAY:
            return .array(elements(&next, count: Int(node.pointee.count)))
        default:
            return .object(members(&next, count: Int(node.pointee.count)))
        }
    }

    private static func elements(
        _ next: inout UnsafePointer<PatrolJSONNode>, count: Int
    ) -> [JSON] {
        var elements: [JSON] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(value(&next)) }
        return elements
    }

    private static func members(
        _ next: inout UnsafePointer<PatrolJSONNode>, count: Int
    ) -> [JSONMember] {
        var members: [JSONMember] = []
        members.reserveCapacity(count)
        for _ in 0..<count {
            let name = text(next.pointee.name, next.pointee.name_length)
            members.append(JSONMember(name, value(&next)))
        }
        return members
    }

    private static func text(_ start: UnsafePointer<UInt8>?, _ length: UInt) -> String {
        String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }

    private func reason(of fault: PatrolJSONFault) -> JSONFault.Reason {
        switch Int(fault.reason) {
        case PATROL_JSON_UNFINISHED: .unfinished
        case PATROL_JSON_EXCESS: .excess
        case PATROL_JSON_NOT_UTF8: .notUTF8
        case PATROL_JSON_NUL: .nulCharacter
        case PATROL_JSON_DUPLICATE: .duplicateName
        case PATROL_JSON_NUMBER: .numberOutOfRange
        case PATROL_JSON_BYTE_ORDER_MARK: .byteOrderMark
        case PATROL_JSON_TOO_DEEP: .tooDeep(limit: limits.depth)
        case PATROL_JSON_TOO_MANY: .tooManyValues(limit: limits.values)
        case PATROL_JSON_NO_MEMORY: .outOfMemory
        default: .syntax
        }
    }
}

extension JSON {
    package init(parsing bytes: [UInt8], limits: JSONLimits = .document) throws(JSONFault) {
        self = try JSONReader(limits: limits).read(bytes)
    }

    package init(parsing text: String, limits: JSONLimits = .document) throws(JSONFault) {
        self = try JSON(parsing: Array(text.utf8), limits: limits)
    }
}
