import CSystem
import Glibc

/// The clipboard of the person's own machine, reached through the terminal (OSC 52): that works over SSH, too.
struct Clipboard {
    /// What terminals take: about 75,000 bytes of base64.
    static let maximumBytes = 56_000

    /// Which program between us and the terminal must be told to pass it on.
    enum Wrapper: Hashable { case none, tmux, screen, tmuxOrScreen }

    let wrapper: Wrapper
    /// Whether the tmux that this terminal is in runs here: then it is asked itself, as by default it passes nothing on.
    private let hasTmux: Bool
    private static let tmuxMilliseconds = 2_000
    /// What every screen should pass on in one string: 4.9.0 takes 767 bytes (measured), older ones are said to take 255 and
    /// more. Of a longer one nothing arrives, and its end is shown as text.
    private static let screenBytes = 250

    /// `type` is the terminal's; the variables tell of tmux and screen on this machine. On the far side of an
    /// SSH connection only the type does, and both may call themselves `screen`.
    init(type: String, environment: (String) -> String?) {
        hasTmux = !(environment("TMUX") ?? "").isEmpty
        if hasTmux {
            wrapper = .tmux
        } else if !(environment("STY") ?? "").isEmpty {
            wrapper = .screen
        } else if type.hasPrefix("tmux") {
            wrapper = .tmux
        } else if type.hasPrefix("screen.") {
            // Only screen names itself after the terminal outside, as in `screen.xterm-256color`.
            wrapper = .screen
        } else {
            wrapper = type.hasPrefix("screen") ? .tmuxOrScreen : .none
        }
    }

    /// Why text did not go there, in one line.
    struct Failure: Error {
        let reason: String
    }

    /// Sends `text` there. In words how, as far as we can know: no terminal answers. A secret does not stay in the
    /// buffers of tmux.
    func copy(_ text: String, isSecret: Bool) throws(Failure) -> String {
        var plain = Array(text.utf8)
        defer { wipe(&plain) }
        return try send(plain, staysInTmux: !isSecret)
    }

    /// Empties it. In words how. tmux sends no empty text: there a space takes the place of what was copied.
    func clear() throws(Failure) -> String {
        let mayBeTmux = wrapper == .tmux || wrapper == .tmuxOrScreen
        return try send(mayBeTmux ? [0x20] : [], staysInTmux: false)
    }

    private func send(_ plain: [UInt8], staysInTmux: Bool) throws(Failure) -> String {
        var bytes = sequence(for: plain)
        defer { wipe(&bytes) }
        guard plain.count <= Self.maximumBytes else { throw Failure(reason: "it is too long for the clipboard") }
        if hasTmux, tmux_load_buffer(plain, plain.count, staysInTmux ? 1 : 0, Int32(Self.tmuxMilliseconds)) == 0 {
            return staysInTmux
                ? "by tmux (load-buffer -w), into its own buffers too"
                : "by tmux (load-buffer -w), if the terminal allows it: it gives no answer"
        }
        let error = terminal_send(bytes, bytes.count)
        if error != 0 { throw Failure(reason: "the clipboard was not reached: \(String(cString: strerror(error)))") }
        switch wrapper {
        case .none: return "by OSC 52, if the terminal allows it: it gives no answer"
        case .tmux: return "by OSC 52 through tmux, if its set-clipboard or allow-passthrough is on: it gives no answer"
        case .screen: return "by OSC 52 through screen, if the terminal allows it: it gives no answer"
        case .tmuxOrScreen: return "by OSC 52 through screen, or tmux if its set-clipboard is on: it gives no answer"
        }
    }

    /// The plain form, and behind it the one that is passed on: of the two, the one not meant for it is dropped. tmux drops
    /// what is screen's, too; but screen would show `tmux;`, so where it may be one of them, tmux gets the plain form only.
    ///
    /// What is built on the way is wiped; the sequence itself is the caller's to wipe.
    func sequence(for text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        // With room for all of it: an array that grows leaves its bytes behind.
        plain.reserveCapacity(16 + (text.count + 2) / 3 * 4)
        plain += [0x1B, 0x5D]
        plain += "52;c;".utf8
        appendBase64(of: text, to: &plain)
        plain.append(0x07)
        if wrapper == .none { return plain }
        defer { wipe(&plain) }
        var sequence: [UInt8] = []
        sequence.reserveCapacity(plain.count * 2 + 64)
        if wrapper != .screen { sequence += plain }
        if wrapper == .tmux {
            sequence += "\u{1B}Ptmux;\u{1B}".utf8
            sequence += plain
            sequence += "\u{1B}\\".utf8
        } else {
            for start in stride(from: 0, to: plain.count, by: Self.screenBytes) {
                sequence += "\u{1B}P".utf8
                sequence += plain[start..<min(start + Self.screenBytes, plain.count)]
                sequence += "\u{1B}\\".utf8
            }
        }
        return sequence
    }

    private func appendBase64(of bytes: [UInt8], to text: inout [UInt8]) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for digit in 0..<4 {
                let isFilled = digit <= part.count
                text.append(isFilled ? alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)] : 0x3D)
            }
        }
    }
}

/// Overwrites what was a secret.
func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } }
}
