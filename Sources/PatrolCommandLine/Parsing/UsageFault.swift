/// Why a line is not a command. The words of the line are kept as they came: clean them before showing.
enum UsageFault: Error, Hashable, Sendable {
    case unknownCommand(String, suggestion: String?)
    /// A group without one of its commands: `patrol tokens`.
    case missingCommand(group: String, commands: [String])
    case unknownOption(String, command: CommandSpec?, suggestion: String?)
    case missingValue(option: OptionSpec)
    case unwantedValue(option: OptionSpec)
    case repeatedOption(OptionSpec)
    case missingOption(OptionSpec, CommandSpec)
    case missingArgument(ArgumentSpec, CommandSpec)
    case unwantedArgument(String, CommandSpec)
    case badNumber(String, place: String, ClosedRange<Int>)
    case badWord(String, place: String, [String])
    /// It is never repeated: not even here.
    case secretInArguments(place: Int)
    /// Anything that a command finds wrong with its own options.
    case other(String, CommandSpec)

    /// One line that names the offending word and says what to do.
    var sentence: String {
        switch self {
        case .unknownCommand(let word, let suggestion):
            "there is no command `\(word)`\(Self.hint(suggestion)) see `patrol help`"
        case .missingCommand(let group, let commands):
            "`patrol \(group)` takes one of \(commands.joined(separator: ", "))"
        case .unknownOption(let word, let command, let suggestion):
            "`\(word)` is no option\(Self.owner(command))\(Self.hint(suggestion)) see `\(Self.help(command))`"
        case .missingValue(let option): "`--\(option.name)` takes a value: `\(option.usage)`"
        case .unwantedValue(let option): "`--\(option.name)` takes no value"
        case .repeatedOption(let option): "`--\(option.name)` is given twice"
        case .missingOption(let option, let command):
            "`patrol \(command.name)` needs `\(option.usage)`: \(option.help)"
        case .missingArgument(let argument, let command):
            "`\(argument.name)` is missing: `\(command.usage)`"
        case .unwantedArgument(let word, let command):
            "`\(word)` is one word too many: `\(command.usage)`"
        case .badNumber(let text, let place, let range):
            "`\(text)` is no number for \(place): \(Self.range(range))"
        case .badWord(let text, let place, let words):
            "`\(text)` is not possible for \(place): \(words.joined(separator: ", "))"
        case .secretInArguments(let place):
            "word \(place) holds a secret, which every user of this machine could read: "
                + "replace that secret, and pass secrets on standard input"
        case .other(let text, let command): "\(text); see `\(Self.help(command))`"
        }
    }

    private static func owner(_ command: CommandSpec?) -> String {
        command.map { " of `patrol \($0.name)`" } ?? ""
    }

    private static func help(_ command: CommandSpec?) -> String {
        command.map { "patrol \($0.name) --help" } ?? "patrol help"
    }

    private static func hint(_ suggestion: String?) -> String {
        suggestion.map { ", did you mean `\($0)`?" } ?? ";"
    }

    private static func range(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max
            ? "a whole number from \(range.lowerBound) on"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}
