import PatrolDomain
import PatrolOperations
import PatrolPresentation

/// What a person wants where there is no account yet.
enum FirstChoice: Hashable, Sendable {
    /// The account that was made just now.
    case open
    case demo
    case leave
}

extension CommandRun {
    /// Says that there is no account and leads to one, a line at a time: it works on every terminal, and read aloud.
    /// Nothing is made before all is answered; the end of the input leaves.
    mutating func firstRun() throws(CommandFailure) -> FirstChoice {
        var typed = TypedLines(console)
        tell("There is no account at \(location.database) yet.")
        tell("1 makes one here, 2 shows a made-up one that is gone afterwards, q leaves.")
        while let answer = typed.ask("1, 2 or q") {
            switch answer {
            case "1": return try makeAccount(&typed) ? .open : .leave
            case "2": return .demo
            case "q", "Q": return .leave
            default: tell("`\(answer)` is none of 1, 2 and q.")
            }
        }
        return .leave
    }

    /// Asks for what an account needs, and again where an answer can't be taken. False: the input has ended.
    private mutating func makeAccount(_ typed: inout TypedLines) throws(CommandFailure) -> Bool {
        while true {
            guard let name = typed.askUntilGiven("What is the account called"),
                let email = typed.askUntilGiven("The owner's e-mail address"),
                let person = typed.ask("The owner's name (may stay empty)")
            else { return false }
            do throws(CommandFailure) {
                try found(name, owner: email, called: person)
                return typed.ask("Enter opens it") != nil
            } catch {
                // What was answered can be answered otherwise; a disk can't.
                guard error.code == .usage || error.code == .refused, let sentence = error.sentence else { throw error }
                tell("Not made: \(sentence).")
            }
        }
    }

    /// Makes the account, and closes it again.
    mutating func found(_ account: String, owner email: String, called person: String) throws(CommandFailure) {
        let name = PersonName(person)
        let founding = FoundAccount(
            name: account, ownerEmail: email, ownerFirstName: name.first, ownerLastName: name.last)
        let location = location
        let made = try Self.door { () throws(PatrolError) in try Patrol.found(founding, at: location) }
        made.patrol.settle()
        if isJSON { return try output.json(made.entry.json) }
        try output.line("made the account \(founding.name) of \(founding.ownerEmail) in \(location.database)")
        try output.flush()
        tell("the key of its secrets is in \(location.keyFolder): keep a copy of it, apart from the database")
    }
}

/// Answers that a person types, a line each. A terminal gives a line at a time; more is kept for the next question.
private struct TypedLines {
    private let console: Console
    private var rest: [UInt8] = []

    private static let longest = 1_024

    init(_ console: Console) { self.console = console }

    /// The answer without spaces around it; nil: nothing more is typed.
    mutating func ask(_ question: SafeText) -> String? {
        console.complain(Array("\(question.text): ".utf8))
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                return line.trimmed
            }
            let bytes = console.read(Self.longest)
            guard !bytes.isEmpty, rest.count < Self.longest else {
                console.complain([UInt8(ascii: "\n")])
                return nil
            }
            rest += bytes
        }
    }

    /// Asks again as long as the answer is empty.
    mutating func askUntilGiven(_ question: SafeText) -> String? {
        while let answer = ask(question) { if !answer.isEmpty { return answer } }
        return nil
    }
}
