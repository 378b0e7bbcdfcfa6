package import RunModel

/// What a scheduler's jobs take besides a cancel.
package enum JobOrder: String, Sendable, CaseIterable, Codable {
    /// Keep a job that waits from starting.
    case hold
    /// Let a job that is held start.
    case release
    /// End a job that runs, and have it wait again from the beginning.
    case requeue
}

/// Steers the jobs of a scheduler; declared by `Capabilities.steerJobs`.
package protocol JobSteering: DescribedService {
    /// Gives an order and returns the runs that it changed, as they are then.
    ///
    /// Throws `conflict` for a job whose state does not allow it, `forbidden` for one of another user, and `notFound`.
    func give(_ order: JobOrder, to id: RunID) async throws(RunServiceError) -> [Run]
}
