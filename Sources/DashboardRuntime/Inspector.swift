import DashboardCore
import RunModel
import RunServices

/// Reads the runs that a prompt is about, and their active descendants, as they are now.
struct Inspector: Sendable {
    let service: any RunService

    func inspect(_ ids: [RunID]) async -> Result<Inspection, RunServiceError> {
        do throws(RunServiceError) {
            var runs: [Run] = []
            for id in ids { runs.append(try await service.details(of: id).run) }
            var known = Set(ids)
            var active: [Run] = []
            for id in ids {
                for child in try await service.children(of: id, recursive: true, matching: nil)
                where !child.status.isTerminal && known.insert(child.id).inserted {
                    active.append(child)
                }
            }
            return .success(Inspection(runs: runs, activeDescendants: active))
        } catch {
            return .failure(error)
        }
    }
}
