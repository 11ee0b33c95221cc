@testable import PatrolCommandLine
import Testing

/// Lines side by side: what is understood, and what is refused with the word that is wrong.
struct LineParsingTests {
    @Test(arguments: [
        ("tokens list", "tokens list"),
        ("tokens list --filter x --json", "tokens list filter=x json="),
        ("tokens list --filter=owner:ada", "tokens list filter=owner:ada"),
        ("--json tokens list", "tokens list json="),
        ("tokens --json list", "tokens list json="),
        ("--database a.db --as x@y members list", "members list as=x@y database=a.db"),
        ("tokens show a1", "tokens show [a1]"),
        ("tokens show -- --a1", "tokens show [--a1]"),
        ("tokens flag a b --reason c", "tokens flag [a b] reason=c"),
        ("tokens create --role a --role b --name n", "tokens create name=n role=a+b"),
        ("roles create k --policy -", "roles create [k] policy=-"),
        ("audit", "audit"),
        ("audit --follow", "audit follow="),
        ("audit list --limit 20", "audit list limit=20"),
        ("audit show 7", "audit show [7]"),
        ("explain --token a updateOn proj/web", "explain [updateOn proj/web] token=a"),
        ("import launchdarkly dir", "import launchdarkly [dir]"),
        ("members invite kim@example.org --role writer", "members invite [kim@example.org] role=writer"),
        ("tokens create --name= --role r", "tokens create name= role=r"),
        ("--version", "version"),
        ("help tokens create", "help [tokens create]"),
    ])
    func `a line is understood`(line: String, expected: String) throws {
        guard case .command(let parsed) = try LineParser.parse(words(line)) else {
            Issue.record("no command")
            return
        }
        #expect(parsed.text == expected)
    }

    @Test(arguments: [
        ("frobnicate", "there is no command `frobnicate`; see `patrol help`"),
        ("toekns list", "there is no command `toekns`, did you mean `tokens`? see `patrol help`"),
        ("tokens lst", "there is no command `tokens lst`, did you mean `tokens list`? see `patrol help`"),
        ("members", "`patrol members` takes one of list, show, invite, roles, remove, accept, transfer"),
        ("import", "`patrol import` takes one of usage, launchdarkly"),
        (
            "tokens list --fitler x",
            "`--fitler` is no option of `patrol tokens list`, did you mean `--filter`? see `patrol tokens list --help`"
        ),
        ("tokens list -x", "`-x` is no option of `patrol tokens list`; see `patrol tokens list --help`"),
        ("--frobnicate", "`--frobnicate` is no option; see `patrol help`"),
        ("--reason x tokens list", "`--reason` is no option of `patrol tokens list`; see `patrol tokens list --help`"),
        ("tokens list --filter", "`--filter` takes a value: `--filter TERMS`"),
        ("tokens list --json=1", "`--json` takes no value"),
        ("tokens list --filter a --filter b", "`--filter` is given twice"),
        ("tokens list x", "`x` is one word too many: `patrol tokens list [options]`"),
        ("tokens show", "`ID` is missing: `patrol tokens show ID [options]`"),
        ("tokens flag --reason x", "`ID` is missing: `patrol tokens flag ID… [options]`"),
        ("check updateOn", "`RESOURCE` is missing: `patrol check ACTION RESOURCE [options]`"),
        ("tokens flag a", "`patrol tokens flag` needs `--reason TEXT`: why it is to go"),
        ("init --account A", "`patrol init` needs `--owner EMAIL`: the owner's e-mail address"),
        ("audit list --limit 0", "`0` is no number for `--limit`: a whole number from 1 to 10000000"),
        ("audit list --limit 2O", "`2O` is no number for `--limit`: a whole number from 1 to 10000000"),
        ("audit show -1", "`-1` is no option of `patrol audit show`; see `patrol audit show --help`"),
        ("tokens list --sort size", "`size` is not possible for `--sort`: risk, name, owner, scope, ending, created, lastUsed, expires, flag"),
        ("completions csh", "`csh` is not possible for `SHELL`: bash, zsh, fish"),
    ])
    func `a line is refused, naming the word`(line: String, sentence: String) {
        #expect {
            try LineParser.parse(words(line))
        } throws: { ($0 as? UsageFault)?.sentence == sentence }
    }

    @Test(arguments: [
        "tokens create --name api-3f1c0000-0000-4000-8000-00000000abcd --role reader",
        "check updateOn proj/web --comment=see:api-3F1C0000-0000-4000-8000-00000000ABCD!",
        "ptlp_0123456789ab_01234567890123456789012345678901abcdef",
    ])
    func `a secret in the arguments is refused, and not repeated`(line: String) {
        #expect {
            try LineParser.parse(words(line))
        } throws: { error in
            guard let fault = error as? UsageFault, case .secretInArguments = fault else { return false }
            return !fault.sentence.contains("api-3") && !fault.sentence.contains("ptlp")
        }
    }

    @Test(arguments: [
        ("--help", []), ("-h", []), ("tokens --help", ["tokens"]), ("tokens list --help", ["tokens", "list"]),
        ("--help tokens list", ["tokens", "list"]), ("tokens show x --help", ["tokens", "show", "x"]),
    ])
    func `help is asked for anywhere`(line: String, of: [String]) throws {
        #expect(try LineParser.parse(words(line)) == .help(of: of))
        #expect(HelpText.of(of) != nil)
    }

    @Test func `no command at all is a request of its own`() throws {
        guard case .nothing(let line) = try LineParser.parse(["--database", "x"]) else {
            Issue.record("it was taken for something else")
            return
        }
        #expect(line.value("database") == "x")
    }

    private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}

extension ParsedLine {
    /// The line in one text, options sorted by name.
    fileprivate var text: String {
        let options = values.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.joined(separator: "+"))" }
        let words = arguments.isEmpty ? [] : ["[\(arguments.joined(separator: " "))]"]
        return ([command.name] + words + options).joined(separator: " ")
    }
}
