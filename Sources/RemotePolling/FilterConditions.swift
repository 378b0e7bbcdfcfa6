package import RunModel

/// What adapters that push conditions down to their servers ask of them.
extension FilterComparison {
    /// The least and the greatest time, in milliseconds since 1970, that passes; nil where it is not about a time.
    /// - Parameter now: what an age is counted to.
    package func times(at now: Timestamp) -> (least: Int64, greatest: Int64)? {
        guard comparator.isOrdering || comparator == .equal || comparator == .contains,
            let range = comparator.range(of: values)
        else { return nil }
        if key != .age { return (range.lowerBound, range.upperBound) }
        // Older runs have smaller times; what seems to be in the future counts as new.
        let newest = now.milliseconds.subtractingReportingOverflow(max(0, range.lowerBound))
        let oldest = now.milliseconds.subtractingReportingOverflow(range.upperBound)
        return (
            oldest.overflow ? .min : oldest.partialValue,
            range.lowerBound <= 0 || newest.overflow ? .max : newest.partialValue
        )
    }
}

extension Filter {
    /// Whether runs of one of these statuses pass, for a filter that asks for nothing but the status.
    package func passes(anyOf statuses: [RunStatus], at now: Timestamp) -> Bool {
        statuses.contains { matches(Self.sample(status: $0), at: now) }
    }

    /// Whether runs of an experiment pass, for a filter that asks for nothing but the experiment.
    package func passes(runsOf experiment: Experiment, at now: Timestamp) -> Bool {
        matches(Self.sample(experiment: experiment), at: now)
    }

    /// A run of which only one thing matters.
    private static func sample(status: RunStatus = .notStarted, experiment: Experiment? = nil) -> Run {
        Run(
            id: RunID(""), experimentID: experiment?.id ?? ExperimentID(""), experimentName: experiment?.name ?? "",
            name: "", status: status, createdAt: Timestamp(milliseconds: 0))
    }
}
