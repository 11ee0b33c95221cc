import CSystem
import PatrolDomain
import PatrolOperations
import PatrolScreen

/// The one thread of the terminal program: it sleeps until a key, a signal or another process's change
/// comes, lets the model take it in, does what the model wants, and draws at most once.
///
/// While keys wait, neither frames nor questions go before them for long.
final class TerminalLoop {
    private let screen: NcursesScreen
    private let canvas: NcursesCanvas
    private let keys: KeyReader
    private let runner: EffectRunner
    private let signals: Int32
    private var model: Model
    private var theme: Theme
    /// What was typed and not yet told, the first last.
    private var typed: [Typed] = []
    /// What the model wants done, in order.
    private var wanted: [Effect] = []
    private var isStale = true
    private var drawnAt = 0
    private var resumedAt = 0
    private var typedAt = 0
    private var heartbeatAt = 0
    private var riskJudgedAt = 0
    private var resting = RestingQueries()
    private var hasDueRisks = true
    /// The code to end with, once it is decided.
    private var ending: Int32?

    /// Keys wait when so much is still to be done because of those before them.
    private static let maximumWanted = 64

    private enum Milliseconds {
        /// Keys are taken for so long before something is drawn or done all the same.
        static let keysFirst = 30
        /// Questions are answered for so long while keys wait, and for so long in any case.
        static let effectsFirst = 8
        static let effects = 50
        /// A database written to by a program that doesn't ring is looked at this often, and the time of
        /// day told to the model.
        static let heartbeat = 10_000
        /// Times on the screen ("3 min ago") are drawn anew at least this often.
        static let ageing = 60_000
        /// How often tokens are looked for whose risk changed by time alone.
        static let risks = 60_000
        /// Several signals tell of one continuation.
        static let resumption = 200
    }

    init(screen: NcursesScreen, keys: KeyReader, runner: EffectRunner, keyFile: KeyFile) {
        self.screen = screen
        self.keys = keys
        self.runner = runner
        theme = runner.themes.current
        canvas = NcursesCanvas(screen, theme: theme)
        signals = signals_open()
        model = Model(size: screen.size, now: Machine.now, catalogue: runner.patrol.catalogue)
        keyFile.apply(to: &model)
    }

    /// Runs until the person leaves or the terminal goes. The code to end the process with.
    func run() -> Int32 {
        want(start(&model))
        while !wanted.isEmpty { carryOut(wanted.removeFirst()) }
        draw()
        heartbeatAt = MonotonicClock.milliseconds + Milliseconds.heartbeat
        while ending == nil { turn() }
        return ending ?? 0
    }

    /// From one sleep to the next.
    private func turn() {
        let ready = terminal_wait(signals, runner.changeDescriptor, Int32(patience))
        let now = MonotonicClock.milliseconds
        if ready != 0 || now >= heartbeatAt { tell(.tick(now: Machine.now), isNews: false) }
        if ready & 2 != 0 { takeSignals() }
        takeKeys(since: now)
        want(resting.take(at: now).map { .load($0) })
        work()
        if ready & 4 != 0 || now >= heartbeatAt { takeChanges() }
        if now >= heartbeatAt {
            heartbeatAt = now + Milliseconds.heartbeat
            if now - drawnAt >= Milliseconds.ageing { isStale = true }
        }
        if ending == nil, isStale, !keysWait || now - drawnAt >= Milliseconds.keysFirst { draw() }
        if wanted.isEmpty, !isStale, !keysWait { judgeRisks() }
    }

    /// A key that moves the cursor leaves the detail for when it rests.
    private func tell(_ typed: Typed) {
        let asksNow = typed == .key(.enter)
        for effect in update(&model, message(of: typed)) {
            if !asksNow, case .load(let query) = effect, query.isForDetail {
                resting.hold(query, at: MonotonicClock.milliseconds)
            } else {
                want([effect])
            }
        }
        isStale = true
    }

    /// How long there is nothing to do unless something comes, in milliseconds.
    private var patience: Int {
        if !wanted.isEmpty || !typed.isEmpty || isStale || hasDueRisks { return 0 }
        let now = MonotonicClock.milliseconds
        var until = heartbeatAt
        if let wait = keys.patience { until = min(until, typedAt + wait) }
        if let ready = resting.readyAt { until = min(until, ready) }
        return max(0, until - now)
    }

    private var keysWait: Bool { !typed.isEmpty || terminal_has_input() != 0 }

    private func tell(_ message: Message, isNews: Bool = true) {
        want(update(&model, message))
        if isNews { isStale = true }
    }

    /// Ctrl-C must not wait behind what it is to stop.
    private func want(_ effects: [Effect]) {
        for effect in effects {
            guard effect == .cancel else {
                wanted.append(effect)
                continue
            }
            let dropped = wanted.compactMap { if case .load(let query) = $0 { query } else { nil } }
            wanted.removeAll { if case .load = $0 { true } else { false } }
            for query in dropped { tell(.reply(.failed(query, "cancelled"))) }
        }
    }

    private func takeKeys(since began: Int) {
        while ending == nil, wanted.count < Self.maximumWanted {
            if let one = typed.popLast() {
                tell(one)
            } else if !readKeys() {
                return
            }
            if MonotonicClock.milliseconds - began >= Milliseconds.keysFirst { return }
        }
    }

    /// Whether there was something to read, or to give up waiting for.
    private func readKeys() -> Bool {
        let now = MonotonicClock.milliseconds
        if terminal_has_input() != 0 {
            typed = keys.read().reversed()
            typedAt = now
            // A terminal that is gone has nobody in front of it.
            if keys.isGone { ending = 128 + Signal.hangUp }
            return true
        }
        guard let patience = keys.patience, now >= typedAt + patience else { return false }
        typed = keys.giveUp().reversed()
        return true
    }

    private func message(of typed: Typed) -> Message {
        switch typed {
        case .key(let key): .key(key)
        case .paste(let text): .paste(text)
        }
    }

    private func takeSignals() {
        while case let number = signals_next(signals), number != 0 {
            switch number {
            case Signal.windowChanged: tell(.resized(screen.resize())); canvas.forget()
            case Signal.stop: suspend()
            case Signal.continued: comeBack()
            default: ending = 128 + number
            }
        }
    }

    private func takeChanges() {
        switch runner.changes() {
        case .none: return
        case .some:
            hasDueRisks = true
            tell(.changed)
        case .unknown(let words): tell(.reply(.failed(nil, words)))
        }
        work()
    }

    /// Does what is wanted, until it is done or keys have waited long enough.
    private func work() {
        let began = MonotonicClock.milliseconds
        while ending == nil, !wanted.isEmpty {
            carryOut(wanted.removeFirst())
            let spent = MonotonicClock.milliseconds - began
            if spent >= Milliseconds.effects || spent >= Milliseconds.effectsFirst && keysWait { return }
        }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .quit: ending = 0
        case .suspend: suspend()
        case .scrub, .redraw: canvas.forget()
        case .useTheme(let name):
            theme = runner.themes.use(name)
            canvas.use(theme)
        case .perform:
            reply(to: effect)
            hasDueRisks = true
        default: reply(to: effect)
        }
        isStale = true
    }

    private func reply(to effect: Effect) {
        if let reply = runner.reply(to: effect) { tell(.reply(reply)) }
        if runner.isShutOut { ending = 1 }
    }

    /// In slices, when nobody waits for anything.
    private func judgeRisks() {
        let now = MonotonicClock.milliseconds
        guard hasDueRisks || now - riskJudgedAt >= Milliseconds.risks else { return }
        riskJudgedAt = now
        hasDueRisks = runner.refreshRisks()
    }

    private func suspend() {
        screen.leave()
        signals_suspend()
        resumedAt = 0
        comeBack()
    }

    /// After a stop, ours or one that nobody asked us about. A job that was sent into the background waits there; one
    /// that was ended meanwhile leaves the terminal as it is.
    private func comeBack() {
        var attempts = 0
        while noteEnd() == nil, terminal_is_ours() == 0 {
            attempts += 1
            // Nobody is left who could stop us and call us back.
            if attempts > 100 { return ending = 128 + Signal.hangUp }
            signals_suspend()
        }
        let now = MonotonicClock.milliseconds
        guard ending == nil, now - resumedAt >= Milliseconds.resumption else { return }
        resumedAt = now
        let size = screen.retake()
        canvas.forget()
        tell(.resumed)
        tell(.resized(size))
    }

    /// Of the signals that arrived during a stop only those count that end the program.
    private func noteEnd() -> Int32? {
        while case let number = signals_next(signals), number != 0 {
            if number != Signal.stop, number != Signal.continued, number != Signal.windowChanged {
                ending = 128 + number
            }
        }
        return ending
    }

    private func draw() {
        canvas.show(view(model, theme: theme))
        isStale = false
        drawnAt = MonotonicClock.milliseconds
    }
}
