/// A key press as a value.
package enum Key: Hashable, Sendable {
    /// Anything that writes a letter.
    case character(Unicode.Scalar)
    /// Control and a letter, `a` to `z`.
    case control(Character)
    case up, down, left, right
    case pageUp, pageDown, home, end
    case shiftUp, shiftDown
    case enter, escape, tab, backTab
    case backspace, delete
    /// F1 to F12.
    case function(Int)
}
