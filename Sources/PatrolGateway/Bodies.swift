internal import PatrolDomain
internal import PatrolJSON
internal import PatrolOperations

/// A body of `application/x-www-form-urlencoded`.
struct FormBody {
    private var fields: [(name: [UInt8], value: [UInt8])] = []
    private static let maximumFields = 100

    /// Nil where an escape is broken, or there are too many fields.
    init?(_ body: UnsafeRawBufferPointer) {
        for part in body.split(separator: UInt8(ascii: "&")) {
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count < Self.maximumFields, let name = Self.decoded(halves[0]),
                let value = halves.count == 2 ? Self.decoded(halves[1]) : []
            else { return nil }
            fields.append((name, value))
        }
    }

    /// The value of a field that stands there once; nil otherwise.
    func one(_ name: String) -> [UInt8]? {
        let found = fields.filter { $0.name.elementsEqual(name.utf8) }
        return found.count == 1 ? found[0].value : nil
    }

    private static func decoded(_ text: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexadecimalDigit, let low = rest.popFirst()?.hexadecimalDigit else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return bytes
    }
}

extension UInt8 {
    fileprivate var hexadecimalDigit: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}

/// What `/verify` is asked: `{"action": "updateOn", "resource": "proj/web", "address": "192.0.2.7"}`.
struct VerificationBody {
    let action: String
    let resource: String
    let address: IPAddress?

    init?(_ body: UnsafeRawBufferPointer) {
        guard body.count <= 64 << 10, let json = try? JSON(parsing: Array(body)), let action = json["action"]?.string,
            let resource = json["resource"]?.string, (1...200).contains(action.utf8.count)
        else { return nil }
        self.action = action
        self.resource = resource
        if let text = json["address"]?.string {
            guard let address = IPAddress(text) else { return nil }
            self.address = address
        } else {
            address = nil
        }
    }

    func withBytes<Result>(
        _ body: (_ action: UnsafeRawBufferPointer, _ resource: UnsafeRawBufferPointer) throws(PatrolError) -> Result
    ) throws(PatrolError) -> Result {
        try Array(action.utf8).withUnsafeBufferPointer { action throws(PatrolError) in
            try Array(resource.utf8).withUnsafeBufferPointer { resource throws(PatrolError) in
                try body(UnsafeRawBufferPointer(action), UnsafeRawBufferPointer(resource))
            }
        }
    }
}
