import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func take(_ key: Key, in screen: SecretScreen) -> [Effect] {
        if screen.path != nil { return takePath(key, screen) }
        if screen.isLeaving, let effects = takeAnswer(key, screen) { return effects }
        var screen = screen
        screen.isLeaving = false
        switch key {
        case "c", "y", "Y":
            replaceTop(.secret(screen))
            return [.copySecret(screen.secret)]
        case "x" where screen.isCopied:
            replaceTop(.secret(screen))
            return [.clearClipboard]
        case "w": screen.path = TextField(Self.fileName(for: screen.name), limit: 1_000, isSuggestion: true)
        case .escape, "q":
            if screen.isKept { return dropSecret(isCopied: screen.isCopied) }
            screen.isLeaving = true
        default: return []
        }
        replaceTop(.secret(screen))
        return []
    }

    /// The answer to whether it may be lost; nil for the keys that take it after all.
    private mutating func takeAnswer(_ key: Key, _ screen: SecretScreen) -> [Effect]? {
        switch key {
        case "y", "Y": return dropSecret(isCopied: false)
        case "c", "w": return nil
        case "n", "N", .enter, .escape:
            var screen = screen
            screen.isLeaving = false
            replaceTop(.secret(screen))
            return []
        default: return []
        }
    }

    private mutating func takePath(_ key: Key, _ screen: SecretScreen) -> [Effect] {
        var screen = screen
        switch key {
        case .escape:
            screen.path = nil
            screen.fault = nil
        case .enter:
            guard let path = screen.path?.text, !path.isEmpty else { return [] }
            return [.writeSecret(screen.secret, path: path)]
        default:
            if let outcome = screen.path?.take(key) { note(outcome) }
            screen.fault = nil
        }
        replaceTop(.secret(screen))
        return []
    }

    /// The secret leaves the model, and with the next frame the terminal.
    private mutating func dropSecret(isCopied: Bool) -> [Effect] {
        dialogs.removeLast()
        status = Status(
            isCopied
                ? "the secret is gone from here and still in the clipboard: `:clear clipboard` empties it"
                : "the secret is gone from here; `\(keyWords(.rotateToken, usually: "r"))` makes a new one if it is lost")
        return [.scrub]
    }

    /// Whether one is on the screen.
    package var showsSecret: Bool { dialogs.contains { if case .secret = $0 { true } else { false } } }

    /// `nightly-export.token` for `nightly export`.
    private static func fileName(for name: SafeText) -> String {
        var text = ""
        for byte in name.text.utf8.prefix(40) {
            if byte.isASCIIAlphanumeric || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else if text.last != "-" {
                text += "-"
            }
        }
        let trimmed = text.drop { $0 == "-" || $0 == "." }
        return (trimmed.isEmpty ? "patrol" : trimmed) + ".token"
    }
}
