/// The shape of a secret that Patrol makes: `ptlp_` and `ptls_` (personal, service), 12 characters of
/// public id, `_`, 32 secret characters, 6 of checksum; all of them `0-9A-Za-z`, 56 characters in all.
/// Scanners find it by `\bptl[psac]_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}\b`.
package enum SecretFormat {
    package static let publicIDLength = 12
    package static let secretLength = 32
    package static let checksumLength = 6
    package static let length = 5 + publicIDLength + 1 + secretLength + checksumLength
    package static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The first five characters.
    package static func prefix(of kind: AccessToken.Kind) -> String {
        switch kind {
        case .personal: "ptlp_"
        case .service: "ptls_"
        case .accountWide: "ptla_"
        }
    }

    /// The public id in `secret`, or nil when it does not have the shape. The checksum is not looked at.
    package static func publicID(in secret: some Collection<UInt8>) -> String? {
        let bytes = Array(secret)
        guard bytes.count == length, hasShape(bytes[...]) else { return nil }
        return String(decoding: bytes[5..<5 + publicIDLength], as: UTF8.self)
    }

    /// Whether something in `text` looks like a secret, Patrol's or LaunchDarkly's (`api-` and a UUID):
    /// one pasted into a name would be kept and shown for ever.
    package static func isContained(in text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.contains { start in
            hasShape(bytes[start...]) || hasLaunchDarklyShape(bytes[start...])
        }
    }

    /// `text` with everything that looks like a secret taken out, but for its kind and public id: for a log.
    package static func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        // Most texts are left alone after one look.
        guard isContained(in: text) else { return text }
        var kept: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if hasShape(bytes[place...]) {
                kept += bytes[place..<place + 6 + publicIDLength] + "[secret]".utf8
                place += length
            } else if hasLaunchDarklyShape(bytes[place...]) {
                kept += "api-[secret]".utf8
                place += 40
            } else {
                kept.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func hasShape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= length, bytes.starts(with: "ptl".utf8) else { return false }
        let start = bytes.startIndex
        guard "psac".utf8.contains(bytes[start + 3]), bytes[start + 4] == UInt8(ascii: "_"),
            bytes[start + 5 + publicIDLength] == UInt8(ascii: "_")
        else { return false }
        let publicID = bytes[start + 5..<start + 5 + publicIDLength]
        let rest = bytes[start + 6 + publicIDLength..<start + length]
        return publicID.allSatisfy(\.isASCIIAlphanumeric) && rest.allSatisfy(\.isASCIIAlphanumeric)
    }

    private static func hasLaunchDarklyShape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 40, bytes.starts(with: "api-".utf8) else { return false }
        let hyphens: Set = [8, 13, 18, 23]
        return bytes.dropFirst(4).prefix(36).enumerated().allSatisfy { place, byte in
            hyphens.contains(place) ? byte == UInt8(ascii: "-") : isHexadecimal(byte)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte) || (65...70).contains(byte)
    }
}
