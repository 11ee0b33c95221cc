import PatrolDomain
package import PatrolOperations
import PatrolPresentation

/// The command line: from the words of a line to what is printed and the code to end with.
package enum CommandLineProgram {
    package enum Ending {
        /// The process ends with this code.
        case code(Int32)
        /// The gateway's program is to be run with these words, in the place of this one.
        case gateway([String])
        /// The account is to be shown on the terminal.
        case terminal(TerminalRequest)
    }

    /// Runs one line.
    /// - Parameters:
    ///   - words: Without the program's name.
    ///   - hasTerminal: Whether the terminal program could be shown.
    package static func run(_ words: [String], on console: Console, hasTerminal: Bool) -> Ending {
        do throws(CommandFailure) {
            return try end(words, on: console, hasTerminal: hasTerminal)
        } catch {
            if let sentence = error.sentence { complain(sentence, on: console) }
            if case .outputLost(let errno) = error, SystemError.isBrokenPipe(errno) {
                // What a shell says of a program whose reader has left: 128 and the number of SIGPIPE.
                return .code(141)
            }
            return .code(error.code.rawValue)
        }
    }

    private static func end(
        _ words: [String], on console: Console, hasTerminal: Bool
    ) throws(CommandFailure) -> Ending {
        let request: LineRequest
        do { request = try LineParser.parse(words, isSpoken: CommandRun.isPlain(console)) } catch { throw .usage(error) }
        switch request {
        case .help(let words): return .code(try help(of: words, on: console).rawValue)
        case .command(let line):
            var run = try CommandRun(line, on: console)
            if line.command.verb == .serve { return .gateway(line.gatewayWords(database: run.location.database)) }
            if line.command.verb == .demo { return try run.demo(hasTerminal: hasTerminal) }
            return .code(try run.end().rawValue)
        case .nothing(let line):
            return try open(line, on: console, hasTerminal: hasTerminal)
        }
    }

    /// No command: the account on the terminal, read aloud, or its review; where there is none yet, what to do.
    private static func open(
        _ line: ParsedLine, on console: Console, hasTerminal: Bool
    ) throws(CommandFailure) -> Ending {
        var run = try CommandRun(line, on: console)
        if hasTerminal, !run.isJSON, InputFile.isMissing(run.location.database) {
            let choice = try run.firstRun()
            switch choice {
            case .leave: return .code(ExitCode.done.rawValue)
            case .demo: return try run.demo(hasTerminal: true)
            case .open: break
            }
        }
        guard hasTerminal, !run.isJSON, !run.isPlain else { return .code(try run.end().rawValue) }
        return .terminal(run.terminalRequest)
    }

    private static func help(of words: [String], on console: Console) throws(CommandFailure) -> ExitCode {
        guard let text = HelpText.of(words) else {
            throw .usage(.unknownCommand(words.joined(separator: " "), suggestion: nil))
        }
        var output = Output(console.write)
        try output.own(text)
        try output.flush()
        return .done
    }

    /// One line on standard error, cleaned like everything else.
    static func complain(_ sentence: String, on console: Console) {
        console.complain(Array("patrol: \(SafeText(sentence).text)\n".utf8))
    }
}

/// How to open what the terminal is to show. Nothing is open before `open` is called.
package struct TerminalRequest {
    package let open: () throws(PatrolError) -> (patrol: Patrol, session: Session)
    /// To be called when the terminal program has ended.
    package let close: () -> Void
    package let hasColor: Bool
    /// False for an account that is gone afterwards: nothing is remembered of it.
    package let keepsState: Bool

    init(
        hasColor: Bool, keepsState: Bool = true,
        open: @escaping () throws(PatrolError) -> (patrol: Patrol, session: Session),
        close: @escaping () -> Void = {}
    ) {
        self.hasColor = hasColor
        self.keepsState = keepsState
        self.open = open
        self.close = close
    }
}
