package import RunModel
package import RunServices

/// A place where runs are executed without this process: what it takes to have one started there.
///
/// What stands for a run there afterwards is a `JobHandle`. Another place is another implementation of both.
package protocol Executor: Sendable {
    /// Has a run's command started, and returns once the place has taken it over; its supervisor tells of the run from
    /// then on.
    ///
    /// Throws the place's refusal as it stands; a run that was created for the request is Failed then.
    /// - Parameter request: makes what is to be run on the run service that the place uses; a place that reads the command
    ///   line itself does not call it.
    func submit(
        _ request: (any SupervisedRunService) async throws -> ExecutionRequest
    ) async throws -> Submission
}

/// A run that a place has taken over.
package struct Submission: Sendable, Equatable {
    /// The run.
    package var run: RunID
    /// What a person should know besides: the job's number, what may go wrong. A sentence each.
    package var notes: [String]

    /// A run and what is to be said of it.
    package init(run: RunID, notes: [String] = []) {
        self.run = run
        self.notes = notes
    }
}
