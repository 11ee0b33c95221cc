import CPseudoTerminal
import Glibc

/// What a key does that is measured.
enum Measure: String, CaseIterable {
    case start
    case down
    case page
    case detail
    case last = "to the end"
    case first = "to the start"
    case sort
    case reverse
    case zoom
    /// A hundred Down keys at once, as a held key over a slow line brings them.
    case hundred = "100 downs"
}

/// What is measured on each contender, round by round, one contender after the other within a round.
struct ScreenFigures {
    private var milliseconds: [Measure: Sample] = [:]
    private var bytes: [Measure: Sample] = [:]
    /// While nothing happens.
    var idleMilliseconds = Double.nan
    var idleSleeps = Double.nan
    var idleBytes = Double.nan
    var residentMegabytes = Double.nan
    var proportionalMegabytes = Double.nan
    var failure: String?

    /// In milliseconds: from the key to the last byte of its answer.
    func time(_ measure: Measure) -> Sample { milliseconds[measure] ?? Sample() }

    func bytes(_ measure: Measure) -> Sample { bytes[measure] ?? Sample() }

    /// An answer without a byte is none: at the end of a short list a key moves nothing.
    private mutating func note(_ measure: Measure, _ answer: MeasuredProgram.Answer) {
        guard answer.bytes > 0 else { return }
        milliseconds[measure, default: Sample()].add(answer.milliseconds)
        bytes[measure, default: Sample()].add(Double(answer.bytes))
    }

    /// Starts, then keys: `rounds` times, the contenders in turn.
    static func measure(
        _ contenders: [Contender], environment: [String: String], rounds: Int, keysPerRound: Int, idleSeconds: Int
    ) -> [ScreenFigures] {
        var figures = contenders.map { _ in ScreenFigures() }
        for round in 0..<rounds {
            for (index, contender) in contenders.enumerated() {
                figures[index].measureOnce(
                    contender, environment: environment, keys: keysPerRound, seed: round)
            }
        }
        measureIdle(contenders, environment: environment, seconds: idleSeconds, into: &figures)
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
        note(.start, first)
        program.settle(silence: 200)
        if let preparation = contender.preparation { _ = program.ask(preparation, silence: 200) }
        var spacing = Spacing(seed: seed)
        measureMoves(contender, program, keys, &spacing)
        measureDetail(contender, program, keys / 4, &spacing)
        note(.hundred, program.ask(String(repeating: contender.down, count: 100), silence: 25))
        program.settle(silence: 100)
        measureEnds(contender, program, keys / 8, &spacing)
        measureZoom(contender, program, keys / 8, &spacing)
        measureOrders(contender, program, &spacing)
    }

    private mutating func measureMoves(
        _ contender: Contender, _ program: MeasuredProgram, _ keys: Int, _ spacing: inout Spacing
    ) {
        for count in 0..<keys {
            spacing.wait()
            let isPage = count % 4 == 3
            note(isPage ? .page : .down, program.ask(isPage ? contender.pageDown : contender.down))
        }
    }

    private mutating func measureDetail(
        _ contender: Contender, _ program: MeasuredProgram, _ times: Int, _ spacing: inout Spacing
    ) {
        guard let open = contender.open else { return }
        for _ in 0..<times {
            spacing.wait()
            note(.detail, program.ask(open.enter))
            _ = program.ask(open.back, silence: 60)
            _ = program.ask(contender.down, silence: 20)
        }
    }

    private mutating func measureEnds(
        _ contender: Contender, _ program: MeasuredProgram, _ times: Int, _ spacing: inout Spacing
    ) {
        guard let ends = contender.ends else { return }
        for _ in 0..<times {
            spacing.wait()
            note(.last, program.ask(ends.last))
            program.settle(silence: 100)
            spacing.wait()
            note(.first, program.ask(ends.first))
            program.settle(silence: 100)
        }
    }

    private mutating func measureZoom(
        _ contender: Contender, _ program: MeasuredProgram, _ times: Int, _ spacing: inout Spacing
    ) {
        guard let zoom = contender.zoom else { return }
        for _ in 0..<times * 2 {
            spacing.wait()
            note(.zoom, program.ask(zoom))
            program.settle(silence: 100)
        }
    }

    /// Every order of the list, each the other way round too. Those that are chosen twice, because there are fewer,
    /// change nothing.
    private mutating func measureOrders(_ contender: Contender, _ program: MeasuredProgram, _ spacing: inout Spacing) {
        guard let order = contender.order else { return }
        for place in 0..<9 {
            _ = program.ask(order.open + order.first + String(repeating: contender.down, count: place), silence: 60)
            spacing.wait()
            note(.sort, program.ask(order.choose))
            program.settle(silence: 100)
            for _ in 0..<2 {
                spacing.wait()
                note(.reverse, program.ask(order.reverse))
                program.settle(silence: 100)
            }
        }
    }

    /// All of them at once, untouched.
    private static func measureIdle(
        _ contenders: [Contender], environment: [String: String], seconds: Int, into figures: inout [ScreenFigures]
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
        sleep(UInt32(seconds))
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
