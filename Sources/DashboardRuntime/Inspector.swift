import DashboardCore
import RunModel
import RunServices

/// Reads the runs that a prompt is about, and their active descendants, as they are now.
struct Inspector: Sendable {
    let service: any RunReading
    /// Knows what a cancel would do to processes of this host; nil where nothing does.
    var keeper: (any HostKeeper)?

    /// Fails with `notFound` when none of the runs exists any more; some of several may be gone.
    func inspect(_ ids: [RunID]) async -> Result<Inspection, RunServiceError> {
        do throws(RunServiceError) {
            let inspected = try await service.inspect(ids, activeDescendants: true)
            let asked = Set(ids)
            let targets = inspected.map(\.run).filter { asked.contains($0.id) }
            if targets.isEmpty {
                throw RunServiceError(
                    .notFound, "There is no run \(Shown.text(ids.first?.text ?? "")) any more; it was deleted.")
            }
            var inspection = Inspection(
                runs: targets, activeDescendants: inspected.map(\.run).filter { !asked.contains($0.id) })
            for found in inspected { inspection.oversight[found.run.id] = await oversight(of: found) }
            inspection.executions = await executions(of: inspected.map(\.run))
            return .success(inspection)
        } catch {
            return .failure(error)
        }
    }

    private func oversight(of found: InspectedRun) async -> Oversight {
        let oversight = Oversight(found.supervisor, at: SystemClock.now().wall)
        guard case .silent(let silence, _) = oversight, let supervisor = found.supervisor?.supervisor else {
            return oversight
        }
        return .silent(silence, reach: await keeper?.reach(of: supervisor, for: found.run.id))
    }

    /// More are not asked for: a prompt names a few.
    private static let mostExecutions = 20

    /// The runs that tags name as those whose commands started `runs`. What cannot be read is left out, since the
    /// question can be asked without.
    private func executions(of runs: [Run]) async -> [RunID: Execution] {
        let ids = Array(Set(runs.compactMap(\.executionID)).sorted().prefix(Self.mostExecutions))
        guard !ids.isEmpty, let inspected = try? await service.inspect(ids, activeDescendants: false) else {
            return [:]
        }
        var executions: [RunID: Execution] = [:]
        for found in inspected {
            executions[found.run.id] = Execution(run: found.run, oversight: await oversight(of: found))
        }
        return executions
    }
}
