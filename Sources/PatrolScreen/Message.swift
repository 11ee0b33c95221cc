package import PatrolDomain

/// What happened, as the screen is told.
package enum Message: Equatable, Sendable {
    case key(Key)
    /// Text that was pasted (bracketed paste), as it came.
    case paste(String)
    case resized(Size)
    /// A click or a turn of the wheel, where they are captured.
    case mouse(MouseEvent)
    /// The terminal told how light its background is.
    case background(isLight: Bool)
    /// The answer to an effect.
    case reply(Reply)
    /// Another process committed a change.
    case changed
    /// The time now: before every batch of messages, and while idle once a minute, so that "3 min ago" stays true.
    case tick(now: Timestamp)
    /// Back from Ctrl-Z.
    case resumed
}

/// What came of an effect.
package enum Reply: Equatable, Sendable {
    case answered(Query, Answer)
    /// The world failed, in words of one line: for the status line. Its query or command stays undone.
    case failed(Query?, String)
    /// Something went well that nobody asked for, in words of one line: for the status line.
    case told(String)
    case performed(Command, Performed)
    case commandFailed(Command, String)
    /// The secret or id is in the clipboard, as far as we can know; in words how: `by OSC 52`.
    case copied(how: String)
    /// The clipboard was emptied, as far as we can know; in words how.
    case clipboardCleared(how: String)
    case secretWritten(path: String)
    /// In words of one line: `/tmp/x exists already`.
    case secretNotWritten(String)
    /// What stands in the themes folder, by name, and which one is in use.
    case themes([String], current: String)
    /// The views as they are kept, with those of other sessions.
    case viewsKept([SavedView])
}

/// What came of a command: the audit entry that was written, and the refusal if it was refused.
package struct Performed: Equatable, Sendable {
    package var entry: AuditEntry
    package var refusal: Refusal?
    /// A new secret, handed over once.
    package var secret: ShownSecret?

    package init(entry: AuditEntry, refusal: Refusal?, secret: ShownSecret?) {
        self.entry = entry
        self.refusal = refusal
        self.secret = secret
    }
}

/// A secret on its way to the one screen that shows it. Describes itself as dots.
package struct ShownSecret: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { "••••" }
    package var debugDescription: String { description }
}

/// What was done with the mouse, and where.
package struct MouseEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case click, doubleClick, wheelUp, wheelDown
    }

    package var kind: Kind
    package var position: Position

    package init(_ kind: Kind, at position: Position) {
        self.kind = kind
        self.position = position
    }
}
