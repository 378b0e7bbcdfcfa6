import LocalStore
import RunModel
import RunReports
import RunServices

/// Writes runs with all that is known of them, page by page.
struct RunExport {
    private let pages: RunPages
    private let service: any RunService
    /// Nil for all that there are.
    private let columns: [RunColumn]?

    typealias Put = ([UInt8]) throws -> Void

    init(_ pages: RunPages, of service: any RunService, columns: [RunColumn]?) {
        self.pages = pages
        self.service = service
        self.columns = columns
    }

    /// Returns how many runs were written.
    func write(_ format: ExportCommand.ExportFormat, metrics: Bool, _ put: Put) async throws -> Int {
        switch format {
        case .csv: try await writeRows(put)
        case .jsonl: try await writeDocuments(metrics: metrics, put)
        }
    }

    private func writeRows(_ put: Put) async throws -> Int {
        let columns = if let columns { columns } else { try await knownColumns() }
        let needed = columns.compactMap(\.neededHistory)
        let now = LocalStore.systemClock()
        var writer = ListWriter(.csv, columns: columns.map(\.layout))
        var count = 0
        try await pages.forEach { runs in
            let histories = try await MetricHistories(of: needed, in: runs, from: service)
            let items = runs.lazy.map { ListedRun($0, columns: columns, at: now) { histories[$0, $1] } }
            try put(writer.bytes(of: items))
            count += runs.count
        }
        try put(writer.end())
        return count
    }

    private func knownColumns() async throws -> [RunColumn] {
        var known = ExportColumns()
        try await pages.forEach { runs in for run in runs { known.note(run) } }
        return known.columns
    }

    private func writeDocuments(metrics: Bool, _ put: Put) async throws -> Int {
        let now = LocalStore.systemClock()
        let needed = (columns ?? []).compactMap(\.neededHistory)
        var writer = ListWriter(.jsonl, columns: [])
        var count = 0
        try await pages.forEach { runs in
            if metrics {
                // One run at a time, for one may have more points than all others.
                for run in runs { try put(writer.bytes(of: [ExportedRun(run, try await series(of: run))])) }
            } else {
                let histories = try await MetricHistories(of: needed, in: runs, from: service)
                let items = runs.lazy.map { ListedRun($0, columns: columns, at: now) { histories[$0, $1] } }
                try put(writer.bytes(of: items))
            }
            count += runs.count
        }
        return count
    }

    /// Every point of every run. Returns how many there were.
    func writePoints(_ put: Put) async throws -> Int {
        var writer = ListWriter(.csv, columns: ExportedPoint.columns)
        var count = 0
        try await pages.forEach { runs in
            for run in runs {
                for series in try await series(of: run) {
                    try put(writer.bytes(of: series.points.lazy.map { ExportedPoint($0, of: series.key) }))
                    count += series.points.count
                }
            }
        }
        try put(writer.end())
        return count
    }

    private func series(of run: Run) async throws -> [MetricSeries] {
        if run.metrics.isEmpty { return [] }
        return try await service.wholeSeries(for: run.metrics.keys.map { MetricSeriesKey(run: run.id, metric: $0) })
    }
}
