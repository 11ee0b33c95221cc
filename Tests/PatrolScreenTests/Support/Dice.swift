/// A small generator (SplitMix64), so that a failure can be repeated by its seed.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True about so often in a hundred times.
    mutating func isIn(_ percent: Int) -> Bool { roll(100) < percent }

    /// From 0 to below `sides`.
    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(max(1, sides))) }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[roll(list.count)] }
}
