import DashboardCore
import RunModel
import RunServices

/// Reads the runs that a prompt is about, and their active descendants, as they are now.
struct Inspector: Sendable {
    let service: any RunReading

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
            let now = SystemClock.now().wall
            let oversight = inspected.map { ($0.run.id, Oversight($0.supervisor, at: now)) }
            return .success(
                Inspection(
                    runs: targets, activeDescendants: inspected.map(\.run).filter { !asked.contains($0.id) },
                    oversight: Dictionary(oversight, uniquingKeysWith: { first, _ in first })))
        } catch {
            return .failure(error)
        }
    }
}
