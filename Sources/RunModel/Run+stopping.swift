/// How a run's command is asked to end, and how long it may take.
package struct StopTerms: Hashable, Sendable {
    /// The name of the signal that it gets, such as `SIGTERM`.
    package var signal: String
    /// Milliseconds until what is left of it is killed.
    package var grace: Int64

    /// Without choices, the usual terms.
    package init(signal: String = "SIGTERM", grace: Int64 = 10_000) {
        self.signal = signal
        self.grace = grace
    }

    /// Milliseconds: a day. Anything longer is a mistake.
    package static let longestGrace: Int64 = 86_400_000
    /// The signals that may ask a command to end.
    package static let signals = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"]
}

extension Run {
    /// The machine tag that says how many milliseconds a cancel gives the run's command to end.
    package static let graceTag = "mlflow.runwatch.grace"
    /// The machine tag that says which signal asks the run's command to end.
    package static let stopSignalTag = "mlflow.runwatch.stopSignal"
    /// The machine tag by which a person orders the supervisor of a run that is being cancelled to kill at once.
    package static let killTag = "mlflow.runwatch.kill"

    /// What the run says of how its command is stopped.
    ///
    /// Others may write the tags, so this is shown; its supervisor goes by what it was started with.
    package var stopTerms: StopTerms {
        var terms = StopTerms()
        if let value = machineTags.value(forKey: Self.stopSignalTag), let signal = value,
            StopTerms.signals.contains(signal)
        {
            terms.signal = signal
        }
        if let value = machineTags.value(forKey: Self.graceTag), let grace = value.flatMap({ Int64($0) }),
            (0...StopTerms.longestGrace).contains(grace)
        {
            terms.grace = grace
        }
        return terms
    }

    /// Whether a person has ordered that the cancel under way waits no longer.
    package var isKillOrdered: Bool { status == .cancelRequested && machineTags.contains(Self.killTag) }
}

extension Tags {
    /// Notes terms that are not the usual ones.
    package mutating func note(_ terms: StopTerms) {
        let usual = StopTerms()
        if terms.grace != usual.grace { set("\(terms.grace)", forKey: Run.graceTag) }
        if terms.signal != usual.signal { set(terms.signal, forKey: Run.stopSignalTag) }
    }
}
