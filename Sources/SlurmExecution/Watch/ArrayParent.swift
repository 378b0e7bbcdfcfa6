package import RunModel
package import RunServices

/// The run of an array, which has no command of its own: it begins with its first task and ends with its last one.
package enum ArrayParent {
    /// Ends it when all its tasks are over: Failed if any failed, Canceled if any was canceled, else Completed.
    ///
    /// Each that ends a task does this afterwards, so that the last one finds all others over. Most find one that is not.
    package static func conclude(_ parent: RunID, on service: any SupervisedRunService) async throws(RunServiceError) {
        let unfinished = FilterExpression.not(
            .comparison(FilterComparison(.status, .equal, [.text("ended")])))
        if let filter = try? Filter(unfinished) {
            let query = RunQuery(.children(of: parent, recursive: false), matching: filter, limit: 1)
            guard try await service.runs(query).items.isEmpty else { return }
        }
        let tasks = try await service.children(of: parent, recursive: false, matching: nil)
            .filter { $0.tags.contains(Run.slurmTaskTag) }
        guard !tasks.isEmpty, tasks.allSatisfy(\.status.isTerminal) else { return }
        try await service.apply(end(of: tasks.map(\.status)), to: parent, onBehalfOf: .lifecycle)
    }

    static func end(of tasks: [RunStatus]) -> Transition {
        let failed = tasks.count { $0 == .failed }
        if failed > 0 {
            return .fail(RunFailure(code: "TasksFailed", message: "\(failed) of \(tasks.count) tasks failed."))
        }
        return tasks.contains(.canceled) ? .canceled : .complete
    }
}
