import DashboardCore
import DashboardRuntime
import LocalStore
import RunServices
import TerminalUI

/// A dashboard on a store without a terminal: effects are carried out on the spot, and painting is timed.
struct DashboardDriver {
    private(set) var dashboard: Dashboard
    let service: LocalStore
    private var shown: Canvas
    /// Cells that the last painting would have sent.
    private(set) var changedCells = 0

    init(store: String, limit: Int = 10_000) async throws {
        service = try await LocalStore.open(at: store)
        dashboard = Dashboard(
            size: Size(columns: 120, rows: 40), now: SystemClock.now(), service: service.description,
            capabilities: service.capabilities, zone: DisplayTimeZone.local,
            settings: Dashboard.Settings(limit: limit))
        shown = dashboard.render()
        try await perform(dashboard.update(.started, at: SystemClock.now()))
        paint()
    }

    /// Takes in one action, paints, and only then asks the service what the screen wants now.
    ///
    /// - Returns: milliseconds from the action to the painted answer.
    mutating func send(_ action: Action) async throws -> Double {
        let start = Stopwatch.now()
        let effects = dashboard.update(action, at: SystemClock.now())
        paint()
        let duration = Stopwatch.now() - start
        try await perform(effects)
        return duration
    }

    /// Milliseconds that it takes to ask what changed and to paint the answer.
    mutating func tick() async throws -> Double {
        let start = Stopwatch.now()
        var effects = dashboard.update(.tick, at: SystemClock.now())
        var later: [Effect] = []
        while !effects.isEmpty {
            guard case .poll = effects[0] else {
                later.append(effects.removeFirst())
                continue
            }
            if let answer = try await answer(effects.removeFirst()) {
                effects += dashboard.update(answer, at: SystemClock.now())
            }
        }
        paint()
        let duration = Stopwatch.now() - start
        try await perform(later)
        return duration
    }

    private mutating func paint() {
        let canvas = dashboard.render()
        changedCells = 0
        if canvas != shown {
            for row in 0..<canvas.size.rows {
                changedCells += canvas.changedColumns(row: row, since: shown)?.count ?? 0
            }
        }
        shown = canvas
    }

    private mutating func perform(_ effects: [Effect]) async throws {
        var effects = effects
        while !effects.isEmpty {
            if let answer = try await answer(effects.removeFirst()) {
                effects += dashboard.update(answer, at: SystemClock.now())
            }
        }
    }

    private func answer(_ effect: Effect) async throws -> Action? {
        switch effect {
        case .poll(let scope, let cursor, let generation, let pageSize):
            let batch = try await service.changes(in: scope, since: cursor, pageSize: pageSize)
            return .changesArrived(batch, scope: scope, generation: generation, latency: 1)
        case .loadDetails(let id): return .detailsArrived(id, .success(try await service.details(of: id)))
        case .loadSeries(let keys, let maxPoints, let purpose):
            let series = try await service.metricSeries(for: keys, maxPoints: maxPoints)
            return .seriesArrived(purpose, requested: keys, .success(SeriesAnswer(series: series)))
        default: return nil
        }
    }
}
