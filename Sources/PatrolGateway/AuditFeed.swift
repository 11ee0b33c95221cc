internal import Glibc
internal import PatrolDomain
internal import PatrolHTTP
internal import PatrolJSON
internal import PatrolOperations
internal import PatrolREST
internal import Synchronization

/// The audit log as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): each change as it is
/// committed, with its place in the log as its id. Whoever comes again with `Last-Event-ID` misses nothing.
final class AuditFeed: Sendable {
    /// Listeners at once.
    static let maximumListeners = 256
    private static let entriesAtOnce = 200
    /// Nothing is said for so long at most, so that a line that was cut is noticed.
    private static let longestSilence: Int64 = 15_000
    private static let waitMilliseconds: Int32 = 1_000

    private struct State {
        var listeners: [FeedListener] = []
        var isClosed = false
    }

    private let location: Location
    private let state = Mutex(State())

    init(at location: Location) { self.location = location }

    func start() -> Bool {
        guard let thread = WorkerThread({ self.work() }) else { return false }
        thread.detach()
        return true
    }

    /// Ends all streams, and its thread.
    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return state.listeners
        }
        for listener in listeners { listener.end() }
    }

    /// Tells a caller everything after an entry. Nil: too many listen already.
    func listener(_ caller: TokenSession, after sequence: Int64) -> FeedListener? {
        let listener = FeedListener(caller, after: sequence)
        return state.withLock { state in
            state.listeners.removeAll(where: \.isOver)
            guard !state.isClosed, state.listeners.count < Self.maximumListeners else { return nil }
            state.listeners.append(listener)
            return listener
        }
    }

    private func work() {
        var patrol: Patrol?
        while !state.withLock({ $0.isClosed }) {
            if patrol == nil { patrol = try? Patrol(opening: location) }
            guard let open = patrol else {
                usleep(useconds_t(Self.waitMilliseconds) * 1_000)
                continue
            }
            var wait = pollfd(fd: open.changeDescriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&wait, 1, Self.waitMilliseconds)
            do throws(PatrolError) {
                _ = try open.drainChanges()
                let newest = try open.lastSequence()
                for listener in state.withLock({ $0.listeners }) { try tell(listener, upTo: newest, open) }
            } catch {
                // It is opened anew; nobody misses anything, because each knows where it is.
                patrol = nil
            }
        }
    }

    private func tell(_ listener: FeedListener, upTo newest: Int64, _ patrol: Patrol) throws(PatrolError) {
        while listener.sequence < newest && !listener.isFull && !listener.isOver {
            guard case .accepted(let caller) = try patrol.renew(listener.caller) else { return listener.end() }
            let service = RESTService(patrol: patrol)
            guard let news = service.liveEntries(after: listener.sequence, limit: Self.entriesAtOnce, for: caller) else {
                return
            }
            var text: [UInt8] = []
            for entry in news.entries {
                text += Array("id: \(entry.sequence)\nevent: audit\ndata: ".utf8)
                // One line: line ends inside of texts are escaped.
                entry.json.write(to: &text)
                text += Array("\n\n".utf8)
            }
            listener.add(text, upTo: news.last)
        }
        if listener.isSilent(for: Self.longestSilence, at: Machine.now) {
            // Also a token that is not in force any more is noticed then.
            guard case .accepted = try patrol.renew(listener.caller) else { return listener.end() }
            listener.add(Array(": still here\n\n".utf8), upTo: listener.sequence)
        }
    }
}

/// One who listens.
final class FeedListener: HTTPStreamSource {
    private struct State {
        var waiting: [UInt8] = Array("retry: 2000\n\n".utf8)
        var sequence: Int64
        var spokeAt = Machine.now
        var stream: HTTPStream?
        var isEnded = false
        var isOver = false
    }

    /// What waits for one who reads slowly; then nothing more is added until he has read.
    private static let enough = 256 << 10

    let caller: TokenSession
    private let state: Mutex<State>

    init(_ caller: TokenSession, after sequence: Int64) {
        self.caller = caller
        state = Mutex(State(sequence: sequence))
    }

    /// Up to which entry he was told.
    var sequence: Int64 { state.withLock { $0.sequence } }
    var isOver: Bool { state.withLock { $0.isOver } }
    var isFull: Bool { state.withLock { $0.waiting.count >= Self.enough } }

    func isSilent(for milliseconds: Int64, at now: Timestamp) -> Bool {
        state.withLock { $0.waiting.isEmpty && (now - $0.spokeAt).milliseconds >= milliseconds }
    }

    /// The stream that reads from here.
    func attach(_ stream: HTTPStream?) { state.withLock { if !$0.isOver { $0.stream = stream } } }

    func add(_ text: [UInt8], upTo sequence: Int64) {
        state.withLock { state in
            state.sequence = sequence
            if text.isEmpty { return }
            state.waiting += text
            state.spokeAt = Machine.now
            // While this is held, `over()` waits: the stream is still there.
            if !state.isOver { state.stream?.wake() }
        }
    }

    func end() {
        state.withLock { state in
            state.isEnded = true
            if !state.isOver { state.stream?.wake() }
        }
    }

    func next(room: Int) -> [UInt8]? {
        state.withLock { state in
            if state.waiting.isEmpty { return state.isEnded ? nil : [] }
            let part = Array(state.waiting.prefix(room))
            state.waiting.removeFirst(part.count)
            return part
        }
    }

    func over() {
        state.withLock { state in
            state.isOver = true
            state.stream = nil
        }
    }
}
