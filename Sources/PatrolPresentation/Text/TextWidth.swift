/// Measuring and cutting by terminal cells.
package enum TextWidth {
    /// The cells that a scalar takes: 0 for combining marks, 2 for wide ones, nil for what can't be shown.
    package static func of(_ scalar: Unicode.Scalar) -> Int? {
        let value = scalar.value
        if value < 0x300 {
            return (0x20..<0x7F).contains(value) || value >= 0xA0 ? 1 : nil
        }
        return WidthTable.cells(value)
    }

    /// The cells of text that is known to be safe.
    static func of(_ safe: String) -> Int {
        var width = 0
        for scalar in safe.unicodeScalars { width += of(scalar) ?? 0 }
        return width
    }
}
