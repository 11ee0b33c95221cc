import PatrolDomain
@testable import PatrolPresentation
@testable import PatrolScreen

/// A screen with a desk behind it: keys in, frames out.
struct Stage {
    var model: Model
    var desk: Desk

    init(rows: Int = 24, columns: Int = 80, desk: Desk = Desk()) {
        self.desk = desk
        model = Model(size: Size(rows: rows, columns: columns), now: Sample.now)
        settle(start(&model))
    }

    private mutating func settle(_ effects: [Effect]) {
        var waiting = desk.replies(to: effects)
        while !waiting.isEmpty {
            let message = waiting.removeFirst()
            waiting += desk.replies(to: update(&model, message))
        }
    }

    mutating func send(_ message: Message) { settle(update(&model, message)) }

    /// As a person does it: who is asked something reads it before the next key.
    mutating func press(_ keys: PatrolScreen.Key...) {
        for key in keys {
            if model.isQuestionNew, model.dialogs.last?.isQuestion == true {
                send(.tick(now: model.now + TimeSpan(milliseconds: 200)))
            }
            send(.key(key))
        }
    }

    mutating func type(_ text: String) { for scalar in text.unicodeScalars { send(.key(.character(scalar))) } }

    var frame: Frame { view(model, theme: .standard) }

    var text: String { frame.text }

    /// The effects since the last look.
    mutating func takeEffects() -> [Effect] {
        defer { desk.effects = [] }
        return desk.effects
    }

    /// The commands since the last look.
    mutating func takeCommands() -> [Command] {
        takeEffects().compactMap { if case .perform(let command, _) = $0 { command } else { nil } }
    }
}

extension Frame {
    /// Rows as text, without the blanks at their ends.
    var text: String {
        rows.map { row in
            var text = row.map(\.text.text).joined()
            while text.last == " " { text.removeLast() }
            return text
        }.joined(separator: "\n") + "\n"
    }
}
