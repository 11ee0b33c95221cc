internal import CSystem
package import PatrolDomain

/// The machine's clock.
package enum SystemClock {
    package static var now: Timestamp { Timestamp(milliseconds: patrol_clock_milliseconds()) }
}
