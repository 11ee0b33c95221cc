import CSystem
import Glibc
import PatrolCommandLine
import PatrolTerminal

// Nothing is open yet: what is made from here on belongs to its maker alone.
process_harden()
signal(SIGPIPE, SIG_IGN)
let words = Array(CommandLine.arguments.dropFirst())
var console = Console.system
console.keys = {
    TerminalProgram.keyTopics.map { topic in
        ManualTopic(title: topic.title, rows: topic.rows.map { ManualTopic.Row(keys: $0.keys, words: $0.words) })
    }
}
switch CommandLineProgram.run(words, on: console, hasTerminal: TerminalProgram.isPossible) {
case .code(let code):
    exit(code)
case .gateway(let words):
    let failure = process_become_sibling("patrol-gateway", words.map { strdup($0) }, Int32(words.count))
    console.complain(
        Array("patrol: the gateway's program can't be started (\(String(cString: strerror(failure)))): it belongs beside this one, as patrol-gateway\n".utf8))
    exit(ExitCode.unavailable.rawValue)
case .terminal(let request):
    let code = TerminalProgram.run(
        environment: { name in getenv(name).map { String(cString: $0) } }, hasColour: request.hasColor,
        keepsState: request.keepsState, opening: request.open)
    request.close()
    exit(code)
}
