import Glibc

/// The `Retry-After` header: seconds or a date (RFC 9110, 10.2.3).
package enum RetryAfter {
    /// Seconds to wait, nil for what is neither.
    /// - Parameter date: the answer's own `Date`, from which a date counts, so that no clock needs to be right.
    package static func seconds(_ text: String, date: String?) -> Int64? {
        if let seconds = Int64(text) { return max(0, seconds) }
        return time(text).map { max(0, $0 - (date.flatMap(time) ?? Int64(Glibc.time(nil)))) }
    }

    /// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`. Not by `strptime`, which asks the locale for the months.
    static func time(_ text: String) -> Int64? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])),
            let day = Int32(words[1]), let year = Int32(words[3]), (1970...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int32($0) }
        guard clock.count == 3, ([day] + clock).allSatisfy({ (0...60).contains($0) }) else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, Int32(month), day)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (clock[0], clock[1], clock[2])
        return Int64(timegm(&parts))
    }
}
