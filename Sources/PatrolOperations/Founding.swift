internal import PatrolCrypto
internal import PatrolDomain
internal import PatrolStorage

/// The beginning of an account: the ruling that founds it, and the key of its secrets. The key goes
/// again when the account does not come to be.
struct Founding {
    let account: Account
    let owner: Member
    let key: SecretKey
    private let ruling: Ruling
    private let time: Timestamp
    private let keyFolder: String

    init(_ founding: FoundAccount, at location: Location, time: Timestamp) throws(PatrolError) {
        let id = AccountID(at: time, random: RandomBytes.number())
        do throws(Refusal) {
            ruling = try Rules.rule(
                onFounding: founding, by: .initialization, account: id,
                owner: MemberID(at: time, random: RandomBytes.number()), at: time)
        } catch {
            throw .refused(error)
        }
        guard case .insertAccount(let account)? = ruling.changes.first,
            case .insertMember(let owner)? = ruling.changes.last
        else { preconditionFailure("founding makes an account and its owner") }
        self.account = account
        self.owner = owner
        self.time = time
        keyFolder = location.keyFolder
        key = try SecretKey.create(for: id, in: keyFolder)
    }

    @discardableResult
    func record(in transaction: WriteTransaction) throws(StorageError) -> AuditEntry {
        try transaction.record(ruling, operation: OperationID(at: time).bytes, at: time)
    }

    /// Makes the database by `create`; without one, there is no key either.
    func make<Made>(_ create: () throws(StorageError) -> Made) throws(PatrolError) -> Made {
        do throws(StorageError) {
            return try create()
        } catch {
            SecretKey.discard(account.id, in: keyFolder)
            throw PatrolError(error)
        }
    }
}
