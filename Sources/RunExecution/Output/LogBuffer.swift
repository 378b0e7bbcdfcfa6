import RunModel
import RunServices

/// Carries output to the run's log in the background and outlasts a run service that refuses for a while.
///
/// While the service accepts, a full buffer makes the writer wait. While it refuses, the command must not stand still
/// for a database's sake: the buffer then grows to a limit, and what is beyond is counted and replaced by a note. A
/// service that keeps no logs is told of once, and the output goes nowhere but to the terminal.
actor LogBuffer {
    /// Bytes that may wait while the log keeps up, and that are handed over at once.
    private static let highWater = 1 << 20
    /// Bytes kept while it does not: hours of a talkative training, and small beside its memory.
    private static let limit = 32 << 20
    /// Milliseconds between attempts while they fail, from the first to the longest.
    private static let retryInterval: Int64 = 500
    private static let longestRetryInterval: Int64 = 8_000
    /// Milliseconds between wishes to have published what was appended.
    private static let publishInterval: Int64 = 1_000

    private let service: any SupervisedRunService
    private let run: RunID
    private let name: String
    private let note: @Sendable (String) -> Void
    private var pending: [UInt8] = []
    private var droppedBytes = 0
    private var isFailing = false
    private var isAbandoned = false
    private var isUnpublished = false
    private var publishedAt: Int64 = 0
    private var isClosed = false
    private var isGivenUp = false
    private var isDone = false
    private var waiting: [Place: CheckedContinuation<Void, Never>] = [:]

    /// A place where a task may wait.
    private enum Place {
        case writer, flusher, retry, closer
    }

    init(
        service: any SupervisedRunService, run: RunID, name: String, note: @escaping @Sendable (String) -> Void
    ) {
        self.service = service
        self.run = run
        self.name = name
        self.note = note
    }

    /// For one writer at a time.
    func append(_ bytes: [UInt8]) async {
        if isAbandoned { return }
        if isFailing && pending.count + bytes.count > Self.limit {
            droppedBytes += bytes.count
            return
        }
        noteDroppedBytes()
        pending += bytes
        wake(.flusher)
        if pending.count > Self.highWater && !isFailing {
            await wait(.writer)
        }
    }

    /// No more bytes will come. Returns when all are written, or after `patience` milliseconds; `flush` goes on then.
    func close(patience: Int64) async {
        isClosed = true
        noteDroppedBytes()
        wake(.flusher)
        wake(.retry)
        if !isDone { await wait(.closer, atMost: patience) }
    }

    /// One more attempt, and `flush` returns.
    func giveUp() {
        isGivenUp = true
        wake(.retry)
    }

    /// Writes until closed and empty, and returns a sentence when the log lacks something.
    func flush() async -> String? {
        let problem = await writeAll()
        isDone = true
        wake(.closer)
        return problem
    }

    private func writeAll() async -> String? {
        var retryDelay = Self.retryInterval
        while true {
            do throws(RunServiceError) {
                if !pending.isEmpty { try await appendNext() }
                if isUnpublished { try await publishWhenDue() }
                isFailing = false
                retryDelay = Self.retryInterval
                wake(.writer)
                if pending.isEmpty {
                    if isClosed && !isUnpublished { return nil }
                    if !isClosed { await wait(.flusher, atMost: isUnpublished ? Self.publishInterval : nil) }
                }
            } catch {
                isFailing = true
                wake(.writer)
                if error.code == .unsupported {
                    abandon(error)
                } else if isClosed && (isGivenUp || error.code == .notFound) {
                    return lack(error)
                } else {
                    await wait(.retry, atMost: retryDelay)
                    retryDelay = isClosed ? Self.retryInterval : min(2 * retryDelay, Self.longestRetryInterval)
                }
            }
        }
    }

    private func appendNext() async throws(RunServiceError) {
        let batch = Array(pending.prefix(Self.highWater))
        try await service.appendLog(batch, named: name, of: run)
        pending.removeFirst(batch.count)
        isUnpublished = true
    }

    private func publishWhenDue() async throws(RunServiceError) {
        let isLast = isClosed && pending.isEmpty
        let now = MonotonicClock.now()
        guard isLast || now - publishedAt >= Self.publishInterval else { return }
        publishedAt = now
        isUnpublished = try await !service.publishLogs(of: run, isFinal: isLast)
    }

    /// Returns when `place` is woken, or after so many milliseconds.
    private func wait(_ place: Place, atMost milliseconds: Int64? = nil) async {
        let timer = milliseconds.map { milliseconds in
            Task {
                // One that was stopped must not wake the next task that waits here.
                guard (try? await Task.sleep(for: .milliseconds(milliseconds))) != nil else { return }
                wake(place)
            }
        }
        await withCheckedContinuation { waiting[place] = $0 }
        timer?.cancel()
    }

    private func abandon(_ error: RunServiceError) {
        isAbandoned = true
        isFailing = false
        isUnpublished = false
        pending = []
        note("runwatch: the run goes on, but its log is not kept: \(error)")
    }

    private func lack(_ error: RunServiceError) -> String {
        let reason =
            error.code == .notFound ? "the run was deleted in the run service." : "it could not be written: \(error)"
        return pending.isEmpty
            ? "The run's log may lack its end: \(reason)"
            : "The run's log lacks its last \(Counted.text(pending.count, "byte")): \(reason)"
    }

    private func noteDroppedBytes() {
        guard droppedBytes > 0 else { return }
        pending += Array(
            "\n[runwatch: \(Counted.text(droppedBytes, "byte")) of output not kept while the log was unavailable]\n"
                .utf8)
        droppedBytes = 0
    }

    private func wake(_ place: Place) { waiting.removeValue(forKey: place)?.resume() }
}
