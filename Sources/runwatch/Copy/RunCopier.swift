import RunModel
import RunServices

/// Copies one run after another, parents first. Whatever it is interrupted at, the same again does what is left.
struct RunCopier {
    /// The tag of a copy that has the id of the run it was made of.
    static let originTag = "copiedFrom"

    let source: any RunService
    let target: any SupervisedRunService
    private let withLogs: Bool
    /// What was copied, by the id in the source.
    private var copies: [RunID: Run] = [:]
    var report = CopyReport()

    /// Points in one request.
    private static let batch = 1_000
    /// Metrics that are read at once.
    private static let metricsAtOnce = 20

    init(from source: any RunService, to target: any SupervisedRunService, withLogs: Bool) {
        self.source = source
        self.target = target
        self.withLogs = withLogs
    }

    /// Looks what of an earlier copy is there.
    mutating func findCopies() async throws {
        let isCopy = FilterExpression.comparison(FilterComparison(.tag(Self.originTag), .isNotNull, []))
        var found: [Run] = []
        try await RunPages(RunQuery(.scope(.all), matching: try Filter(isCopy)), of: target).forEach { found += $0 }
        for run in found {
            guard let value = run.tags.value(forKey: Self.originTag), let id = value else { continue }
            copies[RunID(id)] = run
        }
    }

    mutating func copy(_ listed: Run) async throws {
        let details = try await source.details(of: listed.id)
        let run = details.run
        let known = copies[run.id]
        var copy: Run
        if let known {
            copy = known
        } else {
            copy = try await create(details)
            noteWhatCreationLost(of: run, in: copy)
        }
        let before = report
        copy = try await annotate(copy, like: run)
        try await copyPoints(of: run, to: copy)
        if withLogs { try await copyLogs(of: details, to: copy) }
        copy = try await end(copy, like: run)
        copies[run.id] = copy
        report.add(new: known == nil, changed: known != copy || report.hasMore(than: before))
    }

    private func create(_ details: RunDetails) async throws -> Run {
        let run = details.run
        return try await target.createRun(
            RunDraft(
                experimentName: run.experimentName, name: run.name.isEmpty ? nil : run.name,
                parentID: run.parentID.flatMap { copies[$0]?.id }, user: run.user,
                tags: Tags([(Self.originTag, run.id.text)]), source: details.source))
    }

    /// Name, tags, properties and parameters.
    private mutating func annotate(_ copy: Run, like run: Run) async throws -> Run {
        var edits: [(what: String, RunEdit)] = []
        if !copy.name.isExactly(run.name), !run.name.isEmpty { edits.append(("names", RunEdit(name: run.name))) }
        for tag in run.tags.entries where !tag.key.isExactly(Self.originTag) {
            if let value = copy.tags.value(forKey: tag.key), value == tag.value { continue }
            if tag.value == nil, let reason = target.capabilities.keyOnlyTags.reason {
                // It becomes one with an empty value.
                if copy.tags.value(forKey: tag.key) == .some("") { continue }
                report.lacks("tags without a value", "`\(tag.key)` of run \(run.id): \(reason)")
            }
            edits.append(("tags", RunEdit(tags: [.set(key: tag.key, value: tag.value)])))
        }
        for entry in run.properties.entries where copy.properties.value(forKey: entry.key) != entry.value {
            edits.append(("properties", RunEdit(properties: Properties([(entry.key, entry.value)]))))
        }
        for entry in run.params.entries where copy.params.value(forKey: entry.key) != entry.value {
            edits.append(("parameters", RunEdit(params: Params([(entry.key, entry.value)]))))
        }
        if edits.isEmpty { return copy }
        do throws(RunServiceError) {
            return try await target.edit(copy.id, Self.joined(edits.map(\.1)))
        } catch {
            guard Self.isAboutContent(error) else { throw error }
        }
        // One of them cannot be held, so each by itself.
        var last = copy
        for (what, edit) in edits {
            do throws(RunServiceError) {
                last = try await target.edit(copy.id, edit)
            } catch {
                guard Self.isAboutContent(error) else { throw error }
                report.lacks(what, "Run \(run.id): \(error.message)")
            }
        }
        return last
    }

    private static func joined(_ edits: [RunEdit]) -> RunEdit {
        var joined = RunEdit()
        for edit in edits {
            joined.name = edit.name ?? joined.name
            joined.tags += edit.tags
            for entry in edit.properties.entries { joined.properties.set(entry.value, forKey: entry.key) }
            for entry in edit.params.entries { joined.params.set(entry.value, forKey: entry.key) }
        }
        return joined
    }

    /// Whether the target refuses what it was given, rather than being out of reach.
    private static func isAboutContent(_ error: RunServiceError) -> Bool {
        [.invalid, .immutable, .unsupported, .conflict].contains(error.code)
    }

    /// Every point that is not there yet.
    private mutating func copyPoints(of run: Run, to copy: Run) async throws {
        let metrics = run.metrics.keys
        for start in stride(from: 0, to: metrics.count, by: Self.metricsAtOnce) {
            let keys = metrics[start..<min(start + Self.metricsAtOnce, metrics.count)]
            let given = try await source.wholeSeries(for: keys.map { MetricSeriesKey(run: run.id, metric: $0) })
            let known = keys.filter { copy.metrics.contains($0) }
            let held =
                known.isEmpty
                ? [] : try await target.wholeSeries(for: known.map { MetricSeriesKey(run: copy.id, metric: $0) })
            var entries: [MetricEntry] = []
            for series in given {
                let points = held.first { $0.key.metric.isExactly(series.key.metric) }?.points ?? []
                entries += Self.missing(series.points, in: points).map { point in
                    MetricEntry(
                        key: series.key.metric, value: point.value, step: point.step, timestamp: point.timestamp)
                }
            }
            try await write(entries, of: run, to: copy)
            if !entries.isEmpty { try await noteLostRepetitions(given, of: run, in: copy) }
        }
    }

    /// Those that are not there at all. A point that was logged twice goes there twice, with the others, and counts as there
    /// where a service keeps it once.
    static func missing(_ points: [MetricPoint], in held: [MetricPoint]) -> [MetricPoint] {
        let there = Set(held.lazy.map(\.comparable))
        return points.filter { !there.contains($0.comparable) }
    }

    private mutating func write(_ entries: [MetricEntry], of run: Run, to copy: Run) async throws {
        for start in stride(from: 0, to: entries.count, by: Self.batch) {
            let part = Array(entries[start..<min(start + Self.batch, entries.count)])
            do throws(RunServiceError) {
                try await target.edit(copy.id, RunEdit(metrics: part))
                report.add(points: part.count)
            } catch {
                guard Self.isAboutContent(error) else { throw error }
                try await writeEach(part, of: run, to: copy)
            }
        }
    }

    /// By metric, since one may hold what the target cannot.
    private mutating func writeEach(_ entries: [MetricEntry], of run: Run, to copy: Run) async throws {
        for (key, part) in Dictionary(grouping: entries, by: { ExactText($0.key) }).sorted(by: { $0.key < $1.key }) {
            do throws(RunServiceError) {
                try await target.edit(copy.id, RunEdit(metrics: part))
                report.add(points: part.count)
            } catch {
                guard Self.isAboutContent(error) else { throw error }
                report.lacks("metrics", "`\(key.text)` of run \(run.id): \(error.message)")
            }
        }
    }

    /// The status, with the times where the target takes them.
    private mutating func end(_ copy: Run, like run: Run) async throws -> Run {
        let isSame = copy.status == run.status && copy.startedAt == run.startedAt && copy.endedAt == run.endedAt
        guard !isSame, let transition = Self.transition(to: run) else { return copy }
        var last = copy
        if copy.status != run.status || copy.startedAt != run.startedAt && copy.startedAt == nil {
            last = try await target.edit(
                copy.id,
                RunEdit(
                    onBehalfOf: .client, transition: transition, startedAt: run.startedAt, endedAt: run.endedAt))
        }
        if last.startedAt != run.startedAt || last.endedAt != run.endedAt {
            report.lacks("times of start and end", "Run \(run.id) has those of its copying there.")
        }
        if last.status != run.status {
            report.lacks("statuses", "Run \(run.id) is \(run.status.word), and \(last.status.word) there.")
        }
        return last
    }

    private static func transition(to run: Run) -> Transition? {
        switch run.status {
        case .completed: .complete
        case .failed: .fail(run.failure ?? RunFailure())
        case .canceled: .canceled
        case .queued, .preparing: .queue
        case .notStarted: nil
        // A word of the source's own, with a time of its end: of the others' words this one claims no failure.
        case .unknown: run.endedAt == nil ? nil : .complete
        case .running, .finalizing, .cancelRequested, .paused, .notResponding: .start
        }
    }
}

extension MetricPoint {
    /// With one NaN for all and one zero: services do not tell them apart.
    var comparable: MetricPoint {
        guard let number = value.number else { return self }
        var point = self
        point.value = .number(number.isNaN ? .nan : number == 0 ? 0 : number)
        return point
    }
}
