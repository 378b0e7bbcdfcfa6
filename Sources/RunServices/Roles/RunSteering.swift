package import RunModel

/// What a person does to runs.
package protocol RunSteering: RunEditing {
    /// Cancels a run as a person asks (contract clause 3) and returns the runs it changed, children first.
    @discardableResult
    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run]
}
