import DashboardCore
import RunModel
import RunServices

/// Reads the runs that a prompt is about, and their active descendants, as they are now.
struct Inspector: Sendable {
    let service: any RunService

    func inspect(_ ids: [RunID]) async -> Result<Inspection, RunServiceError> {
        do throws(RunServiceError) {
            var runs: [Run] = []
            for id in ids {
                // One of several that is gone by now must not stand in the way of the others.
                do throws(RunServiceError) {
                    runs.append(try await service.details(of: id).run)
                } catch  where error.code == .notFound && ids.count > 1 {
                    continue
                }
            }
            var known = Set(ids)
            var active: [Run] = []
            for id in runs.map(\.id) {
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
