/// A moment in UTC, written as the service does: `2026-11-23T23:43:20.531+00:00`.
///
/// Read with any number of digits of a second, with `Z`, an offset, or neither, which means UTC.
package struct AzureTime: Codable, Sendable, Equatable {
    /// Since 1970; within the years 0 and 9999, which is all that the text can say.
    package var milliseconds: Int64

    /// Bounded to the years that can be written.
    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.earliest), Self.latest)
    }

    /// Nil for a text that is no time.
    package init?(text: String) {
        var reader = DigitPairs(text)
        guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
            (1...12).contains(month), reader.skip("-"), let day = reader.number(digits: 2), (1...31).contains(day),
            reader.skip("T") || reader.skip(" "), let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
            let minute = reader.number(digits: 2), minute < 60
        else { return nil }
        var second: Int64 = 0
        var thousandths: Int64 = 0
        if reader.skip(":") {
            guard let number = reader.number(digits: 2), number <= 60 else { return nil }
            second = number
            if reader.skip(".") { thousandths = reader.thousandths() }
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60
        self.init(milliseconds: seconds * 1_000 + thousandths)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = AzureTime(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 time")
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// With milliseconds and the offset +00:00.
    package var text: String {
        let (days, rest) = milliseconds.flooredQuotientAndRemainder(by: 86_400_000)
        let date = Self.date(days: days)
        let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60].map { Self.padded($0, 2) }
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
            + "T\(time.joined(separator: ":")).\(Self.padded(rest % 1_000, 3))+00:00"
    }

    private static let earliest: Int64 = -62_167_219_200_000
    private static let latest: Int64 = 253_402_300_799_999

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
