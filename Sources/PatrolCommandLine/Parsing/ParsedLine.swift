/// A line that is a command, with its words in their places.
struct ParsedLine: Hashable, Sendable {
    let command: CommandSpec
    var arguments: [String]
    /// The values of each option that was given; a switch has one empty value.
    var values: [String: [String]]

    func has(_ option: String) -> Bool { values[option] != nil }

    /// The value of an option that is given at most once.
    func value(_ option: String) -> String? { values[option]?.first }

    func list(_ option: String) -> [String] { values[option] ?? [] }

    /// Checked by the parser to be a number in range.
    func number(_ option: String) -> Int? { value(option).flatMap { Int($0) } }

    /// The argument at a place, where there is one.
    func argument(_ place: Int) -> String? { place < arguments.count ? arguments[place] : nil }
}

/// What a line asks for.
enum LineRequest: Hashable, Sendable {
    case command(ParsedLine)
    /// `--help` anywhere: the help of what the words before it name.
    case help(of: [String])
    /// No command at all: the terminal program, or the review.
    case nothing(ParsedLine)
}
