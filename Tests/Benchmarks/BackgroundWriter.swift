import LocalStore
import RunModel
import RunServices

/// Trainings at work: logs a point for each run that is running.
struct BackgroundWriter {
    private let service: LocalStore
    private let active: [RunID]

    init(store: String) async throws {
        service = try await LocalStore.open(at: store)
        let newest = try await service.runs(in: .all, matching: nil, limit: 100)
        active = newest.filter { $0.status.isActive }.map(\.id)
    }

    var count: Int { active.count }

    /// One point of one metric for each run.
    func logPoints() async throws {
        for id in active {
            try await service.logMetrics([MetricEntry(key: "loss", value: .number(.random(in: 0...1)))], to: id)
        }
    }
}
