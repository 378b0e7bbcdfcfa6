package import RunModel

/// What a program does that records runs.
package protocol RunRecording: RunEditing {
    /// Creates runs in one transaction, as NotStarted, in the order given; a parent may be earlier in the same batch.
    @discardableResult
    func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run]
}

extension RunRecording {
    /// Creates one run.
    @discardableResult
    package func createRun(_ draft: RunDraft) async throws(RunServiceError) -> Run {
        let created = try await createRuns([draft])
        guard let run = created.first else {
            throw RunServiceError(.unexpectedResponse, "The run service created no run; try again.")
        }
        return run
    }
}
