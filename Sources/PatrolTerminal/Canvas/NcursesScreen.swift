import CNcurses
import CSystem
import PatrolScreen

/// Why there can be no screen: one line that says what to do.
package struct ScreenFailure: Error, Hashable, Sendable {
    package let reason: String
}

/// The terminal while it is a screen. There is one in a process.
final class NcursesScreen {
    let depth: ColourDepth
    /// Terminals of eight colours have no bright ones: they are shown bold.
    private let hasBrightColours: Bool
    /// The type that the terminal was opened as.
    let type: String
    private(set) var size: Size
    private var isUp = true

    /// Takes the terminal over. `environment` gives the variables that a person sets: `TERM`, and `NO_COLOR`,
    /// which takes the colours away as `hasColour` does.
    init(environment: (String) -> String?, hasColour: Bool) throws(ScreenFailure) {
        let hasUnicode = terminal_choose_text()
        let wantsColour = hasColour && (environment("NO_COLOR") ?? "").isEmpty
        size = Self.windowSize
        type = try Self.open(
            Self.types(name: environment("TERM") ?? "", colours: environment("COLORTERM") ?? ""), size: size,
            hasColour: wantsColour, hasUnicode: hasUnicode)
        depth =
            switch screen_colours() {
            case 256: .twoHundredFiftySix
            case 0: .none
            default: .sixteen
            }
        hasBrightColours = screen_colours() > 8
        noteRestoring()
    }

    /// Types to try, in order. A terminal too new for the machine's terminfo understands xterm's ways; one that says in
    /// COLORTERM that it shows every colour shows more than `xterm` has. TERM arrives over SSH as the other side likes it, so it
    /// is a name or nothing.
    static func types(name: String, colours: String) -> [String] {
        let usual = ["xterm-256color", "xterm", "vt100", "ansi"]
        guard isName(name) else { return usual }
        let isColourful = ["truecolor", "24bit"].contains(colours)
        return (isColourful ? ["\(name)-256color", name] : [name]) + usual
    }

    private static func open(
        _ types: [String], size: Size, hasColour: Bool, hasUnicode: Int32
    ) throws(ScreenFailure) -> String {
        for type in types {
            switch screen_open(type, Int32(size.rows), Int32(size.columns), hasColour ? 1 : 0, hasUnicode) {
            case Int32(SCREEN_OPENED): return type
            case Int32(SCREEN_DUMB):
                throw ScreenFailure(
                    reason: "a terminal of type `\(type)` can't show a screen: set TERM to what it is, or use "
                        + "the commands (`patrol help`)")
            default: continue
            }
        }
        throw ScreenFailure(
            reason: "this machine describes no terminal that could show a screen: install its terminal "
                + "descriptions (ncurses-base), or use the commands (`patrol help`)")
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Tells the guard how to put the terminal back if this process no longer can.
    private func noteRestoring() {
        var bytes = [CChar](repeating: 0, count: 512)
        let count = screen_restoring_bytes(&bytes, bytes.count)
        guard_screen_is_up(bytes, count)
    }

    /// Reads how large the window is, and draws on all of it from now on.
    @discardableResult
    func resize() -> Size {
        size = Self.windowSize
        screen_resize(Int32(size.rows), Int32(size.columns))
        return size
    }

    /// The window's size, within bounds: it comes from the other end of the line.
    private static var windowSize: Size {
        var rows: Int32 = 0
        var columns: Int32 = 0
        terminal_size(&rows, &columns)
        // A line without a window says 0 × 0.
        if rows <= 0 || columns <= 0 { (rows, columns) = (24, 80) }
        let most = Int(SCREEN_MAXIMUM)
        return Size(rows: min(Int(rows), most), columns: min(Int(columns), most))
    }

    /// Gives the terminal back, for good or until `retake`.
    func leave() {
        guard isUp else { return }
        isUp = false
        screen_leave()
        guard_screen_is_down()
    }

    func retake() -> Size {
        isUp = true
        screen_return()
        noteRestoring()
        return resize()
    }

    func captureMouse(_ isCaptured: Bool) {
        screen_capture_mouse(isCaptured ? 1 : 0)
        noteRestoring()
    }

    func synchronize(_ isWanted: Bool) {
        screen_synchronize(isWanted ? 1 : 0)
        noteRestoring()
    }

    /// Has light and dark told from now on.
    func followScheme() {
        screen_follow_scheme()
        noteRestoring()
    }

    /// Asks the terminal about itself, where its type is of those that answer or take no notice: the Linux console and
    /// the terminals of old would show the question. Whether it was asked.
    func ask() -> Bool {
        let families = [
            "xterm", "tmux", "screen", "foot", "alacritty", "kitty", "rxvt", "st", "wezterm", "konsole", "gnome", "vte",
            "ghostty", "iterm", "contour", "rio", "putty", "mintty",
        ]
        guard families.contains(where: { type == $0 || type.hasPrefix("\($0)-") }) else { return false }
        screen_ask()
        return true
    }

    /// The looks and the pair of colours of a style.
    func looks(of style: Style) -> (looks: Int32, pair: Int32) {
        var looks = style.attributes
        var foreground = number(of: style.foreground)
        var background = number(of: style.background)
        if !hasBrightColours {
            if (8..<16).contains(foreground) {
                foreground -= 8
                looks.insert(.bold)
            }
            if background >= 8 { background = background < 16 ? background - 8 : -1 }
        }
        let pair = foreground < 0 && background < 0 ? 0 : screen_pair(foreground, background)
        return (bits(of: looks), pair)
    }

    private func number(of colour: Colour) -> Int32 {
        switch colour {
        case .standard: -1
        case .indexed(let number): Int32(number)
        }
    }

    private func bits(of attributes: Attributes) -> Int32 {
        let table: [(Attributes, Int)] = [
            (.bold, SCREEN_BOLD), (.dim, SCREEN_DIM), (.underline, SCREEN_UNDERLINE),
            (.reverse, SCREEN_REVERSE), (.italic, SCREEN_ITALIC),
        ]
        return table.reduce(0) { $0 | (attributes.contains($1.0) ? Int32($1.1) : 0) }
    }
}
