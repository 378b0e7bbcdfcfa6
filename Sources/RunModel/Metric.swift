/// What was measured: a number, which may be NaN or infinite, or a text.
package enum MetricValue: Sendable, Hashable {
    case number(Double)
    /// In a box of its own: texts are rare, and in place they would make every point larger by a quarter.
    indirect case text(String)

    /// Bitwise for numbers, so that NaN equals itself and an unchanged run compares as unchanged.
    package static func == (left: MetricValue, right: MetricValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left.bitPattern == right.bitPattern
        case (.text(let left), .text(let right)): left == right
        default: false
        }
    }

    /// As equality has it.
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .number(let number): hasher.combine(number.bitPattern)
        case .text(let text): hasher.combine(text)
        }
    }

    /// Nil for a text.
    package var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }
}

/// One measurement of a metric.
package struct MetricPoint: Sendable, Hashable, Codable {
    /// Any number that the run gave.
    package var step: Int64
    /// When it was measured.
    package var timestamp: Timestamp
    /// What was measured.
    package var value: MetricValue

    /// One measurement.
    package init(step: Int64, timestamp: Timestamp, value: MetricValue) {
        self.step = step
        self.timestamp = timestamp
        self.value = value
    }
}
