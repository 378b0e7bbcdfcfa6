import RunModel
import RunServices

/// Carries output to the run's log in the background and outlasts a run service that refuses for a while.
///
/// While the service accepts, a full buffer makes the writer wait. While it refuses, the command must not stand still
/// for a database's sake: the buffer then grows to a limit, and what is beyond is counted and replaced by a note.
actor LogBuffer {
    /// Bytes that may wait while the log keeps up.
    private static let highWater = 1 << 20
    /// Bytes kept while it does not: hours of a talkative training, and small beside its memory.
    private static let limit = 32 << 20
    /// Milliseconds between attempts after a failure, and that failures may last once the command is over.
    private static let retryInterval = 500
    private static let patienceAtEnd: Int64 = 30_000

    private let service: any SupervisedRunService
    private let run: RunID
    private let name: String
    private var pending: [UInt8] = []
    private var droppedBytes = 0
    private var isFailing = false
    private var closedAt: Int64?
    private var writerWaiting: CheckedContinuation<Void, Never>?
    private var flusherWaiting: CheckedContinuation<Void, Never>?

    init(service: any SupervisedRunService, run: RunID, name: String) {
        self.service = service
        self.run = run
        self.name = name
    }

    /// For one writer at a time.
    func append(_ bytes: [UInt8]) async {
        if isFailing && pending.count + bytes.count > Self.limit {
            droppedBytes += bytes.count
            return
        }
        noteDroppedBytes()
        pending += bytes
        wakeFlusher()
        if pending.count > Self.highWater && !isFailing {
            await withCheckedContinuation { writerWaiting = $0 }
        }
    }

    /// No more bytes will come: `flush` returns when all are written.
    func close() {
        closedAt = MonotonicClock.now()
        noteDroppedBytes()
        wakeFlusher()
    }

    /// Writes until closed and empty, and returns the bytes that the log lacks; more than 0 is a person's business.
    func flush() async -> Int {
        var lost = 0
        while true {
            if pending.isEmpty {
                if closedAt != nil { return lost }
                await withCheckedContinuation { flusherWaiting = $0 }
                continue
            }
            let batch = pending
            pending = []
            do throws(RunServiceError) {
                try await service.appendLog(batch, named: name, of: run)
                isFailing = false
                wakeWriter()
            } catch {
                isFailing = true
                wakeWriter()
                if let closedAt, error.code == .notFound || MonotonicClock.now() - closedAt > Self.patienceAtEnd {
                    lost += batch.count + pending.count
                    pending = []
                    return lost
                }
                pending = batch + pending
                try? await Task.sleep(for: .milliseconds(Self.retryInterval))
            }
        }
    }

    private func noteDroppedBytes() {
        guard droppedBytes > 0 else { return }
        pending += Array(
            "\n[runwatch: \(droppedBytes) bytes of output were not kept while the log was unavailable]\n".utf8)
        droppedBytes = 0
    }

    private func wakeFlusher() {
        flusherWaiting?.resume()
        flusherWaiting = nil
    }

    private func wakeWriter() {
        writerWaiting?.resume()
        writerWaiting = nil
    }
}
