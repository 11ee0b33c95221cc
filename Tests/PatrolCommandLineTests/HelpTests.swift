@testable import PatrolCommandLine
import Testing

/// Help and completions come from the table, so they can't forget anything.
struct HelpTests {
    @Test func `every verb stands once in the table`() {
        #expect(CommandTable.commands.map(\.verb.rawValue).sorted() == Verb.allCases.map(\.rawValue).sorted())
    }

    @Test func `every command is in the overview and has help of its own`() {
        for command in CommandTable.commands {
            #expect(HelpText.overview.contains(command.name))
            let help = HelpText.of(command)
            for option in command.shownOptions { #expect(help.contains(option.usage), "\(command.name)") }
        }
    }

    @Test func `no line of help is longer than a window of eighty columns but for examples`() {
        let texts = [HelpText.overview] + CommandTable.commands.map(HelpText.of)
        let lines = texts.flatMap { $0.split(separator: "\n") }
        let long = lines.filter { $0.count > 80 && !$0.hasPrefix("  patrol") && !$0.hasPrefix("  [") && !$0.hasPrefix("  A line") }
        #expect(long.isEmpty, "\(long)")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions know every command and option`(shell: String) throws {
        let text = try #require(Completions.text(for: shell))
        for command in CommandTable.commands {
            #expect(command.words.allSatisfy(text.contains), "\(command.name)")
            for option in command.shownOptions { #expect(text.contains(option.name)) }
        }
        #expect(!text.contains("--work"))
    }

    @Test func `the help of commands without words of their own is that of the group`() {
        #expect(HelpText.of(["tokens"])?.contains("patrol tokens rotate ID") == true)
        #expect(HelpText.of(["tokens", "show", "x"]) == CommandTable.command(.showToken).map(HelpText.of))
        #expect(HelpText.of(["nothing"]) == nil)
    }

    @Test func `suggestions are near`() {
        #expect(Suggestion.nearest(to: "fitler", in: ["filter", "limit"]) == "filter")
        #expect(Suggestion.nearest(to: "xyz", in: ["filter", "limit"]) == nil)
    }
}
