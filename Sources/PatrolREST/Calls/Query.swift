internal import PatrolDomain

/// The parameters of a call's query.
struct Query: Sendable {
    /// More than any endpoint takes, names that mean nothing here included.
    private static let maximumCount = 100

    private var items: [(name: String, value: String)] = []

    init(_ text: String) throws(RESTFault) {
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            if items.count == Self.maximumCount { throw .invalid("a query has at most \(Self.maximumCount) parameters") }
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(halves[0], plusIsBlank: true),
                let value = PercentEncoding.decode(halves.count > 1 ? halves[1] : halves[0].prefix(0), plusIsBlank: true)
            else { throw .invalid("the query is not percent-encoded UTF-8") }
            items.append((name, value))
        }
    }

    func text(_ name: String) -> String? { items.first { $0.name == name }?.value }

    func texts(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    func bool(_ name: String) throws(RESTFault) -> Bool {
        switch text(name) {
        case nil, "false": return false
        case "true": return true
        default: throw .invalid("`\(name)` is `true` or `false`")
        }
    }

    func integer(_ name: String, in range: ClosedRange<Int64>) throws(RESTFault) -> Int64? {
        guard let text = text(name) else { return nil }
        guard let number = PercentEncoding.integer(text), range.contains(number) else {
            throw .invalid("`\(name)` is a whole number, \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func moment(
        _ name: String, in range: ClosedRange<Timestamp> = Timestamp(milliseconds: 0)...Timestamp(milliseconds: 1 << 53)
    ) throws(RESTFault) -> Timestamp? {
        try integer(name, in: range.lowerBound.milliseconds...range.upperBound.milliseconds).map(Timestamp.init)
    }

    /// - Parameter standard: How many where nothing is said.
    func span(limit standard: Int, maximum: Int = RESTLimits.page) throws(RESTFault) -> PageSpan {
        let limit = try integer("limit", in: 1...Int64(maximum)) ?? Int64(standard)
        let offset = try integer("offset", in: 0...Int64(RESTLimits.offset)) ?? 0
        return PageSpan(offset: Int(offset), limit: Int(limit))
    }
}

/// How much a call can ask for.
enum RESTLimits {
    /// Entries of one page.
    static let page = 1_000
    /// Entries of a list that comes without pages, as older versions of the API have it.
    static let wholeList = 10_000
    static let offset = 1_000_000_000
    static let invitations = 50
    static let patchOperations = 500
    static let auditPage = 20
    static let buckets = 500
    /// Entries of the log that are looked at for one answer.
    static let scannedEntries = 20_000
}

/// Percent-encoding of URLs (RFC 3986, section 2.1), and of forms where `+` is a blank.
enum PercentEncoding {
    /// Nil where it is not well-formed, or not UTF-8.
    static func decode(_ bytes: some Collection<UInt8>, plusIsBlank: Bool) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            if byte.isASCIIAlphanumeric || "-._~".utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// A whole number as JSON writes it, without a plus sign or leading zeros.
    static func integer(_ text: String) -> Int64? {
        guard let number = Int64(text), String(number) == text else { return nil }
        return number
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
