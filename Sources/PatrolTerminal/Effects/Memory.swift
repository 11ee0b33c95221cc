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

    /// The file as it is, and what is wrong with it.
    private func read() -> (content: JSON, fault: String?) {
        guard let path else { return ([:], nil) }
        switch ConfigurationFile.read(path, maximum: Self.maximumLength) {
        case .missing: return ([:], nil)
        case .fault(let words): return ([:], "\(words); nothing is remembered")
        case .text(let bytes):
            do throws(JSONFault) {
                return (try JSON(parsing: bytes, limits: Self.limits), nil)
            } catch {
                return ([:], "screen.json:\(error.line): \(error.reason.words); nothing is remembered")
            }
        }
    }

    func read(account: AccountID?) -> (theme: String?, kept: Remembered?, fault: String?) {
        let (content, fault) = read()
        let kept = account.flatMap { content["accounts"]?[$0.text] }.flatMap(Remembered.init(json:))
        return (content["theme"]?.string, kept, fault)
    }

    /// Keeps what is not nil. A place where nothing can be kept is no reason to say so when somebody leaves.
    func write(theme: String?, account: AccountID?, kept: Remembered?) {
        guard let path, theme != nil || kept != nil else { return }
        let (before, fault) = read()
        // A file that can't be understood may be somebody's: it stays.
        if fault != nil { return }
        var accounts = before["accounts"]?.members ?? []
        if let account, let kept {
            accounts.removeAll { $0.name == account.text }
            accounts.append(JSONMember(account.text, JSON(remembered: kept)))
        }
        var members: [JSONMember] = []
        if let theme = theme ?? before["theme"]?.string { members.append(JSONMember("theme", .string(theme))) }
        accounts = Array(accounts.suffix(Self.maximumAccounts))
        while true {
            var bytes: [UInt8] = []
            let all = members + [JSONMember("accounts", .object(accounts))]
            JSON.object(all).write(to: &bytes, pretty: true)
            // What is larger would not be read.
            if bytes.count > Self.maximumLength, accounts.count > 1 {
                accounts.removeFirst()
                continue
            }
            _ = ConfigurationFile.write(bytes, to: path)
            return
        }
    }
}
