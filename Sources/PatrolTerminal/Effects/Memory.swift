import PatrolConfiguration
import PatrolDomain
import PatrolJSON
import PatrolScreen

/// What the loop begins with: what was kept the last time, and the person's views.
struct Memory {
    var kept: Remembered?
    var views: [SavedView] = []
    /// What could not be read, each in words of one line; the usual took its place.
    var faults: [String] = []
}

/// The file with what a person finds again, `screen.json`: the theme, and for each account where he was. One member per
/// account, under its id.
///
/// What several sessions keep is put together account by account; of one account the last to end counts.
struct StateFile {
    private let path: String?
    /// In bytes.
    private static let maximumLength = 262_144
    private static let limits = JSONLimits(bytes: maximumLength, depth: 8, values: 20_000)
    /// Those that were kept longest ago go.
    private static let maximumAccounts = 20

    init(folder: String?) { path = folder.map { "\($0)/screen.json" } }

    /// What was read, and what is wrong with it.
    private static func content(of reading: ConfigurationFile.Reading) -> (content: JSON, fault: String?) {
        switch reading {
        case .missing: return ([:], nil)
        case .fault(let words): return ([:], "\(words); nothing is remembered")
        case .text(let bytes):
            do throws(JSONFault) {
                let content = try JSON(parsing: bytes, limits: limits)
                let isOurs = content.members != nil && (content["accounts"] == nil || content["accounts"]?.members != nil)
                return isOurs ? (content, nil) : ([:], "screen.json: there are no `accounts` in it; nothing is remembered")
            } catch {
                return ([:], "screen.json:\(error.line): \(error.reason.words); nothing is remembered")
            }
        }
    }

    func read(account: AccountID?) -> (theme: String?, kept: Remembered?, fault: String?) {
        guard let path else { return (nil, nil, nil) }
        let (content, fault) = Self.content(of: ConfigurationFile.read(path, maximum: Self.maximumLength))
        let kept = account.flatMap { content["accounts"]?[$0.text] }.flatMap(Remembered.init(json:))
        return (content["theme"]?.string, kept, fault)
    }

    /// Keeps what is not nil, and leaves what other sessions and newer versions keep. A place where nothing can be kept is no
    /// reason to say so when somebody leaves.
    func write(theme: String?, account: AccountID?, kept: Remembered?) {
        guard let path, theme != nil || kept != nil else { return }
        _ = ConfigurationFile.update(path, maximum: Self.maximumLength) { reading in
            let (before, fault) = Self.content(of: reading)
            // A file that can't be understood may be somebody's: it stays.
            if fault != nil { return nil }
            var accounts = before["accounts"]?.members ?? []
            if let account, let kept {
                let place = accounts.firstIndex { $0.name == account.text }
                let former = place.map { accounts.remove(at: $0).value } ?? [:]
                accounts.append(JSONMember(account.text, former.merged(with: JSON(remembered: kept))))
            }
            return Self.bytes(of: theme.map { before.merged(with: ["theme": .string($0)]) } ?? before, accounts)
        }
    }

    /// As many of the accounts as there is room for; nil where there is none: what is larger would not be read.
    private static func bytes(of content: JSON, _ accounts: [JSONMember]) -> [UInt8]? {
        var accounts = accounts.suffix(maximumAccounts)
        let others = (content.members ?? []).filter { $0.name != "accounts" }
        while true {
            var bytes: [UInt8] = []
            JSON.object(others + [JSONMember("accounts", .object(Array(accounts)))]).write(to: &bytes, pretty: true)
            if bytes.count <= maximumLength { return bytes }
            if accounts.popFirst() == nil { return nil }
        }
    }
}
