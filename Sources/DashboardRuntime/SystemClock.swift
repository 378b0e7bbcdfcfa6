package import DashboardCore
import RunModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The machine's two clocks.
package enum SystemClock {
    /// This instant by both.
    package static func now() -> Moment {
        Moment(wall: Timestamp(milliseconds: milliseconds(CLOCK_REALTIME)), monotonic: milliseconds(CLOCK_MONOTONIC))
    }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
