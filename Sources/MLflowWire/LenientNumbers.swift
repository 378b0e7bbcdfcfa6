/// A 64-bit integer that JSON carries as a number or, as proto3 has it, as a string.
///
/// Any number at all: what it means is bounded by the type that takes it (`Timestamp`, `LogFile`), and a step is only
/// compared.
package struct LenientInteger: Codable, Sendable, Equatable {
    /// The number; a fraction is rounded, and one beyond 64 bits is the nearest that fits.
    package var value: Int64

    /// A number to be sent.
    package init(_ value: Int64) { self.value = value }

    /// Throws for what is neither a number nor a text of one.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            value = number
        } else if let text = try? container.decode(String.self), let number = Int64(text) {
            value = number
        } else {
            let number = try container.decode(Double.self)
            // A fraction of a millisecond, or a time beyond all calendars.
            value = Int64(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
        }
    }

    /// As a number.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

/// A double that JSON carries as a number or, where it has no number, as `NaN`, `Infinity` or `-Infinity` in quotes.
package struct LenientDouble: Codable, Sendable, Equatable {
    /// The number, which may be NaN or infinite.
    package var value: Double

    /// A number to be sent.
    package init(_ value: Double) { self.value = value }

    /// Throws for what is neither a number nor a text of one.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            value = number
            return
        }
        let text = try container.decode(String.self)
        guard let number = Double(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not a number: \(text)")
        }
        value = number
    }

    /// As a number, or as a text where JSON has none.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if value.isNaN {
            try container.encode("NaN")
        } else if value.isInfinite {
            try container.encode(value < 0 ? "-Infinity" : "Infinity")
        } else {
            try container.encode(value)
        }
    }
}
