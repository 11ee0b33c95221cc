internal import PatrolCrypto
internal import PatrolDomain

/// The secrets of an account, found by their hashes.
///
/// The hashes are made with a key that nobody outside has, so where one stands in the table says nothing
/// about the secret; they are compared in constant time all the same.
struct SecretTable {
    struct Entry {
        /// Among all that are here.
        var place: Int
        var token: CompiledAccount.TokenNumber
        /// From when it is refused.
        var validUntil: Timestamp?

        func isRetired(at now: Timestamp) -> Bool { validUntil.map { $0 <= now } ?? false }
    }

    /// 32 bytes each.
    private var hashes: [UInt8] = []
    private var entries: [Entry] = []
    /// Their public ids.
    private var ids: [String] = []
    /// Open addressing: the place of an entry plus one; 0 is a free slot.
    private var slots = [UInt32](repeating: 0, count: 64)

    /// Adds a secret, or takes what is new about one that is there.
    mutating func take(_ secret: StoredSecret, of token: CompiledAccount.TokenNumber) {
        guard secret.hash.count == SHA256.count else { return }
        let known = secret.hash.withUnsafeBytes { place(of: $0) }
        let entry = Entry(place: known ?? entries.count, token: token, validUntil: secret.validUntil)
        if let known {
            entries[known] = entry
            return
        }
        hashes += secret.hash
        ids.append(secret.id)
        entries.append(entry)
        if entries.count * 2 <= slots.count { return put(entries.count - 1) }
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for place in entries.indices { put(place) }
    }

    /// The secret with this hash, of 32 bytes.
    func entry(_ hash: UnsafeRawBufferPointer) -> Entry? { place(of: hash).map { entries[$0] } }

    /// The public id of a secret that was found.
    func id(at place: Int) -> String { ids[place] }

    private mutating func put(_ place: Int) {
        let start = place * SHA256.count
        let wanted = hashes.withUnsafeBytes {
            slot(of: UnsafeRawBufferPointer(rebasing: $0[start..<start + SHA256.count]))
        }
        var free = wanted
        while slots[free] != 0 { free = (free + 1) & (slots.count - 1) }
        slots[free] = UInt32(place + 1)
    }

    private func slot(of hash: UnsafeRawBufferPointer) -> Int {
        Int(truncatingIfNeeded: hash.loadUnaligned(as: UInt64.self)) & (slots.count - 1)
    }

    private func place(of hash: UnsafeRawBufferPointer) -> Int? {
        var next = slot(of: hash)
        // Named alone, so that the closure copies nothing else.
        let slots = slots
        return hashes.withUnsafeBytes { hashes in
            while slots[next] != 0 {
                let place = Int(slots[next]) - 1
                let start = place * SHA256.count
                if constantTimeEqual(UnsafeRawBufferPointer(rebasing: hashes[start..<start + SHA256.count]), hash) {
                    return place
                }
                next = (next + 1) & (slots.count - 1)
            }
            return nil
        }
    }
}
