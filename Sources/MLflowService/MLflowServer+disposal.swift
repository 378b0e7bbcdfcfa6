import Algorithms
import MLflowWire
import RemotePolling
package import RunModel
package import RunServices
import Synchronization

extension MLflowServer {
    /// One request.
    package func deleteRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        let _: WireNothing = try await api.post("runs/delete", WireRunReference(run_id: id.text))
        replica.withLock { $0.remove(id) }
    }

    /// One request, and one that reads the run again.
    package func restoreRun(_ id: RunID) async throws(RunServiceError) {
        try requireDeleting()
        let _: WireNothing = try await api.post("runs/restore", WireRunReference(run_id: id.text))
        _ = try await take([try await api.run(id.text)])
    }

    /// Newest start first; MLflow's protocol does not tell when a run was deleted, nor of those in deleted experiments.
    package func deletedRuns(after next: PageToken?) async throws(RunServiceError) -> Page<DeletedRun> {
        try await refreshExperiments()
        let names = replica.withLock { $0.experiments.mapValues(\.name) }
        let page = try await api.runPage(
            in: names.keys.map(\.text), view: "DELETED_ONLY", after: next?.text, count: api.listPage)
        let runs = (page.runs ?? []).map { run in
            DeletedRun(
                id: RunID(run.info.runID), name: run.info.name ?? "",
                experimentName: names[ExperimentID(run.info.experimentID)] ?? "", deletedAt: nil)
        }
        // A server that turns its pages in circles gives the same token for ever.
        let token = page.nextPageToken.flatMap { $0.isEmpty || $0 == next?.text || runs.isEmpty ? nil : PageToken($0) }
        return Page(runs, next: token)
    }
}
