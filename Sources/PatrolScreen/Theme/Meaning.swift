/// The closed list of things that look different. A theme gives each a style; nothing else is coloured.
package enum Meaning: String, CaseIterable, Hashable, Sendable {
    /// Ordinary text.
    case text
    /// Text that matters less: units, labels, times.
    case muted
    /// Text that can't be used now: keys that are not possible.
    case disabled
    /// Names, titles, headings.
    case strong
    /// The one accent: what has the focus, keys.
    case accent
    /// Borders of panes without and with the focus.
    case border
    case focusedBorder = "focused-border"
    /// Titles of panes without and with the focus.
    case title
    case focusedTitle = "focused-title"
    /// Column headers.
    case header
    /// The top and the bottom line.
    case bar
    case barStrong = "bar-strong"
    /// In the top line: the list in front.
    case barAccent = "bar-accent"
    /// A key in the bottom line, and what it does.
    case key
    case hint
    /// The line of the cursor: in the focused pane, and in others.
    case selection
    case quietSelection = "quiet-selection"
    /// Lines that were marked.
    case marked
    /// Severities.
    case critical, high, medium, low, clean
    /// Something went well, needs care, went wrong.
    case good, warning, bad
    /// A deletion flag.
    case flag
    /// What had to be escaped.
    case escaped
    /// Text fields.
    case field
    case fieldFocused = "field-focused"
    /// Buttons of dialogs.
    case button
    case buttonFocused = "button-focused"
    case buttonDanger = "button-danger"
    /// The secret on its screen.
    case secret
    /// Before and after.
    case removed, added
    /// The plot of use.
    case plot
}
