package import RunModel
package import RunServices

/// The run service that the contract describes and nothing more: kept in memory, for tests of those who use one.
package final class MemoryService: SupervisedRunService {
    package let description = ServiceDescription(kind: "memory", location: "this process")
    package let capabilities: Capabilities
    package let address = "memory:"
    let backend: MemoryBackend
    let clock: @Sendable () -> Timestamp

    /// An instance on a backend, perhaps one of several.
    package init(
        _ backend: MemoryBackend = MemoryBackend(), capabilities: Capabilities = Capabilities(),
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.backend = backend
        self.capabilities = capabilities
        self.clock = clock
    }

    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] { [:] }
}

extension MemoryService {
    package func experiments() async throws(RunServiceError) -> [Experiment] {
        try backend.access { content throws(RunServiceError) in content.experiments.values.sorted { $0.name < $1.name }
        }
    }

    package func runs(_ query: RunQuery) async throws(RunServiceError) -> Page<Run> {
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            content.noticeSilence(at: now)
            switch query.subject {
            case .scope(let scope):
                try content.checkScope(scope)
                var selection = try RunSelection(query, at: now)
                for entry in content.entries.values where scope.contains(entry.run) { selection.offer(entry.run) }
                return selection.page()
            case .children(let id, let recursive):
                _ = try content.entry(id)
                let ids = content.descendants(of: id, recursive: recursive)
                return try query.page(of: ids.compactMap { content.entries[$0]?.run }, at: now)
            case .runs(let ids):
                return try query.page(of: ids.compactMap { content.entries[$0]?.run }, at: now)
            }
        }
    }

    package func inspect(
        _ ids: [RunID], activeDescendants: Bool
    ) async throws(RunServiceError) -> [InspectedRun] {
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            content.noticeSilence(at: now)
            var known: Set<RunID> = []
            let targets = ids.filter { known.insert($0).inserted }
            let below = activeDescendants ? targets.flatMap { content.descendants(of: $0, recursive: true) } : []
            let active = below.filter {
                known.insert($0).inserted && content.entries[$0]?.run.status.isTerminal == false
            }
            return (targets + active).compactMap { content.entries[$0] }.map {
                InspectedRun(run: $0.run, supervisor: $0.supervisor)
            }
        }
    }

    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        let now = clock()
        return try backend.access { content throws(RunServiceError) in
            content.noticeSilence(at: now)
            let entry = try content.entry(id)
            let logs = entry.logs.map { LogFile(name: $0.key, size: Int64($0.value.count)) }
            return RunDetails(
                run: entry.run, source: entry.source, supervisor: entry.supervisor,
                logs: LogFile.inReadingOrder(logs))
        }
    }

    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        try backend.access { content throws(RunServiceError) in
            keys.compactMap { key in
                guard let points = content.entries[key.run]?.points[key.metric], !points.isEmpty else { return nil }
                let ordered = points.sorted { ($0.step, $0.timestamp) < ($1.step, $1.timestamp) }
                let size = max(2, maxPoints)
                let sample =
                    ordered.count <= size ? ordered : (0..<size).map { ordered[$0 * (ordered.count - 1) / (size - 1)] }
                return MetricSeries(key: key, points: sample, total: ordered.count)
            }
        }
    }

    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        try backend.access { content throws(RunServiceError) in
            guard let log = try content.entry(id).logs[name] else {
                throw RunServiceError(.notFound, "The run has no log `\(Shown.text(name))`.")
            }
            let size = Int64(log.count)
            let start = offset < 0 ? max(0, size + offset) : offset
            let from = Int(min(start, size))
            let bytes = log[from..<min(log.count, from + max(0, min(length, log.count)))]
            return LogChunk(offset: start, bytes: Array(bytes), size: size)
        }
    }
}

extension MemoryService {
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        try backend.access { content throws(RunServiceError) in
            let logs = try content.entry(id).logs
            if folder != nil { return Page([]) }
            let artifacts = logs.map { Artifact(path: $0.key, isFolder: false, size: Int64($0.value.count)) }
            return Page(artifacts.sorted { $0.path < $1.path })
        }
    }
}

extension RunScope {
    fileprivate func contains(_ run: Run) -> Bool {
        switch self {
        case .all: true
        case .experiment(let id): run.experimentID == id
        }
    }
}
