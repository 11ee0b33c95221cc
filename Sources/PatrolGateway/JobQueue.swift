internal import Glibc

/// Work for threads of its own, in the order it came. What there is no room for is not taken.
final class JobQueue<Job: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// All below only while the mutex is held.
    private var jobs: [Job] = []
    private var next = 0
    private var isClosed = false
    private let maximum: Int

    init(maximum: Int) {
        self.maximum = maximum
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    /// False where it is full, or closed.
    func add(_ job: Job) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed, jobs.count - next < maximum else { return false }
        jobs.append(job)
        pthread_cond_signal(condition)
        return true
    }

    /// The next one; waits for it. Nil when there is none and none will come.
    func take() -> Job? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while next == jobs.count && !isClosed { pthread_cond_wait(condition, mutex) }
        guard next < jobs.count else { return nil }
        let job = jobs[next]
        next += 1
        if next == jobs.count || next > 1_024 {
            jobs.removeFirst(next)
            next = 0
        }
        return job
    }

    /// Takes nothing more; those who wait get what is left, then nil.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }
}

/// A thread that runs one function to its end.
struct WorkerThread: ~Copyable {
    private let thread: pthread_t

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Nil where the system has no room for it.
    init?(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            work.release()
            return nil
        }
        self.thread = thread
    }

    /// Nobody waits for its end.
    consuming func detach() { pthread_detach(thread) }
}
