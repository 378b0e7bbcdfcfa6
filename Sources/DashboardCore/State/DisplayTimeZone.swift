import RunModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which wall clock times are written by.
package enum DisplayTimeZone: Equatable, Sendable {
    /// The machine's own (TZ, /etc/localtime).
    case local
    case utc

    struct Parts: Equatable {
        var year, month, day, hour, minute, second: Int
    }

    func parts(of timestamp: Timestamp) -> Parts {
        // Rounds towards the past, so that a moment before 1970 is still a valid time.
        var seconds = time_t((Double(timestamp.milliseconds) / 1_000).rounded(.down))
        var fields = tm()
        switch self {
        case .local: localtime_r(&seconds, &fields)
        case .utc: gmtime_r(&seconds, &fields)
        }
        return Parts(
            year: Int(fields.tm_year) + 1900, month: Int(fields.tm_mon) + 1, day: Int(fields.tm_mday),
            hour: Int(fields.tm_hour), minute: Int(fields.tm_min), second: Int(fields.tm_sec))
    }
}
