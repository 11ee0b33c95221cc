package import PatrolScreen

/// What a person did at the keyboard.
package enum Typed: Hashable, Sendable {
    case key(Key)
    case paste(String)
    /// With the mouse: a click is never double here, that takes a clock.
    case mouse(MouseEvent)
    case answer(TerminalAnswer)
}

/// What a terminal answered to a question of ours, or told because it was asked to.
package enum TerminalAnswer: Hashable, Sendable {
    case background(isLight: Bool)
    /// Whether it can tell when its colours become light or dark (mode 2031).
    case tellsScheme(Bool)
    /// Whether it shows frames whole when told where they begin and end (mode 2026).
    case synchronizes(Bool)
}

/// Makes keys of the bytes that a terminal sends, however they are cut into reads.
///
/// A sequence that it doesn't know goes as a whole, so that no part of it is taken for a command; so do keys
/// with Alt, which look the same as Escape and a letter sent at once. Nothing that a terminal may answer is a key.
package struct KeyDecoder: Sendable {
    /// What is kept of a paste; the rest goes.
    package static let maximumPasteBytes = 65_536
    /// How long Escape may be the start of a sequence before it is Escape, unless said otherwise.
    package static let escapeMilliseconds = 25
    /// How long a paste may pause before it is taken for ended.
    private static let pasteMilliseconds = 10_000
    /// How long a terminal's answer may pause: a slow line tears it apart.
    private static let answerMilliseconds = 1_000
    /// How much of an unfinished sequence is kept: whatever comes then is still swallowed.
    private static let maximumPendingBytes = 1_024

    private let sequences: EscapeSequences
    private let escapeMilliseconds: Int
    private var pending: [UInt8] = []
    /// What was pasted so far; nil outside of a paste.
    private var pasted: [UInt8]?
    /// Whether the last thing was an Escape that nothing followed in time.
    private var hasGivenUp = false
    /// Whether a question is open. Then what looks like the rest of an answer is one, though its Escape came so long
    /// before it that it was taken for a key.
    package var isAnswerExpected = false

    /// `named` are sequences of the terminal at hand that differ from everybody else's.
    package init(named: [[UInt8]: Key] = [:], escapeMilliseconds: Int = Self.escapeMilliseconds) {
        self.sequences = EscapeSequences(named: named)
        self.escapeMilliseconds = escapeMilliseconds
    }

    /// How long to wait for the rest of what has begun, in milliseconds; then `giveUp`. Nil: nothing has.
    package var patience: Int? {
        if pasted != nil { return Self.pasteMilliseconds }
        if pending.isEmpty { return nil }
        return sequences.isAnswer(pending) || isAnswerExpected && pending.count > 1 ? Self.answerMilliseconds : escapeMilliseconds
    }

    /// What these bytes, after all those before, say was typed.
    package mutating func take(_ bytes: some Collection<UInt8>) -> [Typed] {
        if isAnswerExpected, hasGivenUp, let first = bytes.first, [0x5B, 0x5D].contains(first) {
            pending = [EscapeSequences.escape]
        }
        hasGivenUp = false
        pending.append(contentsOf: bytes)
        var typed: [Typed] = []
        var place = 0
        while place < pending.count {
            guard let used = pasted == nil ? takeKey(at: place, &typed) : takePaste(at: place, &typed)
            else { break }
            place += used
        }
        pending.removeFirst(place)
        if pending.count > Self.maximumPendingBytes { sequences.shorten(&pending) }
        return typed
    }

    /// The rest will not come: a lone Escape was Escape, a paste without an end has ended, anything else was nothing.
    package mutating func giveUp() -> [Typed] {
        let last = pending
        pending = []
        if let text = pasted {
            pasted = nil
            return [.paste(String(decoding: text, as: UTF8.self))]
        }
        hasGivenUp = last == [EscapeSequences.escape]
        return hasGivenUp ? [.key(.escape)] : []
    }

    /// The number of bytes used; nil when more are needed.
    private mutating func takeKey(at place: Int, _ typed: inout [Typed]) -> Int? {
        switch sequences.next(in: pending[place...]) {
        case .incomplete: return nil
        case .key(let key, let length):
            if let key { typed.append(.key(key)) }
            return length
        case .other(let one, let length):
            typed.append(one)
            return length
        case .pasteBegins(let length):
            pasted = []
            return length
        }
    }

    private mutating func takePaste(at place: Int, _ typed: inout [Typed]) -> Int? {
        let marker = EscapeSequences.pasteEnd
        let rest = pending[place...]
        guard let escape = rest.firstIndex(of: EscapeSequences.escape) else {
            keep(rest)
            return rest.count
        }
        if escape > place {
            keep(rest[..<escape])
            return escape - place
        }
        if rest.starts(with: marker) {
            typed.append(.paste(String(decoding: pasted ?? [], as: UTF8.self)))
            pasted = nil
            return marker.count
        }
        if marker.starts(with: rest) { return nil }
        keep(rest.prefix(1))
        return 1
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        let room = Self.maximumPasteBytes - (pasted?.count ?? 0)
        pasted?.append(contentsOf: bytes.prefix(room))
    }
}
