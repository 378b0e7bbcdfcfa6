package import RunModel

/// A run's command that is about to be run again, as the person is shown it.
package struct RerunPrompt: Equatable, Sendable {
    /// The run that is repeated.
    package let run: RunID
    /// What it was called when the prompt opened.
    package let name: String
    /// The command as a shell would take it, as it was.
    package let command: String
    /// Where it runs.
    package let directory: String
    /// Other values of parameters, as `key=value`.
    package let changes: [String]
    /// What is not as it was, as far as it is known here.
    package let remarks: [String]
    /// Monotonic ms.
    package let openedAt: Int64
}

/// What became of the wish to run a command again.
package struct RerunAnswer: Equatable, Sendable {
    /// The new run.
    package var run: RunID
    /// What is not as it was, a sentence each.
    package var notes: [String]

    /// A run that goes on now.
    package init(run: RunID, notes: [String]) {
        self.run = run
        self.notes = notes
    }
}
