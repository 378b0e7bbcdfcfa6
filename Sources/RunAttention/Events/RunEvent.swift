package import RunModel

/// Something that happened to a run and that a person may want to be told of, once.
package struct RunEvent: Sendable, Equatable {
    /// What happened.
    package enum Kind: String, CaseIterable, Sendable {
        /// It completed.
        case finished
        case failed
        /// Somebody else than this program's user cancelled it.
        case canceled
        /// A metric became NaN or infinite.
        case notANumber
        /// Neither a metric nor the log has grown for far longer than usual.
        case stalled
        /// It runs, but its supervisor or client is not heard any more.
        case silent
        /// A run that was stalled or silent goes on.
        case back
        /// The first run of an experiment that had none.
        case firstOfExperiment
        /// It has been in a state on the way for longer than such a state lasts.
        case stuck
        /// It holds a GPU that has had nothing to do for long.
        case idleGPU
        /// A run with several child runs and the last of these are over.
        case lastChildEnded
    }

    /// The same for the same happening, whoever tells of it and however often: 16 hexadecimal digits.
    package let id: String
    /// What happened.
    package let kind: Kind
    /// When it was noticed, by the clock of who noticed it.
    package let at: Timestamp
    /// The run.
    package let run: RunID
    /// What the run was called then.
    package let name: String
    /// The run's experiment.
    package let experimentID: ExperimentID
    /// What the experiment was called then.
    package let experimentName: String
    /// The run's parent; nil without one.
    package let parentID: RunID?
    /// What the parent is called; nil where it is not known.
    package let parentName: String?
    /// The status that the run had then.
    package let status: RunStatus
    /// Milliseconds from its start; nil before that.
    package let duration: Int64?
    /// The metric that people look at first, at its best as far as it was seen.
    package let best: BestMetric?
    /// What else there is to say: why it failed, which metric, how long; may be empty. Others' text may be in it.
    package let detail: String
}

/// The best value of a metric.
package struct BestMetric: Sendable, Equatable {
    /// The metric's key.
    package let key: String
    /// Its least value or its greatest, whichever is better for what it is called.
    package let value: Double
    /// The step of that value.
    package let step: Int64
}
