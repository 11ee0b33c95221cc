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
    /// Rows that are not seen yet: they are loaded after the next frame, or before the next key.
    private var spare: [Effect] = []
    /// What the last frame was made of.
    private var memo = FrameMemo()
    private var isStale = true
    private var drawnAt = 0
    private var resumedAt = 0
    private var typedAt = 0
    private var drainedAt = -1
    private var heartbeatAt = 0
    private var riskJudgedAt = 0
    private var resting = RestingQueries()
    private var clicks = Clicks()
    private let mayAsk: Bool
    /// What could not be read at the start; to be told.
    private var faults: [String] = []
    private var hasDueRisks = true
    private var tidiedAt = 0
    private var hasDueThings = true
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
        static let risks = 600_000
        /// How often tokens are looked for whose quarantine has ended, or whose plan's time has come.
        static let tidying = 60_000
        /// Housekeeping writes, and a key would wait for the disk: it begins when none came for so long.
        static let restFirst = 300
        /// Several signals tell of one continuation.
        static let resumption = 200
    }

    /// - Parameters:
    ///   - keyFile: keys of the person's own.
    ///   - mayAsk: whether the terminal is asked about itself.
    ///   - memory: what to begin with, if something was kept.
    init(
        screen: NcursesScreen, keys: KeyReader, runner: EffectRunner, keyFile: KeyFile, mayAsk: Bool, memory: Memory
    ) {
        self.screen = screen
        self.keys = keys
        self.runner = runner
        theme = runner.themes.current
        canvas = NcursesCanvas(screen, theme: theme)
        signals = signals_open()
        model = Model(size: screen.size, now: Machine.now, catalogue: runner.patrol.catalogue)
        self.mayAsk = mayAsk
        if let kept = memory.kept { model.recall(kept) }
        model.views = memory.views
        faults = memory.faults + [keyFile.apply(to: &model)].compactMap(\.self)
    }

    /// What is kept for the next time.
    var remembered: Remembered { model.remembered }

    /// Runs until the person leaves or the terminal goes. The code to end the process with.
    func run() -> Int32 {
        want(start(&model))
        while !wanted.isEmpty { carryOut(wanted.removeFirst()) }
        draw()
        tellFaults(faults + [runner.themes.takeFault()].compactMap(\.self))
        if mayAsk, screen.ask() { keys.question.ask(at: MonotonicClock.milliseconds) }
        workAhead()
        heartbeatAt = MonotonicClock.milliseconds + Milliseconds.heartbeat
        while ending == nil { turn() }
        if model.showsSecret { canvas.scrub() }
        return ending ?? 0
    }

    /// What was wrong with the files of the start, together in one line.
    private func tellFaults(_ faults: [String]) {
        if !faults.isEmpty { tell(.reply(.failed(nil, faults.joined(separator: "; ")))) }
    }

    /// From one sleep to the next.
    private func turn() {
        let ready = terminal_wait(
            signals, runner.changeDescriptor, runner.themes.changeDescriptor, Int32(patience))
        let now = MonotonicClock.milliseconds
        if ready != 0 || now >= heartbeatAt { tell(.tick(now: Machine.now), isNews: false) }
        if ready & 2 != 0 { takeSignals() }
        takeKeys(since: now, areThere: ready & 1 != 0)
        want(resting.take(at: now).map { .load($0) })
        work()
        if ready & 8 != 0 { takeThemes() }
        if ready & 4 != 0 || now >= heartbeatAt { takeChanges() }
        if now >= heartbeatAt {
            heartbeatAt = now + Milliseconds.heartbeat
            if now - drawnAt >= Milliseconds.ageing { isStale = true }
        }
        if ending == nil, isStale, !keysWait || now - drawnAt >= Milliseconds.keysFirst { draw() }
        workAhead()
        guard now - typedAt >= Milliseconds.restFirst else { return }
        if wanted.isEmpty, !isStale, risksAreDue(at: now), !keysWait { judgeRisks() }
        if wanted.isEmpty, !isStale, hasDueThings || now - tidiedAt >= Milliseconds.tidying, !keysWait { tidy() }
    }

    private func tell(_ typed: Typed) {
        guard let message = message(of: typed) else { return }
        let effects = update(&model, message)
        if typed == .key(.enter) {
            resting.hurry()
            want(effects)
        } else {
            wantAtRest(effects)
        }
        isStale = true
    }

    /// What moves the cursor leaves the detail for when it rests. The first screen is whole at once.
    private func wantAtRest(_ effects: [Effect]) {
        for effect in effects {
            if drawnAt > 0, case .load(let query) = effect, query.isForDetail {
                resting.hold(query, at: MonotonicClock.milliseconds)
            } else {
                want([effect])
            }
        }
    }

    /// How long there is nothing to do unless something comes, in milliseconds.
    private var patience: Int {
        if !wanted.isEmpty || !spare.isEmpty || !typed.isEmpty || isStale { return 0 }
        let now = MonotonicClock.milliseconds
        var until = heartbeatAt
        if hasDueRisks || hasDueThings { until = min(until, typedAt + Milliseconds.restFirst) }
        if let wait = keys.patience { until = min(until, typedAt + wait) }
        if let ready = resting.readyAt { until = min(until, ready) }
        return max(0, until - now)
    }

    private var keysWait: Bool {
        // All that was there was read this very millisecond.
        if typed.isEmpty, drainedAt == MonotonicClock.milliseconds { return false }
        return !typed.isEmpty || terminal_has_input() != 0
    }

    private func tell(_ message: Message, isNews: Bool = true) {
        want(update(&model, message))
        if isNews { isStale = true }
    }

    /// Ctrl-C must not wait behind what it is to stop.
    private func want(_ effects: [Effect]) {
        for effect in effects {
            guard effect == .cancel else {
                if case .load(let query) = effect, query.isForSpareRows { spare.append(effect) } else { wanted.append(effect) }
                continue
            }
            wanted += spare
            spare = []
            let dropped = wanted.compactMap { if case .load(let query) = $0 { query } else { nil } }
            wanted.removeAll { if case .load = $0 { true } else { false } }
            for query in dropped { tell(.reply(.failed(query, "cancelled"))) }
        }
    }

    private func takeKeys(since began: Int, areThere: Bool) {
        var hasRead = false
        drainedAt = -1
        // What was read before and waits yet comes first.
        if areThere, typed.isEmpty {
            read(at: began)
            hasRead = true
        }
        while ending == nil, wanted.count < Self.maximumWanted {
            if !typed.isEmpty { workAhead() }
            if let one = typed.popLast() {
                tell(one)
            } else if hasRead && keys.isDrained || !readKeys() {
                return
            } else {
                hasRead = true
            }
            if MonotonicClock.milliseconds - began >= Milliseconds.keysFirst { return }
        }
    }

    private func read(at now: Int) {
        typed = keys.read(at: now).reversed()
        typedAt = now
        if keys.isDrained { drainedAt = now }
        // A terminal that is gone has nobody in front of it.
        if keys.isGone { ending = 128 + Signal.hangUp }
    }

    /// Whether there was something to read, or to give up waiting for.
    private func readKeys() -> Bool {
        let now = MonotonicClock.milliseconds
        if terminal_has_input() != 0 {
            read(at: now)
            return true
        }
        guard let patience = keys.patience, now >= typedAt + patience else { return false }
        typed = keys.giveUp().reversed()
        return true
    }

    /// Nil where it is the screen's own affair.
    private func message(of typed: Typed) -> Message? {
        switch typed {
        case .key(let key): return .key(key)
        case .paste(let text): return .paste(text)
        case .mouse(let event): return .mouse(clicks.take(event, at: MonotonicClock.milliseconds))
        case .answer(.synchronizes(let isKnown)):
            keys.question.close()
            screen.synchronize(isKnown && mayAsk)
            return nil
        case .answer(.tellsScheme(let isKnown)):
            if isKnown, mayAsk { screen.followScheme() }
            return nil
        case .answer(.background(let isLight)):
            if runner.themes.adapt(isLight: isLight) { useTheme() }
            return .background(isLight: isLight)
        }
    }

    private func useTheme() {
        theme = runner.themes.current
        canvas.use(theme)
        if let fault = runner.themes.takeFault() { tell(.reply(.failed(nil, fault))) }
        if let reply = runner.reply(to: .listThemes) { tell(.reply(reply)) }
    }

    /// A theme of the person's own was saved.
    private func takeThemes() {
        let isNew = runner.themes.reload()
        useTheme()
        if isNew { tell(.reply(.told("the theme `\(theme.name)`, as it was saved just now"))) }
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

    private func workAhead() {
        guard ending == nil, !spare.isEmpty else { return }
        wanted += spare
        spare = []
        work()
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .quit: ending = 0
        case .suspend: suspend()
        case .scrub: canvas.scrub()
        case .redraw: canvas.forget()
        case .useTheme(let name, let isChosen):
            _ = runner.themes.use(name, isChosen: isChosen)
            useTheme()
        case .captureMouse(let isCaptured): screen.captureMouse(isCaptured)
        case .perform:
            reply(to: effect)
            hasDueRisks = true
        default: reply(to: effect)
        }
        isStale = true
    }

    private func reply(to effect: Effect) {
        let reply = runner.reply(to: effect)
        // A question that comes with the answer has only just appeared, however long the answer took.
        if reply != nil { tell(.tick(now: Machine.now), isNews: false) }
        if case .answered? = reply, let reply {
            wantAtRest(update(&model, .reply(reply)))
        } else if let reply {
            tell(.reply(reply))
        }
        if runner.isShutOut { ending = 1 }
    }

    private func risksAreDue(at now: Int) -> Bool { hasDueRisks || now - riskJudgedAt >= Milliseconds.risks }

    /// In slices, when nobody waits for anything.
    private func judgeRisks() {
        riskJudgedAt = MonotonicClock.milliseconds
        hasDueRisks = runner.refreshRisks()
        // What was judged is shown now, not with the next look at the database.
        if !hasDueRisks { takeChanges() }
    }

    /// One thing at a time, when nobody waits for anything.
    private func tidy() {
        tidiedAt = MonotonicClock.milliseconds
        hasDueThings = runner.tidy()
        if !hasDueThings { takeChanges() }
    }

    private func suspend() {
        if model.showsSecret { canvas.scrub() }
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
        canvas.show(view(model, theme: theme, memo: &memo))
        isStale = false
        drawnAt = MonotonicClock.milliseconds
    }
}
