import CPseudoTerminal
import Glibc

/// What is measured on each contender, round by round, one contender after the other within a round.
struct ScreenFigures {
    var start = Sample()
    var startBytes = Sample()
    var down = Sample()
    var downBytes = Sample()
    var page = Sample()
    var pageBytes = Sample()
    var detail = Sample()
    /// A hundred Down keys at once, as a held key over a slow line brings them.
    var burst = Sample()
    var burstBytes = Sample()
    /// Over ten seconds in which nothing happens.
    var idleMilliseconds = Double.nan
    var idleSleeps = Double.nan
    var idleBytes = Double.nan
    var residentMegabytes = Double.nan
    var proportionalMegabytes = Double.nan
    var failure: String?

    /// Starts, then keys: `rounds` times, the contenders in turn.
    static func measure(
        _ contenders: [Contender], environment: [String: String], rounds: Int, keysPerRound: Int
    ) -> [ScreenFigures] {
        var figures = contenders.map { _ in ScreenFigures() }
        for round in 0..<rounds {
            for (index, contender) in contenders.enumerated() {
                figures[index].measureOnce(
                    contender, environment: environment, keys: keysPerRound, seed: round)
            }
        }
        measureIdle(contenders, environment: environment, into: &figures)
        return figures
    }

    private mutating func measureOnce(
        _ contender: Contender, environment: [String: String], keys: Int, seed: Int
    ) {
        guard failure == nil else { return }
        guard let program = MeasuredProgram(contender.words, environment: environment),
            let first = program.firstFrame(showing: contender.markers)
        else {
            failure = "its first screen never came"
            return
        }
        start.add(first.milliseconds)
        startBytes.add(Double(first.bytes))
        program.settle(silence: 200)
        if let preparation = contender.preparation { _ = program.ask(preparation, silence: 200) }
        var spacing = Spacing(seed: seed)
        measureMoves(contender, program, keys, &spacing)
        measureDetail(contender, program, keys / 4, &spacing)
        let hundred = program.ask(String(repeating: contender.down, count: 100), silence: 25)
        burst.add(hundred.milliseconds)
        burstBytes.add(Double(hundred.bytes))
    }

    private mutating func measureMoves(
        _ contender: Contender, _ program: MeasuredProgram, _ keys: Int, _ spacing: inout Spacing
    ) {
        for count in 0..<keys {
            spacing.wait()
            let isPage = count % 4 == 3
            let answer = program.ask(isPage ? contender.pageDown : contender.down)
            // At the end of a short list a key moves nothing.
            guard answer.bytes > 0 else { continue }
            if isPage {
                page.add(answer.milliseconds)
                pageBytes.add(Double(answer.bytes))
            } else {
                down.add(answer.milliseconds)
                downBytes.add(Double(answer.bytes))
            }
        }
    }

    private mutating func measureDetail(
        _ contender: Contender, _ program: MeasuredProgram, _ times: Int, _ spacing: inout Spacing
    ) {
        guard let open = contender.open else { return }
        for _ in 0..<times {
            spacing.wait()
            let answer = program.ask(open.enter)
            if answer.bytes > 0 { detail.add(answer.milliseconds) }
            _ = program.ask(open.back, silence: 60)
            _ = program.ask(contender.down, silence: 20)
        }
    }

    /// All of them at once, untouched.
    private static func measureIdle(
        _ contenders: [Contender], environment: [String: String], into figures: inout [ScreenFigures]
    ) {
        let programs = contenders.enumerated().map { index, contender -> MeasuredProgram? in
            guard figures[index].failure == nil else { return nil }
            let program = MeasuredProgram(contender.words, environment: environment)
            _ = program?.firstFrame(showing: contender.markers)
            return program
        }
        sleep(2)
        for program in programs { program?.settle(silence: 100) }
        let before = programs.map { $0.map { ProcessFacts(process: Int($0.process)) } }
        sleep(10)
        for (index, program) in programs.enumerated() {
            guard let program, let earlier = before[index] else { continue }
            let now = ProcessFacts(process: Int(program.process))
            figures[index].idleMilliseconds = now.processorMilliseconds - earlier.processorMilliseconds
            figures[index].idleSleeps = Double(now.sleeps - earlier.sleeps)
            figures[index].residentMegabytes = now.residentMegabytes
            figures[index].proportionalMegabytes = now.proportionalMegabytes
            figures[index].idleBytes = Double(program.answer(since: 0, silence: 10, patience: 0).bytes)
        }
    }
}

/// Pauses of 3 to 40 ms, so that keys don't fall in step with anything.
struct Spacing {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func wait() {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        usleep(UInt32(3_000 + state % 37_000))
    }
}
