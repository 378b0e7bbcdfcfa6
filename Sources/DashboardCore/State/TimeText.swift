import RunModel

/// Times and durations as the screen writes them.
enum TimeText {
    /// At most 8 cells: the time today, the day this year, the month before.
    static func brief(_ timestamp: Timestamp, now: Timestamp, zone: DisplayTimeZone) -> String {
        let parts = zone.parts(of: timestamp)
        let today = zone.parts(of: now)
        if (parts.year, parts.month, parts.day) == (today.year, today.month, today.day) {
            return clock(parts)
        }
        if parts.year == today.year { return "\(months[parts.month - 1]) \(parts.day)" }
        return "\(parts.year)-\(padded(parts.month))"
    }

    /// Date and time to the second.
    static func full(_ timestamp: Timestamp, zone: DisplayTimeZone) -> String {
        let parts = zone.parts(of: timestamp)
        return "\(parts.year)-\(padded(parts.month))-\(padded(parts.day)) \(clock(parts))"
    }

    /// At most 7 cells: `12s`, `2m 04s`, `3h 07m`, `12d 3h`.
    static func duration(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1_000
        if milliseconds > 0 && milliseconds < 1_000 { return "<1s" }
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3_600 { return "\(seconds / 60)m \(padded(seconds % 60))s" }
        if seconds < 86_400 { return "\(seconds / 3_600)h \(padded(seconds / 60 % 60))m" }
        return "\(seconds / 86_400)d \(seconds / 3_600 % 24)h"
    }

    /// One unit, for ages that must not fidget: `12 s`, `3 m`, `2 h`, `5 d`.
    static func age(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) m" }
        if seconds < 86_400 { return "\(seconds / 3_600) h" }
        return "\(seconds / 86_400) d"
    }

    /// The time to the second, with the day where that is not today.
    static func clock(_ timestamp: Timestamp, now: Timestamp, zone: DisplayTimeZone) -> String {
        let parts = zone.parts(of: timestamp)
        let today = zone.parts(of: now)
        let isToday = (parts.year, parts.month, parts.day) == (today.year, today.month, today.day)
        return isToday ? clock(parts) : "\(months[parts.month - 1]) \(parts.day) \(clock(parts))"
    }

    /// Day and time to the minute.
    static func dayAndTime(_ timestamp: Timestamp, zone: DisplayTimeZone) -> String {
        let parts = zone.parts(of: timestamp)
        return "\(months[parts.month - 1]) \(parts.day) \(padded(parts.hour)):\(padded(parts.minute))"
    }

    /// A span that somebody chose, exactly: `10 s`, `90 s`, `45 m`, `1 h`.
    static func span(_ milliseconds: Int64) -> String {
        if milliseconds >= 3_600_000, milliseconds % 3_600_000 == 0 { return "\(milliseconds / 3_600_000) h" }
        if milliseconds >= 120_000, milliseconds % 60_000 == 0 { return "\(milliseconds / 60_000) m" }
        if milliseconds % 1_000 == 0 { return "\(milliseconds / 1_000) s" }
        return "\(Double(milliseconds) / 1_000) s"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func clock(_ parts: DisplayTimeZone.Parts) -> String {
        "\(padded(parts.hour)):\(padded(parts.minute)):\(padded(parts.second))"
    }

    private static func padded(_ number: some BinaryInteger) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
