import Glibc

/// What was asked for on the command line.
struct Options {
    static let usage = """
        usage: patrol-benchmarks [--database FILE] [--large FILE] [--tokens N] [--entries N]
                                 [--rounds N] [--keys N] [--idle SECONDS] [--real-time]
                                 [--screens-only] [--finding-only] [--findings-only]
                                 [--analysis-only] [--replay-only] [--decisions-only]
                                 [--routes-only]
                                 [--gateway-only] [--gateway-mixed SECONDS]
          --database FILE  an account of the demo's size; made when it is not named
          --large FILE     a large account; made with --tokens and --entries when those are named
          --rounds N       fresh starts of each program (10)
          --keys N         keys pressed in each round (40)
          --idle SECONDS   how long the screens are left alone (60)
          --real-time      run all under the real-time scheduler (needs root)
          --screens-only   leave out live latency and the command line
          --findings-only  nothing but the rules of hygiene: all tokens from nothing, one after a change
          --finding-only   nothing but the first pages of filters and orders
          --analysis-only  nothing but the comparison of roles
          --replay-only    nothing but the replay of use
          --decisions-only nothing but decisions, beside those of other engines
          --routes-only    nothing but the routes of calls
          --gateway-only   nothing but the gateway, beside nginx; with --tokens N (20000), --rounds N
          --gateway-mixed SECONDS
                           nothing but the gateway while others change the account, each answer checked
        """

    var database: String?
    var large: String?
    var tokens: Int?
    var entries: Int?
    var rounds = 10
    var keys = 40
    var idleSeconds = 60
    var isRealTime = false
    var isScreensOnly = false
    var isFindingOnly = false
    var isRulesOnly = false
    var isAnalysisOnly = false
    var isReplayOnly = false
    var isDecisionsOnly = false
    var isRoutesOnly = false
    var isGatewayOnly = false
    /// How long the gateway is asked while the account changes; nil: not at all.
    var mixedSeconds: Int?
    /// What this process changes while another measures.
    var mixedWriter: String?
    /// Of the account that a process changes.
    var keyFolder = ""

    /// Nil when a word is not understood.
    init?(_ words: some Sequence<String>) {
        var iterator = words.makeIterator()
        while let word = iterator.next() {
            switch word {
            case "--real-time": isRealTime = true
            case "--screens-only": isScreensOnly = true
            case "--findings-only": isRulesOnly = true
            case "--finding-only": isFindingOnly = true
            case "--analysis-only": isAnalysisOnly = true
            case "--replay-only": isReplayOnly = true
            case "--decisions-only": isDecisionsOnly = true
            case "--routes-only": isRoutesOnly = true
            case "--gateway-only": isGatewayOnly = true
            case "--gateway-mixed": mixedSeconds = iterator.next().flatMap { Int($0) } ?? 600
            case "--gateway-writer": mixedWriter = iterator.next()
            case "--keys-of-account": keyFolder = iterator.next() ?? ""
            case "--database": database = iterator.next()
            case "--large": large = iterator.next()
            case "--tokens": tokens = iterator.next().flatMap { Int($0) }
            case "--entries": entries = iterator.next().flatMap { Int($0) }
            case "--rounds": rounds = iterator.next().flatMap { Int($0) } ?? rounds
            case "--idle": idleSeconds = iterator.next().flatMap { Int($0) } ?? idleSeconds
            case "--keys": keys = iterator.next().flatMap { Int($0) } ?? keys
            default: return nil
            }
        }
    }
}
