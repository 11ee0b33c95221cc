internal import PatrolDomain

/// What the gateway's program is told on its command line: pairs of `--name` and a value. `patrol serve` makes them;
/// whoever starts it himself, as a service does, writes them alike.
package struct GatewayOptions: Sendable {
    enum Place: Hashable, Sendable {
        case address(IPAddress, port: UInt16)
        case path(String)
    }

    /// What is wrong with a line, and what to do.
    package struct Fault: Error, Hashable {
        package let sentence: String
    }

    var database: String?
    var place = Place.address(.loopback, port: 8080)
    var routes: String?
    var trustedProxies = [AddressRange.loopback]
    var isPublicAllowed = false
    var threads: Int?
    var realm = "api"
    var takesAPIKey = false
    var drainSeconds = 10
    var socketMode: UInt32 = 0o660
    var connections = 4_096
    var connectionsPerAddress = 0
    var idleSeconds = 60
    var accessLog: String?
    var tokenLimit = 0
    var addressLimit = 0

    package init(_ words: [String]) throws(Fault) {
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else { throw Fault(sentence: "`\(word)` is no option: see `patrol serve --help`") }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if try takeSwitch(name, hasValue: parts.count == 2) { continue }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                throw Fault(sentence: "`--\(name)` needs a value")
            }
            try take(name, value)
        }
        if case .address(let address, port: _) = place { try require(address) }
    }

    /// - Throws: where an address can be reached from outside, and nobody said that it should.
    func require(_ address: IPAddress) throws(Fault) {
        guard address.isLoopback || isPublicAllowed else {
            throw Fault(
                sentence: "`\(address.text)` can be reached from outside, and what is sent there can be read on the way: "
                    + "listen on 127.0.0.1 or a Unix socket, or say --public")
        }
    }

    private mutating func takeSwitch(_ name: String, hasValue: Bool) throws(Fault) -> Bool {
        switch name {
        case "public": isPublicAllowed = true
        case "api-key-header": takesAPIKey = true
        default: return false
        }
        if hasValue { throw Fault(sentence: "`--\(name)` takes no value") }
        return true
    }

    private mutating func take(_ name: String, _ value: String) throws(Fault) {
        switch name {
        case "database": database = value
        case "listen": place = try Self.place(value)
        case "routes": routes = value
        case "trusted-proxies": trustedProxies = try Self.ranges(value)
        case "access-log": accessLog = value
        case "limit-per-token": tokenLimit = try Self.number(name, value, 0...1_000_000)
        case "limit-per-address": addressLimit = try Self.number(name, value, 0...1_000_000)
        case "realm": realm = try Self.realm(value)
        case "threads": threads = try Self.number(name, value, 1...64)
        case "drain": drainSeconds = try Self.number(name, value, 0...600)
        case "connections": connections = try Self.number(name, value, 16...100_000)
        case "connections-per-address": connectionsPerAddress = try Self.number(name, value, 0...100_000)
        case "idle": idleSeconds = try Self.number(name, value, 1...3_600)
        case "socket-mode": socketMode = try Self.mode(value)
        default: throw Fault(sentence: "there is no option `--\(name)`: see `patrol serve --help`")
        }
    }

    /// `127.0.0.1:8080`, `[::1]:8080`, `unix:PATH`.
    static func place(_ text: String) throws(Fault) -> Place {
        let fault = Fault(sentence: "`\(text)` is no place to listen on: write 127.0.0.1:8080, [::1]:8080 or unix:PATH")
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), !path.utf8.contains(0) else {
                throw Fault(sentence: "`\(path)` has to be a whole path, from `/` on")
            }
            return .path(path)
        }
        guard let colon = text.lastIndex(of: ":") else { throw fault }
        var host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(host), address.isVersion4 != isBracketed,
            let port = UInt16(text[text.index(after: colon)...])
        else { throw fault }
        return .address(address, port: port)
    }

    static func ranges(_ text: String) throws(Fault) -> [AddressRange] {
        var ranges: [AddressRange] = []
        if text == "none" { return [] }
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let range = AddressRange(word) else {
                throw Fault(sentence: "`\(word)` is no address and no range of them, such as 10.0.0.0/8")
            }
            ranges.append(range)
        }
        return ranges
    }

    private static func realm(_ text: String) throws(Fault) -> String {
        let isClean = text.utf8.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard isClean, (1...80).contains(text.utf8.count) else {
            throw Fault(sentence: "a realm is 1 to 80 visible characters without quotes")
        }
        return text
    }

    private static func number(_ name: String, _ text: String, _ range: ClosedRange<Int>) throws(Fault) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Fault(sentence: "`--\(name)` is a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
        }
        return number
    }

    private static func mode(_ text: String) throws(Fault) -> UInt32 {
        guard let mode = UInt32(text, radix: 8), mode <= 0o777 else {
            throw Fault(sentence: "`--socket-mode` is a mode such as 660, not `\(text)`")
        }
        return mode
    }
}
