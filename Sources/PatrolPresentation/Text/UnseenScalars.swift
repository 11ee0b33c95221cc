/// Scalars that a reader doesn't see, or that do something instead of being seen.
package enum UnseenScalars {
    /// Direction, zero-width, filler, tag, variation and private-use scalars. (Controls and unassigned
    /// scalars have no width, which is reason enough to escape them.)
    package static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0: true
        case 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
        case 0xFE00...0xFE0F, 0xFEFF, 0xFFF0...0xFFFB: true
        case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
        case 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// What is shown in its place: plain ASCII.
    package static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default:
            let digits = String(scalar.value, radix: 16)
            guard scalar.value < 0x80 else { return "<\(digits)>" }
            return "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
        }
    }
}
