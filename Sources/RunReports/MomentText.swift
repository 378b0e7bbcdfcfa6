package import RunModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Moments as text.
package enum MomentText {
    /// For programs, and as Azure writes it: `2026-11-23T23:43:20.531+00:00`. Bounded to the years that four digits hold.
    package static func utc(_ moment: Timestamp) -> String {
        var bytes: [UInt8] = []
        append(moment, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `utc` says.
    package static func append(_ moment: Timestamp, to bytes: inout [UInt8]) {
        let (whole, rest) = split(moment)
        var seconds = whole
        var fields = tm()
        gmtime_r(&seconds, &fields)
        appendDate(fields, separator: UInt8(ascii: "T"), to: &bytes)
        bytes.append(UInt8(ascii: "."))
        appendDigits(rest, 3, to: &bytes)
        bytes += "+00:00".utf8
    }

    /// For people, in the time zone of the machine: `2026-11-24 00:43:20`.
    package static func local(_ moment: Timestamp) -> String {
        var seconds = split(moment).seconds
        var fields = tm()
        localtime_r(&seconds, &fields)
        var bytes: [UInt8] = []
        appendDate(fields, separator: UInt8(ascii: " "), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A length of time for people: `850ms`, `12s`, `2m 04s`, `3h 05m`, `2d 07h`.
    package static func duration(_ milliseconds: Int64) -> String {
        let (seconds, rest) = max(0, milliseconds).quotientAndRemainder(dividingBy: 1_000)
        if seconds == 0 && rest > 0 { return "\(rest)ms" }
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3_600: return "\(seconds / 60)m \(padded(seconds % 60))s"
        case ..<86_400: return "\(seconds / 3_600)h \(padded(seconds / 60 % 60))m"
        default: return "\(seconds / 86_400)d \(padded(seconds / 3_600 % 24))h"
        }
    }

    private static func padded(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }

    // The first of the year 0 and the last of the year 9999.
    private static let earliest: Int64 = -62_167_219_200_000
    private static let latest: Int64 = 253_402_300_799_999

    /// Rounds towards the past, so that a moment before 1970 is still a valid time.
    private static func split(_ moment: Timestamp) -> (seconds: time_t, milliseconds: Int32) {
        let milliseconds = min(max(moment.milliseconds, earliest), latest)
        let rest = (milliseconds % 1_000 + 1_000) % 1_000
        return (time_t((milliseconds - rest) / 1_000), Int32(rest))
    }

    private static func appendDate(_ fields: tm, separator: UInt8, to bytes: inout [UInt8]) {
        // A time zone can lead out of the years that four digits hold.
        appendDigits(min(max(fields.tm_year + 1_900, 0), 9_999), 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(fields.tm_mon + 1, 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(fields.tm_mday, 2, to: &bytes)
        bytes.append(separator)
        appendDigits(fields.tm_hour, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(fields.tm_min, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(fields.tm_sec, 2, to: &bytes)
    }

    private static func appendDigits(_ number: Int32, _ count: Int, to bytes: inout [UInt8]) {
        var divisor: Int32 = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
