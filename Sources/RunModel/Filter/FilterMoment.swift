/// A date or time as written in a filter: the span of time that its precision covers.
///
/// `2026-11` is a month, `2026-11-24` a day, `2026-11-24T10:00` a minute, and so on; a whole number is one millisecond
/// since 1970, as MLflow writes times. Without `Z` or an offset such as `+01:00` the time is local.
package struct FilterMoment: Sendable, Equatable {
    /// As it was written, with `T` between date and time.
    package let text: String
    /// The first moment of the span.
    package let start: Timestamp
    /// The first moment after the span.
    package let end: Timestamp

    /// One millisecond, as MLflow writes times.
    package init(milliseconds: Int64) {
        let start = min(milliseconds, .max - 1)
        self.init(text: "\(start)", start: start, end: start + 1)
    }

    /// Nil when `text` is neither a date nor a number.
    init?(_ text: String) {
        if let milliseconds = Int64(text), milliseconds < .max {
            self.init(text: text, start: milliseconds, end: milliseconds + 1)
            return
        }
        var reader = DigitReader(text)
        guard let year = reader.number(of: 4), reader.take("-"), let month = reader.number(of: 2), 1...12 ~= month
        else {
            return nil
        }
        var clock = CivilTime(year: year, month: month)
        let text = text.split(separator: " ").joined(separator: "T")
        guard reader.take("-") else {
            guard reader.isAtEnd else { return nil }
            self.init(text: text, from: clock, to: CivilTime(year: year, month: month + 1), zone: nil)
            return
        }
        guard let day = reader.number(of: 2), 1...CivilTime.days(inMonth: month, of: year) ~= day else { return nil }
        clock.day = day
        guard reader.take("T") || reader.take("t") || reader.take(" ") else {
            guard reader.isAtEnd else { return nil }
            var tomorrow = clock
            tomorrow.day += 1
            self.init(text: text, from: clock, to: tomorrow, zone: nil)
            return
        }
        guard let hour = reader.number(of: 2), hour < 24, reader.take(":"), let minute = reader.number(of: 2),
            minute < 60
        else { return nil }
        clock.hour = hour
        clock.minute = minute
        var precision: Int64 = 60_000
        var fraction: Int64 = 0
        if reader.take(":") {
            guard let second = reader.number(of: 2), second < 60 else { return nil }
            clock.second = second
            precision = 1000
            if reader.take(".") {
                guard let digits = reader.fraction() else { return nil }
                (fraction, precision) = digits
            }
        }
        guard let zone = reader.zone(), reader.isAtEnd, let start = clock.milliseconds(zone: zone.seconds) else {
            return nil
        }
        self.init(text: text, start: start + fraction, end: start + fraction + precision)
    }

    /// One millisecond.
    package init(_ moment: Timestamp) {
        self.init(text: "\(moment.milliseconds)", start: moment.milliseconds, end: moment.milliseconds + 1)
    }

    /// Beyond what a timestamp holds, the span is its first or last millisecond: never empty.
    private init(text: String, start: Int64, end: Int64) {
        self.text = text
        self.start = min(Timestamp(milliseconds: start), Timestamp.latest.advanced(byMilliseconds: -1))
        self.end = max(Timestamp(milliseconds: end), self.start.advanced(byMilliseconds: 1))
    }

    private init?(text: String, from: CivilTime, to: CivilTime, zone: Int?) {
        guard let start = from.milliseconds(zone: zone), let end = to.milliseconds(zone: zone) else { return nil }
        self.init(text: text, start: start, end: end)
    }
}
