import DashboardCore
import RunModel
import RunServices

/// Reads the runs that a prompt is about, and their active descendants, as they are now.
struct Inspector: Sendable {
    let service: any RunService

    /// Of more descendants it is not asked who supervises them: a prompt must not wait for a whole sweep.
    private static let inspectedDescendants = 12
    /// Questions at a time.
    private static let width = 6

    func inspect(_ ids: [RunID]) async -> Result<Inspection, RunServiceError> {
        do throws(RunServiceError) {
            // One of several that is gone by now must not stand in the way of the others.
            let targets = try await details(of: ids, mayBeGone: ids.count > 1)
            var known = Set(ids)
            var active: [Run] = []
            for id in targets.map(\.run.id) {
                for child in try await service.children(of: id, recursive: true, matching: nil)
                where !child.status.isTerminal && known.insert(child.id).inserted {
                    active.append(child)
                }
            }
            var read = targets
            if active.count <= Self.inspectedDescendants {
                read += try await details(of: active.map(\.id), mayBeGone: true)
            }
            let now = SystemClock.now().wall
            let oversight = read.map { ($0.run.id, Oversight($0, at: now)) }
            return .success(
                Inspection(
                    runs: targets.map(\.run), activeDescendants: active,
                    oversight: Dictionary(oversight, uniquingKeysWith: { first, _ in first })))
        } catch {
            return .failure(error)
        }
    }

    /// In the order of `ids`, several asked for at a time.
    private func details(of ids: [RunID], mayBeGone: Bool) async throws(RunServiceError) -> [RunDetails] {
        var found: [RunDetails] = []
        for start in stride(from: 0, to: ids.count, by: Self.width) {
            let part = ids[start..<min(start + Self.width, ids.count)]
            let answers = await withTaskGroup { group in
                for id in part {
                    group.addTask { [service] in
                        (id, await result { () throws(RunServiceError) in try await service.details(of: id) })
                    }
                }
                return await group.reduce(into: [RunID: Result<RunDetails, RunServiceError>]()) { $0[$1.0] = $1.1 }
            }
            for id in part {
                do throws(RunServiceError) {
                    if let details = try answers[id]?.get() { found.append(details) }
                } catch  where error.code == .notFound && mayBeGone {
                    continue
                }
            }
        }
        return found
    }
}
