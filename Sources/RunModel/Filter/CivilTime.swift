#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A reading of calendar and clock.
struct CivilTime {
    var year: Int
    var month: Int
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0

    init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Since 1970; `zone` is in seconds east of Greenwich, local time when nil. Fields beyond their range carry over.
    func milliseconds(zone: Int?) -> Int64? {
        var fields = tm()
        fields.tm_year = Int32(year - 1900)
        fields.tm_mon = Int32(month - 1)
        fields.tm_mday = Int32(day)
        fields.tm_hour = Int32(hour)
        fields.tm_min = Int32(minute)
        fields.tm_sec = Int32(second)
        fields.tm_isdst = -1
        // -1 also is a moment, the last second of 1969; only an untouched weekday tells a failure.
        fields.tm_wday = -1
        let seconds = zone == nil ? mktime(&fields) : timegm(&fields)
        guard fields.tm_wday >= 0 else { return nil }
        return (Int64(seconds) - Int64(zone ?? 0)) * 1000
    }
}
