package import RunModel

/// Changes runs that exist.
package protocol RunEditing: DescribedService {
    /// Makes all changes of `edit` or none, and returns the run as it is afterwards (contract clauses 2, 6, 7, 9, 14, 15).
    ///
    /// Throws `notFound`, `conflict` for a person's step that cannot apply, `immutable` for a property or parameter that has
    /// another value, and `invalid` for a key or name that the backend does not take.
    @discardableResult
    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run
}

extension RunEditing {
    /// Moves a run along in its life, on behalf of a person or of the run's own machinery (contract clause 2).
    @discardableResult
    package func apply(
        _ transition: Transition, to id: RunID, onBehalfOf origin: TransitionOrigin
    ) async throws(RunServiceError) -> Run {
        try await edit(id, RunEdit(onBehalfOf: origin, transition: transition))
    }

    /// Sets and deletes tags, in their order.
    @discardableResult
    package func editTags(_ edits: [TagEdit], of id: RunID) async throws(RunServiceError) -> Run {
        try await edit(id, RunEdit(tags: edits))
    }

    /// Gives a run another name. Throws `invalid` for what cannot be one.
    @discardableResult
    package func rename(_ id: RunID, to name: String) async throws(RunServiceError) -> Run {
        try await edit(id, RunEdit(name: name))
    }

    /// Adds properties (contract clause 7).
    @discardableResult
    package func addProperties(_ properties: Properties, to id: RunID) async throws(RunServiceError) -> Run {
        try await edit(id, RunEdit(properties: properties))
    }

    /// Adds parameters, which are write-once like properties and refused in the same way.
    @discardableResult
    package func logParams(_ params: Params, to id: RunID) async throws(RunServiceError) -> Run {
        try await edit(id, RunEdit(params: params))
    }

    /// Appends points.
    package func logMetrics(_ entries: [MetricEntry], to id: RunID) async throws(RunServiceError) {
        try await edit(id, RunEdit(metrics: entries))
    }
}
