internal import CSystem
internal import PatrolCrypto
internal import PatrolDomain

/// The key under which secrets are hashed: 32 random bytes in a file of mode 0600 outside the
/// database, named after the account. Without it no secret can be checked, made or adopted.
///
/// HMAC-SHA-256 of a secret with 190 random bits needs no slow hash; a key outside the database
/// means that who can write rows can't plant a secret of his own.
struct SecretKey {
    static let version = 1
    private let code: HMACSHA256

    private init(wiping key: inout [UInt8]) {
        code = SecretBuffer(zeroing: &key).withUnsafeBytes { HMACSHA256(key: $0) }
    }

    static func path(for account: AccountID, in folder: String) -> String { "\(folder)/\(account.text).key" }

    /// Makes the key of a new account. Fails when there is one already.
    static func create(for account: AccountID, in folder: String) throws(PatrolError) -> SecretKey {
        let path = path(for: account, in: folder)
        var key = RandomBytes.make(count: 32)
        let text = "patrol key \(version) \(key.hexadecimal)\n"
        try Machine.makeFolders(folder)
        let failure = file_write_new(path, Array(text.utf8), text.utf8.count)
        if failure != 0 { throw .unavailable("can't write the key `\(path)`: \(Machine.text(of: failure))") }
        return SecretKey(wiping: &key)
    }

    /// Takes back the key of an account that did not come to be.
    static func discard(_ account: AccountID, in folder: String) {
        _ = csystem_remove(path(for: account, in: folder))
    }

    /// Reads the key of an account.
    static func read(for account: AccountID, in folder: String) throws(PatrolError) -> SecretKey {
        let path = path(for: account, in: folder)
        var buffer = [UInt8](repeating: 0, count: 256)
        var length = csystem_read_private(path, &buffer, buffer.count)
        if length < 0 {
            // systemd's `LoadCredential=keys:FOLDER` puts its own name before those of the files.
            let handed = csystem_read_private("\(folder)/keys_\(account.text).key", &buffer, buffer.count)
            if handed >= 0 { length = handed }
        }
        guard length >= 0 else {
            throw .unavailable(
                "the key of this account can't be read: `\(path)`: \(Machine.text(of: Int32(-length))); "
                    + "bring it back from where you keep it, or name its folder in PATROL_KEYS")
        }
        let words = buffer.prefix(length).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.count == 4, words[0].elementsEqual("patrol".utf8), words[1].elementsEqual("key".utf8),
            words[2].elementsEqual("\(version)".utf8),
            var key = parse(hexadecimal: words[3].prefix { $0 != UInt8(ascii: "\n") }), key.count == 32
        else { throw .unavailable("`\(path)` is not a key of Patrol's") }
        return SecretKey(wiping: &key)
    }

    /// What is kept of a secret.
    func hash(of secret: Secret) -> [UInt8] { mac("patrol secret ", secret) }

    /// The same of a secret in the memory of whoever presents it, without allocating.
    func hash(of secret: UnsafeRawBufferPointer, into hash: UnsafeMutableRawBufferPointer) {
        Self.withBytes(of: "patrol secret ") { code.digest(of: $0, and: secret, into: hash) }
    }

    /// The id of a secret that has none inside: keyed, so that a copy of the database does not even
    /// confirm a guess.
    func fingerprint(of secret: Secret) -> String {
        mac("patrol fingerprint ", secret).prefix(8).hexadecimal
    }

    private func mac(_ label: StaticString, _ secret: Secret) -> [UInt8] {
        Self.withBytes(of: label) { label in secret.withBytes { code.digest(of: label, and: $0) } }
    }

    private static func withBytes<Result>(
        of label: StaticString, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        body(UnsafeRawBufferPointer(start: label.utf8Start, count: label.utf8CodeUnitCount))
    }

    private static func parse(hexadecimal text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            let digit: UInt8
            switch character {
            case 48...57: digit = character - 48
            case 97...102: digit = character - 87
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}
