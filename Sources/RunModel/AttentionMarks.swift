/// What about a run asks for a person's attention, beside its status.
package struct AttentionMarks: OptionSet, Hashable, Sendable {
    /// One bit for each mark.
    package let rawValue: UInt8

    /// The marks of these bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The newest point of a metric is not a number, or infinite.
    package static let notANumber = AttentionMarks(rawValue: 1 << 0)
    /// It runs, and neither a metric nor its log has grown for far longer than usual.
    package static let stalled = AttentionMarks(rawValue: 1 << 1)
    /// Its supervisor or client is not heard any more.
    package static let silent = AttentionMarks(rawValue: 1 << 2)

    /// Every mark with the word by which filters and screens call it, the gravest first.
    package static let words: [(mark: AttentionMarks, word: String)] = [
        (.silent, "silent"), (.stalled, "stalled"), (.notANumber, "nan"),
    ]
}

extension Run {
    /// The marks that the run shows by itself; whether it stalled only those know who watched it for a while.
    package var ownMarks: AttentionMarks {
        var marks: AttentionMarks = []
        if status == .notResponding { marks.insert(.silent) }
        if metrics.entries.contains(where: { !$0.value.value.isFiniteNumberOrText }) { marks.insert(.notANumber) }
        return marks
    }
}

extension MetricValue {
    fileprivate var isFiniteNumberOrText: Bool { number?.isFinite ?? true }
}
