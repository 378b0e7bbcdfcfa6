import LocalStore
import RunModel
import RunServices
import TestSupport

/// Trainings at work: starts runs, logs, edits, ends and deletes them, and knows what the dashboard must tell of that.
struct SoakWriter {
    private let store: LocalStore
    private var generator = SeededGenerator(seed: 16)
    private var active: [RunID] = []
    private var ended: [(run: RunID, at: ContinuousClock.Instant)] = []
    private var step: Int64 = 0
    /// Has NaN already, which is told once.
    private var broken: Set<RunID> = []

    private(set) var changes = 0
    /// `EVENT RUN` for each failure and each first NaN.
    private(set) var expected: Set<String> = []

    private static let mostActive = 40
    /// Long enough for a dashboard to have seen the end, on any machine.
    private static let kept = Duration.seconds(90)

    init(store: LocalStore) { self.store = store }

    mutating func change() async throws {
        changes += 1
        step += 1
        if active.count < Self.mostActive / 2 {
            try await start()
            return
        }
        let index = Int.random(in: 0..<active.count, using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<6 where active.count < Self.mostActive: try await start()
        case 6..<9: try await end(index, .fail(RunFailure(message: "out of memory")))
        case 9..<11: try await end(index, .complete)
        case 11..<13: try await log("gradient", .nan, to: active[index])
        case 13..<18:
            try await store.editTags([.set(key: "wave", value: "\(step % 7)")], of: active[index])
        default: try await log("loss", 1 / Double(step % 1_000 + 1), to: active[index])
        }
        try await deleteOld()
    }

    private mutating func start() async throws {
        let run = try await store.createRun(RunDraft(experimentName: "soak", name: "soak-\(step)"))
        try await store.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        active.append(run.id)
    }

    private mutating func end(_ index: Int, _ transition: Transition) async throws {
        let run = active[index]
        try await store.apply(transition, to: run, onBehalfOf: .lifecycle)
        active.remove(at: index)
        ended.append((run, .now))
        if case .fail = transition { expected.insert("failed \(run.text)") }
    }

    private mutating func log(_ metric: String, _ value: Double, to run: RunID) async throws {
        if value.isNaN, !broken.insert(run).inserted { return }
        try await store.logMetrics([MetricEntry(key: metric, value: .number(value))], to: run)
        if value.isNaN { expected.insert("notANumber \(run.text)") }
    }

    /// What ended goes for good after a while, so that there are never many more runs than at the start.
    private mutating func deleteOld() async throws {
        guard let oldest = ended.first, oldest.at.duration(to: .now) > Self.kept else { return }
        ended.removeFirst()
        try await store.deleteRun(oldest.run)
        try await store.purgeRun(oldest.run)
        broken.remove(oldest.run)
    }
}
