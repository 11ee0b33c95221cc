import PatrolConfiguration
import PatrolDomain
import PatrolJSON
import PatrolOperations
import PatrolPresentation
@testable import PatrolScreen
@testable import PatrolTerminal
import PatrolTestSupport
import Testing

/// The screen with an account behind it, as the program has them, but for the terminal. Ada owns the account, Kim
/// writes; there are a role and three tokens of Ada's.
private final class Desktop {
    let folder: TemporaryFolder
    let patrol: Patrol
    let ada: Session
    private(set) var model: Model
    private let runner: EffectRunner
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)

    /// - Parameter kimSits: whether it is Kim who sits before the screen, as an admin.
    init(kimSits: Bool = false) throws {
        folder = try TemporaryFolder()
        let location = Location(database: folder("data/patrol.db"), keyFolder: folder("keys"))
        let founding = FoundAccount(
            name: "Acme", ownerEmail: "ada@example.org", ownerFirstName: "Ada", ownerLastName: "Berg")
        patrol = try Patrol.found(founding, at: location, clock: { Desktop.now }).patrol
        ada = try patrol.signIn()
        let invitation = InviteMember(email: "kim@example.org", firstName: "Kim", baseRole: kimSits ? .admin : .writer)
        _ = try patrol.perform(.inviteMember(invitation), as: ada)
        let kim = try patrol.signIn(as: "kim@example.org")
        _ = try patrol.perform(.acceptInvitation, as: kim)
        if let key = Key("deployers") {
            let policy = try Policy(parsingJSON: #"[{"effect":"allow","actions":["viewProject"],"resources":["proj/*"]}]"#)
            _ = try patrol.perform(
                .createRole(CreateRole(key: key, name: "Deployers", description: "", basePermissions: .noAccess, policy: policy)), as: ada)
        }
        for name in ["one", "two", "three"] {
            _ = try patrol.perform(
                .createToken(
                    CreateToken(
                        kind: .service, name: name, purpose: "a test", scope: .base(.reader), expiresAt: Desktop.now + .days(9))),
                as: ada)
        }
        runner = EffectRunner(
            patrol, as: kimSits ? kim : ada, clipboard: Clipboard(type: "xterm") { _ in nil },
            themes: ThemeShelf(environment: { _ in nil }, own: nil, kept: nil), views: ViewsFile(folder: nil))
        model = Model(size: Size(rows: 40, columns: 120), now: Desktop.now, catalogue: patrol.catalogue)
        settle(start(&model))
    }

    private func settle(_ effects: [Effect]) {
        var waiting = effects
        while !waiting.isEmpty {
            if let reply = runner.reply(to: waiting.removeFirst()) { waiting += update(&model, .reply(reply)) }
        }
    }

    func press(_ keys: PatrolScreen.Key...) {
        for key in keys {
            settle(update(&model, .tick(now: model.now + TimeSpan(milliseconds: 200))))
            settle(update(&model, .key(key)))
        }
    }

    func type(_ text: String) { for scalar in text.unicodeScalars { press(.character(scalar)) } }

    func undo() { press("u", .enter, .tab, .enter) }

    func redo() { press(.control("r"), .tab, .enter) }

    var text: String {
        view(model, theme: .standard).rows.map { $0.map(\.text.text).joined() }.joined(separator: "\n")
    }

    /// Everything that can be undone, but for versions and who flagged when.
    func state() throws -> [String] {
        let filter = Filter()
        let page = PageRequest(.first, limit: 100)
        let tokens = try patrol.tokens(page, sort: .name, isReversed: false, filter: filter).items.map { item in
            let token = item.row.token
            return "\(token.name) \(token.purpose) \(token.scope) \(String(describing: token.expiresAt)) "
                + "\(token.flag?.reason ?? "-") \(String(describing: token.flag?.dueAt))"
        }
        let members = try patrol.members(page, sort: .name, isReversed: false, filter: filter).items.map { item in
            "\(item.row.member.email) \(item.row.member.baseRole) \(item.row.member.customRoles)"
        }
        let roles = try patrol.roleChoices(limit: 10).map { "\($0.name) \($0.description) \($0.basePermissions) \($0.policy)" }
        return tokens + members + roles
    }

    /// Does it, undoes it and does it again, with one audit entry each time.
    func turn(_ name: Comment, by act: () -> Void) throws {
        let (before, first) = (try state(), try patrol.lastSequence())
        act()
        let after = try state()
        #expect(after != before, "\(name): nothing was done\n\(text)")
        #expect(try patrol.lastSequence() == first + 1, name)
        undo()
        #expect(try state() == before, "\(name): not undone\n\(text)")
        #expect(try patrol.lastSequence() == first + 2, name)
        redo()
        #expect(try state() == after, "\(name): not done again\n\(text)")
        #expect(try patrol.lastSequence() == first + 3, name)
    }
}

@Suite struct `What is undone is as it was, by the account itself` {
    @Test func `flags, names and expiries of tokens`() throws {
        let desk = try Desktop()
        try desk.turn("flag") {
            desk.press("f")
            desk.type("old")
            desk.press(.control("s"))
        }
        try desk.turn("unflag") { desk.press("f", .tab, .enter) }
        try desk.turn("edit") {
            desk.press("e")
            desk.type(" b")
            desk.press(.control("s"))
        }
        try desk.turn("expiry") {
            desk.press("x", .control("u"))
            desk.type("never")
            desk.press(.control("s"))
        }
    }

    @Test func `names and rights of roles, and roles of members`() throws {
        let desk = try Desktop()
        desk.press("2", "G")
        try desk.turn("name") {
            desk.press("e")
            desk.type(" b")
            desk.press(.control("s"))
        }
        try desk.turn("base permissions") { desk.press("e", .tab, .tab, .right, .control("s"), .tab, .enter) }
        desk.press("1", "G")
        try desk.turn("roles") { desk.press("e", .right, .control("s"), .tab, .enter) }
    }

    @Test func `everything on one thing, back to the beginning and forth again`() throws {
        let desk = try Desktop()
        let begin = try desk.state()
        for day in ["20d", "30d", "never"] {
            desk.press("x", .control("u"))
            desk.type(day)
            desk.press(.control("s"))
        }
        let end = try desk.state()
        for _ in 0..<3 { desk.undo() }
        #expect(try desk.state() == begin, "\(desk.text)")
        for _ in 0..<3 { desk.redo() }
        #expect(try desk.state() == end, "\(desk.text)")
    }

    @Test func `a change to many, with one entry for each`() throws {
        let desk = try Desktop()
        let (before, first) = (try desk.state(), try desk.patrol.lastSequence())
        desk.press("A", "f")
        desk.type("old")
        desk.press(.control("s"), .tab, .enter, .enter)
        #expect(try desk.patrol.lastSequence() == first + 3)
        desk.undo()
        #expect(desk.text.contains("undone: flagged 3 of 3"), "\(desk.text)")
        #expect(try desk.state() == before)
        #expect(try desk.patrol.lastSequence() == first + 6)
    }

    @Test func `an undo is refused where the right to it was lost meanwhile, and can be tried again`() throws {
        let desk = try Desktop(kimSits: true)
        let before = try desk.state()
        desk.press("f")
        desk.type("old")
        desk.press(.control("s"))
        func become(_ role: BaseRole) throws {
            guard let kim = try desk.patrol.member(email: "kim@example.org") else { return }
            let change = ChangeMemberRoles(
                member: kim.id, version: kim.version, baseRole: role, customRoles: [], roleAttributes: [:])
            _ = try desk.patrol.perform(.changeMemberRoles(change), as: desk.ada)
        }
        try become(.reader)
        let first = try desk.patrol.lastSequence()
        desk.undo()
        #expect(try desk.patrol.lastSequence() == first + 1, "the refusal is in the log")
        #expect(desk.text.contains("you may not `deleteAccessToken`"), "\(desk.text)")
        try become(.admin)
        desk.undo()
        #expect(try desk.state() == before, "\(desk.text)")
    }
}
