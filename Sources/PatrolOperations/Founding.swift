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
    private let location: Location

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
        self.location = location
        key = try SecretKey.create(for: id, in: location.keyFolder)
    }

    @discardableResult
    func record(in transaction: WriteTransaction) throws(StorageError) -> AuditEntry {
        try transaction.record(ruling, operation: OperationID(at: time).bytes, at: time)
    }

    /// Makes the database by `create`, and opens it. Without a database there is no key either; but where there
    /// is one, or may be one, the key stays: nothing could be done with it else.
    func make<Made>(
        _ create: () throws(StorageError) -> Made
    ) throws(PatrolError) -> (store: Store, made: Made) {
        let made: Made
        do throws(StorageError) {
            made = try create()
        } catch .unknownOutcome(let cause) {
            throw PatrolError(.unknownOutcome(cause))
        } catch {
            SecretKey.discard(account.id, in: location.keyFolder)
            throw PatrolError(error)
        }
        do throws(StorageError) {
            return (try Store(opening: location.database), made)
        } catch {
            throw .unavailable("the account was made, but can't be opened: \(PatrolError(error).words(refusal: \.code))")
        }
    }
}
