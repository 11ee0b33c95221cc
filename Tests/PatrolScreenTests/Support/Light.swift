import Glibc
import PatrolScreen

/// A colour as light: linear red, green and blue from 0 to 1.
struct Light {
    var parts: [Double]

    /// From sRGB, 0 to 255 (IEC 61966-2-1).
    init(red: Double, green: Double, blue: Double) {
        parts = [red, green, blue].map { part in
            let part = part / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
    }

    /// One of xterm's fixed colours; nil for those that each terminal chooses.
    init?(_ colour: Colour) {
        guard case .indexed(let number) = colour, number >= 16 else { return nil }
        if number >= 232 {
            let grey = Double(8 + 10 * (Int(number) - 232))
            self.init(red: grey, green: grey, blue: grey)
            return
        }
        let cube = Int(number) - 16
        let steps = [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0.0 : Double(55 + 40 * $0) }
        self.init(red: steps[0], green: steps[1], blue: steps[2])
    }

    private init(parts: [Double]) { self.parts = parts }

    private func through(_ matrix: [[Double]]) -> [Double] {
        matrix.map { row in zip(row, parts).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// WCAG 2.2, relative luminance.
    var luminance: Double { 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] }

    /// WCAG 2.2, contrast ratio: 1 to 21.
    func contrast(with other: Light) -> Double {
        (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
    }

    func seen(with vision: ColourVision) -> Light {
        Light(parts: through(vision.matrix).map { min(1, max(0, $0)) })
    }

    /// CIE 1976: the distance in L*a*b* under D65. Two are told apart from about 2.3 side by side.
    func distance(to other: Light) -> Double {
        sqrt(zip(laboratory, other.laboratory).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }

    private var laboratory: [Double] {
        let matrix = [
            [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
        ]
        let scaled = zip(through(matrix), [0.95047, 1, 1.08883]).map { value, white in
            let part = value / white
            return part > 216.0 / 24389 ? cbrt(part) : (24389.0 / 27 * part + 16) / 116
        }
        return [116 * scaled[1] - 16, 500 * (scaled[0] - scaled[1]), 200 * (scaled[1] - scaled[2])]
    }
}

/// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), the
/// matrices of severity 1.0.
enum ColourVision: Sendable {
    case deuteranopia, protanopia

    var matrix: [[Double]] {
        switch self {
        case .deuteranopia:
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        case .protanopia:
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        }
    }
}
