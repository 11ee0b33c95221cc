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
        let before = read().content
        var accounts = before["accounts"]?.members ?? []
        if let account, let kept {
            accounts.removeAll { $0.name == account.text }
            accounts.append(JSONMember(account.text, JSON(remembered: kept)))
        }
        var members: [JSONMember] = []
        if let theme = theme ?? before["theme"]?.string { members.append(JSONMember("theme", .string(theme))) }
        members.append(JSONMember("accounts", .object(Array(accounts.suffix(Self.maximumAccounts)))))
        var bytes: [UInt8] = []
        JSON.object(members).write(to: &bytes, pretty: true)
        _ = ConfigurationFile.write(bytes, to: path)
    }
}

/// The file with the person's views, `views.json`, which the command line reads as well.
struct ViewsFile {
    private let path: String?
    private static let limits = JSONLimits(bytes: 262_144, depth: 4, values: 10_000)

    init(folder: String?) { path = folder.map { "\($0)/views.json" } }

    func read() -> (views: [SavedView], fault: String?) {
        guard let path else { return ([], nil) }
        switch ConfigurationFile.read(path, maximum: Self.limits.bytes) {
        case .missing: return ([], nil)
        case .fault(let words): return ([], words)
        case .text(let bytes):
            do throws(JSONFault) {
                return (try JSON(parsing: bytes, limits: Self.limits).savedViews, nil)
            } catch {
                return ([], "views.json:\(error.line): \(error.reason.words)")
            }
        }
    }

    /// Nil, or why they can't be kept. A file that is there and can't be read is left alone.
    func write(_ views: [SavedView]) -> String? {
        guard let path else { return "views are not kept here: the account is made up, or HOME is not set" }
        if let fault = read().fault { return "\(fault); mend it first" }
        var bytes: [UInt8] = []
        JSON(views: views).write(to: &bytes, pretty: true)
        return ConfigurationFile.write(bytes, to: path)
    }
}
