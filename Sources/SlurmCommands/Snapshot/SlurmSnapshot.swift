package import RunModel
package import RunServices

/// One answer to the question for all jobs.
package struct SlurmSnapshot: Equatable, Sendable {
    /// In the order in which Slurm told them.
    package var jobs: [SlurmJob]
    /// When Slurm was asked.
    package var takenAt: Timestamp
    /// Why there is no newer one, where Slurm was asked since and did not answer.
    package var failure: RunServiceError?

    /// An answer as it was given.
    package init(jobs: [SlurmJob], takenAt: Timestamp, failure: RunServiceError? = nil) {
        self.jobs = jobs
        self.takenAt = takenAt
        self.failure = failure
    }
}
