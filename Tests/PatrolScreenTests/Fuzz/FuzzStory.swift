import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen

/// A story of random messages, told to the real update and view. After each of them the rules of the screen
/// are looked at; the same seed tells the same story.
struct FuzzStory {
    var model: Model
    private var dice: Dice
    private var desk: FuzzDesk
    private let seed: UInt64
    /// Answers that are on their way.
    private var answers: [Message] = []
    /// Answers that came already, some of which come again.
    private var old: [Message] = []
    /// Keys that lead somewhere: what a person would press.
    private var script: [PatrolScreen.Key] = []
    /// Answers come late and in any order, or not at all.
    private var isSlow = false
    private var told: [String] = []
    private var step = 0
    private var clock = Sample.now
    private var rules = FuzzRules()

    init(seed: UInt64) {
        self.seed = seed
        dice = Dice(state: seed &* 0x1000_0001)
        desk = FuzzDesk(&dice)
        model = Model(size: Size(rows: 40, columns: 120), now: Sample.now)
        begin()
    }

    var performedCount: Int { rules.performedCount }
    var secretCount: Int { rules.secretCount }

    /// Tells so many messages; what broke a rule, with the way there, or nil.
    mutating func tell(_ count: Int) -> String? {
        while step < count {
            step += 1
            if step % 1_200 == 0 { begin() }
            if let fault = send(next()) { return report(fault) }
            if !isSlow, let fault = settle() { return report(fault) }
        }
        return nil
    }

    private func report(_ fault: String) -> String {
        "seed \(seed), message \(step): \(fault)\nafter:\n" + told.suffix(40).joined(separator: "\n")
    }

    /// A new start of the program, on another terminal.
    private mutating func begin() {
        (answers, old, script) = ([], [], [])
        isSlow = dice.isIn(30)
        desk = FuzzDesk(&dice)
        let (kept, views) = (model.remembered, model.views)
        model = Model(size: size(), now: clock, isUnicode: dice.isIn(90))
        if dice.isIn(50) { model.recall(kept) }
        model.views = views
        rules.forgetFrame()
        take(start(&model))
    }

    /// Every answer comes, and the answers to what is asked then: it must come to an end.
    private mutating func settle() -> String? {
        var rounds = 0
        while !answers.isEmpty {
            rounds += 1
            if rounds > 2_000 { return "it never comes to rest" }
            if let fault = send(answers.removeFirst()) { return fault }
        }
        return nil
    }

    private mutating func send(_ message: Message) -> String? {
        note(message)
        let before = model
        let effects = update(&model, message)
        let fault = rules.fault(of: effects, after: message, before: before, now: model)
        if effects.contains(.quit) { begin() } else { take(effects) }
        return fault
    }

    private mutating func note(_ message: Message) {
        told.append(Self.words(message))
        if told.count > 400 { told.removeFirst(200) }
    }

    /// What to tell of a message. To write out an answer with its rows would cost more than all the rest.
    private static func words(_ message: Message) -> String {
        switch message {
        case .reply(.answered(let query, _)): "an answer to \(query.name)"
        case .reply(.failed(let query, let why)): "no answer to \(query?.name ?? "nothing"): \(why)"
        case .reply(.performed(_, let performed)): "performed, \(performed.refusal?.code ?? "allowed")"
        case .reply(.commandFailed): "a command failed"
        case .paste(let text): "a paste of \(text.prefix(40).debugDescription)"
        default: "\(message)"
        }
    }

    private mutating func take(_ effects: [Effect]) {
        for effect in effects {
            if effect == .cancel {
                let loads = answers.compactMap { if case .reply(.answered(let query, _)) = $0 { query } else { nil } }
                answers = loads.map { .reply(.failed($0, "cancelled")) }
            }
            let replies = desk.replies(to: effect, &dice)
            answers += replies
            old += replies
        }
        if old.count > 30 { old.removeFirst(old.count - 30) }
    }

    // MARK: What comes next

    private mutating func next() -> Message {
        // Mostly a question is read before the next key.
        if model.isQuestionNew, model.dialogs.last?.isQuestion == true, dice.isIn(60) {
            clock = clock + TimeSpan(milliseconds: Int64(100 + dice.roll(400)))
            return .tick(now: clock)
        }
        // Something comes between the keys of a way, but not so often that none gets to its end.
        if !script.isEmpty, dice.isIn(75) { return .key(key()) }
        switch dice.roll(100) {
        case 0..<4: return .paste(dice.pick(Self.pastes))
        case 4..<7: return .resized(size())
        case 7..<9:
            clock = clock + (dice.isIn(5) ? .days(dice.roll(40)) : TimeSpan(milliseconds: Int64(dice.roll(90_000))))
            return .tick(now: dice.isIn(5) ? Sample.now : clock)
        case 9..<11:
            desk.change(&dice)
            return .changed
        case 11: return dice.isIn(50) ? .resumed : .background(isLight: dice.isIn(50))
        case 12..<18: return .mouse(mouse())
        case 18 where !old.isEmpty: return dice.pick(old)
        case 19 where dice.isIn(10):
            isSlow.toggle()
            return .changed
        case 20..<50 where isSlow && !answers.isEmpty: return lateAnswer()
        default: return .key(key())
        }
    }

    private mutating func lateAnswer() -> Message {
        // Some never come.
        if answers.count > 20 || dice.isIn(3) { answers.remove(at: dice.roll(answers.count)) }
        if answers.isEmpty { return .changed }
        return answers.remove(at: dice.isIn(70) ? 0 : dice.roll(answers.count))
    }

    private mutating func size() -> Size {
        switch dice.roll(8) {
        case 0: Size(rows: 1 + dice.roll(3), columns: 1 + dice.roll(3))
        case 1 where dice.isIn(20): Size(rows: dice.roll(210) - 3, columns: dice.roll(500) - 3)
        case 2 where dice.isIn(10): Size(rows: 200, columns: 400)
        case 3: Size(rows: 15, columns: 60)
        case 4: Size(rows: 24, columns: 80)
        case 5: Size(rows: 1 + dice.roll(60), columns: 1 + dice.roll(200))
        default: Size(rows: 40, columns: 120)
        }
    }

    /// Mostly on something that a click does something to, sometimes beside the screen.
    private mutating func mouse() -> MouseEvent {
        let kind = dice.pick([MouseEvent.Kind.click, .click, .doubleClick, .wheelUp, .wheelDown])
        let areas = model.hitAreas.areas
        guard dice.isIn(80), !areas.isEmpty else {
            return MouseEvent(kind, at: Position(row: dice.roll(220) - 10, column: dice.roll(420) - 10))
        }
        // What was drawn last is on top.
        let area = (dice.isIn(50) ? dice.pick(Array(areas.suffix(8))) : dice.pick(areas)).rect
        return MouseEvent(
            kind, at: Position(row: area.row + dice.roll(max(1, area.rows)), column: area.column + dice.roll(max(1, area.columns))))
    }

    // MARK: Keys

    private static let boundKeys = KeyTable.standard.bindings.flatMap(\.keys)
    private static let otherKeys: [PatrolScreen.Key] =
        [.home, .end, .backspace, .delete, .function(2), .function(12), .shiftUp, .shiftDown]
        + "abcdefghijklmnopqrstuvwxyz".map { .control($0) }
    private static let letters: [PatrolScreen.Key] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.:;,*/\\\"'[]{}()!@#~|名é\u{301}\u{1B}\u{202E}\u{0}\u{9B}👩\u{200D}"
        .unicodeScalars.map { .character($0) }

    private mutating func key() -> PatrolScreen.Key {
        if !script.isEmpty { return dice.isIn(96) ? script.removeFirst() : .escape }
        if dice.isIn(model.dialogs.isEmpty ? 12 : 20) {
            writeScript()
            return script.removeFirst()
        }
        switch dice.roll(100) {
        case 0..<45: return dice.pick(Self.boundKeys)
        case 45..<60: return dice.pick(Self.letters)
        case 60..<70: return .enter
        case 70..<77: return .escape
        case 77..<85: return .tab
        case 85..<88: return .control("s")
        case 88..<95: return dice.pick([.down, .up, " "])
        // Twice in a row it quits.
        case 95: return dice.isIn(20) ? .control("c") : .down
        default: return dice.pick(Self.otherKeys)
        }
    }

    private mutating func writeScript() {
        switch model.dialogs.last {
        case .confirmation(let question)?:
            script = question.word.map { Self.keys($0) + [.tab, .tab, .enter] } ?? [.tab, .tab, .enter, .enter]
        case .form?: script = Self.keys(dice.pick(["kim@example.org", "2027-01-31", "a name", "30d"])) + [.control("s")]
        case .creation?:
            script = dice.pick([
                Self.keys("job") + [.control("s"), .enter, .down, .enter, " ", .enter, .enter, .enter, .enter],
                Self.keys("job") + [.control("s"), .down, .enter, .down, .enter] + Self.keys(dice.pick(["web", "a b*", ":", "é"]))
                    + [.enter, "x", .enter, .enter, .down, .enter, .enter, .enter],
            ])
        case .templates?:
            script = dice.pick([
                [.down, .enter, .tab, .tab, .control("u"), "7", .control("s")], ["a"] + Self.keys("mine") + [.tab, "m", .control("s")],
                ["d", .tab, .enter], ["G", "d", .escape, "k", "e", .escape], [.pageDown, .pageUp, "q"],
            ])
        case .secret?: script = dice.pick([["c", .escape], ["c", "x", .escape, "n"], [.escape, "y"], ["w", .enter], ["w", .escape]])
        case .plain?: script = dice.pick([[.down, .escape], [.pageDown, "q"], ["Y"]])
        case .commands?:
            script = dice.pick([
                [.down, .enter], [.tab, .tab, .enter], [.up, .up, .enter], Self.keys(dice.pick(Self.commands)) + [.enter],
            ])
        case .menu?, .results?: script = [.down, .enter]
        case .review?:
            script = dice.pick([
                [.enter, "d", .enter], [.enter, " ", " ", " ", "n"] + Self.keys("too much") + [.enter], [.tab, "y", .enter], ["G", "b", .enter],
                ["C"] + Self.keys("close") + [.enter], [.down, .down, "o"], [.escape, .escape, "a"], [.pageDown, .pageUp, "r", .escape],
            ])
        case .views?:
            script = dice.pick([
                [.down, .enter], ["a"] + Self.keys(dice.pick(["a view", "mine", "", "  x  ", "\u{202E}v"])) + [.enter, "y"],
                [.down, "d", "y"], [.end, .enter], ["G", "d", "k", .enter], [.enter] + Self.keys("kept") + [.enter, "n", .escape],
            ])
        case nil:
            script = dice.pick(
                [
                    ["3", "c", .escape, .escape, "c", .control("s"), .enter, .enter], ["3", " ", " ", " ", "d"],
                    ["3", "A", "f", .control("s")], ["3", "A", "Y"], ["1", "j", "d"], ["1", "A", "d"], ["4", "G", "o", "o"],
                    ["3", "r", .enter, .tab, .enter], ["1", "j", "O"], ["2", "G", "e"], [.enter, .enter, "o", "o"],
                    // Done, undone and done again.
                    ["3", "f", .control("s"), "u"], ["u", .tab, .tab, .enter, .control("r"), .tab, .tab, .enter],
                    ["u"], [.control("r")], ["1", "j", "j", "e", .right, .control("s"), .tab, .tab, .enter, "u"],
                    // Ranges and marks.
                    ["3", "v", .pageDown, "v", "f", .control("s")], ["1", "v", "G", "d"], ["3", "v", "G", .pageUp, "g", "v", "x", .control("s")],
                    ["3", "A", "U"], ["1", "A", "e", .control("s")], ["3", .shiftDown, .shiftDown, .shiftUp, "y", "d"],
                    ["V", .down, .down, .enter], ["V", "a"] + Self.keys("mine") + [.enter], ["%"], ["t"], ["s", .down, .enter, "S"],
                    ["4", "/"] + Self.keys("action:del") + [.tab, .enter], ["/", .tab, .tab, .backTab, .enter],
                    ["3", "/"] + Self.keys("owner:k") + [.tab, " ", .tab, .enter], ["/", .up, .up, .down, .enter],
                ] + ["owner:ada", "release", "unused>90d", "!test", "99999999999999999999d", "a\"b"].map { text in
                    ["/"] + Self.keys(text) + [.enter]
                } + (["accept", "rotate", "theme"] + Self.commands).map { text in [":"] + Self.keys(text) + [.enter] })
        }
    }

    /// Lines of the palette, with what follows the name, fit or not.
    private static let commands = [
        "sort risk reversed", "sort nonsense", "filter unused>90d", "filter !!", "theme light", "theme none", "list audit", "list x",
        "view mine", "view a view", "view nothing", "token 65f0c0ffee11000000000003", "token export", "member ada", "role release",
        "theme ", "sort ", "undo", "redo", "mark all", "views", "review", "review", "templates", "mouse", "delete token", "quit it",
    ]

    private static func keys(_ text: String) -> [PatrolScreen.Key] { text.unicodeScalars.map { .character($0) } }

    static let pastes: [String] = [
        "", "\n", "yes\r\n", "y\ny\ny\n\n\n", "d\r", "名前\n\u{1B}[2J x", "\u{1B}[201~:quit\r", "a\u{301}\u{301}\u{301}\u{301}\u{301}",
        "\u{202E}gpj.exe", "remove 3", "yes, delete it\n", "ptlp_4fK9aZ0Qw2Lm_7HqabcdefghijklmnopqrstuvwxyzABCc3A1xZ",
        "kim@example.org\tKim\n", String(repeating: "x", count: 5_000), String(repeating: "[", count: 3_000),
        "[{\"effect\":\"allow\",\"actions\":[\"*\"],\"resources\":[\"*\"]}]", String(repeating: "👩‍👩‍👧‍👦", count: 300),
        "\u{0}\u{7}\u{8}\u{7F}\u{9B}31m\u{2028}", "2027-01-31", "-9223372036854775808d", String(repeating: "\n", count: 2_000),
    ]
}

extension Query {
    fileprivate var name: String {
        switch self {
        case .account: "the account"
        case .members(let request, _, _, _): "members \(request.start)"
        case .roles(let request, _, _, _): "roles \(request.start)"
        case .tokens(let request, _, _, _): "tokens \(request.start)"
        case .audit(let request, _): "audit \(request.start)"
        case .history: "a history"
        case .memberDetail, .tokenDetail, .roleDetail: "a detail"
        case .roleChoices: "the roles to choose from"
        case .impact: "whom it touches"
        case .replay: "what would have failed"
        case .proposal: "a proposal"
        case .templates: "the templates"
        case .activity: "the activity"
        case .reviews: "the reviews"
        case .reviewItems: "items of a review"
        case .reviewedToken: "a token of a review"
        }
    }
}
