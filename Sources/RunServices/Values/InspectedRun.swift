package import RunModel

/// A run as it is now, with the process that owns its lifetime: what a question before a cancel needs to know.
package struct InspectedRun: Sendable, Equatable, Codable {
    /// The run.
    package var run: Run
    /// Nil for a run that no supervisor ever took.
    package var supervisor: SupervisorState?

    /// A run and what is known of its supervisor.
    package init(run: Run, supervisor: SupervisorState?) {
        self.run = run
        self.supervisor = supervisor
    }
}
