/// A 64-bit integer that JSON carries as a number or, as proto3 has it, as a string.
package struct LenientInteger: Codable, Sendable, Equatable {
    package var value: Int64

    package init(_ value: Int64) { self.value = value }

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

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

/// A double that JSON carries as a number or, where it has no number, as `NaN`, `Infinity` or `-Infinity` in quotes.
package struct LenientDouble: Codable, Sendable, Equatable {
    package var value: Double

    package init(_ value: Double) { self.value = value }

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
