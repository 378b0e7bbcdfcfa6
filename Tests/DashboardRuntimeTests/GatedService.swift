import DashboardCore
import RunModel
import RunServices
import TestSupport

@testable import DashboardRuntime

/// A run service whose polls wait until a test lets them go.
actor GatedService: ForwardingService {
    nonisolated let description = ServiceDescription(kind: "fake", location: "nowhere")
    nonisolated let base: any SupervisedRunService

    private(set) var polls = 0
    private(set) var cancelledPolls = 0
    private(set) var steered: [RunID] = []
    private(set) var detailReads: [RunID] = []
    private(set) var logReads = 0
    private(set) var seriesReads = 0
    private let refusedMetrics: [String: RunServiceError.Code]
    private var isOpen: Bool
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    private let log: [UInt8]
    private let longestRead: Int
    private var holdsCommands: Bool
    private var heldCommands: [CheckedContinuation<Void, Never>] = []

    init(
        runs: [Run] = [], isOpen: Bool = true, log: [UInt8] = [], longestRead: Int = .max,
        capabilities: Capabilities = Capabilities(), holdsCommands: Bool = false,
        refusedMetrics: [String: RunServiceError.Code] = [:]
    ) {
        self.refusedMetrics = refusedMetrics
        base = MemoryService(MemoryBackend(holding: runs), capabilities: capabilities) { SystemClock.now().wall }
        self.holdsCommands = holdsCommands
        self.isOpen = isOpen
        self.log = log
        self.longestRead = longestRead
    }

    /// Lets all polls pass from now on.
    func open() {
        isOpen = true
        for continuation in waiting.values { continuation.resume() }
        waiting = [:]
    }

    var waitingPolls: Int { waiting.count }

    /// Lets cancels be answered from now on.
    func releaseCommands() {
        holdsCommands = false
        for continuation in heldCommands { continuation.resume() }
        heldCommands = []
    }

    func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch {
        polls += 1
        if !isOpen { await pass(polls) }
        if Task.isCancelled {
            cancelledPolls += 1
            throw RunServiceError(.cancelled, "The question was taken back.")
        }
        return try await base.changes(in: scope, since: cursor, pageSize: pageSize)
    }

    private func pass(_ number: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { continuation.resume() } else { waiting[number] = continuation }
            }
        } onCancel: {
            Task { await self.leave(number) }
        }
    }

    private func leave(_ number: Int) { waiting.removeValue(forKey: number)?.resume() }

    func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        detailReads.append(id)
        return try await base.details(of: id)
    }

    func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        logReads += 1
        let from = min(Int(max(0, offset)), log.count)
        let bytes = log[from..<min(log.count, from + min(length, longestRead))]
        return LogChunk(offset: Int64(from), bytes: Array(bytes), size: Int64(log.count))
    }

    func cancel(_ id: RunID, includingDescendants: Bool) async throws(RunServiceError) -> [Run] {
        steered.append(id)
        if holdsCommands { await withCheckedContinuation { heldCommands.append($0) } }
        return try await base.cancel(id, includingDescendants: includingDescendants)
    }

    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        steered.append(id)
        return try await base.edit(id, edit)
    }

    func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        seriesReads += 1
        for key in keys {
            if let code = refusedMetrics[key.metric] { throw RunServiceError(code, "\(key.metric) is refused.") }
        }
        return keys.map { MetricSeries(key: $0, points: [], total: 0) }
    }
}
