import Glibc

/// The signals that mean something to the screen.
enum Signal {
    static let hangUp = SIGHUP
    static let windowChanged = SIGWINCH
    static let stop = SIGTSTP
    static let continued = SIGCONT
}

/// A clock that nobody sets: for how long something took.
enum MonotonicClock {
    static var milliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
