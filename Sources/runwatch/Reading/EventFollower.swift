import DashboardCore
import DashboardRuntime
import RunAttention
import RunModel
import RunServices

/// Tells the events of what a command reads of a run service, and looks at logs where they decide.
struct EventFollower {
    private let source: any RunReading
    private var follower: RunFollower

    init(_ source: any RunService) {
        self.source = source
        follower = RunFollower(readsLogs: source.capabilities.readLogs == .available)
    }

    /// What happened since the last call. Nothing of the first one is news.
    mutating func take(_ runs: [Run], gone: [RunID] = []) async -> [RunEvent] {
        await take(ChangeBatch(runs: runs, goneRuns: gone, cursor: ChangeCursor("")))
    }

    /// The same of a service's changes.
    mutating func take(_ batch: ChangeBatch) async -> [RunEvent] {
        let now = SystemClock.now()
        var events = follower.take(batch, at: now.wall, monotonic: now.monotonic)
        // One at a time: the next look asks of the next.
        if let suspect = follower.nextSuspect() {
            let details = try? await source.details(of: suspect)
            let bytes = details.flatMap { $0.logsError == nil ? $0.logs.reduce(0) { $0 + $1.size } : nil }
            events += follower.noteLogs(of: suspect, bytes: bytes, at: SystemClock.now().wall)
        }
        return events
    }
}
