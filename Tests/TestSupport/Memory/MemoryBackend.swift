package import RunModel
import RunServices
import Synchronization

/// What the in-memory run service keeps; several instances may share one, as processes share a store.
package final class MemoryBackend: Sendable {
    struct Entry {
        var run: Run
        /// The revision of its last change that a reader can see.
        var revision = 0
        /// Counts up with creation.
        var ordinal: Int
        var source: RunSource?
        var supervisor: SupervisorState?
        var isAttached = false
        /// The status before the supervisor fell silent.
        var silenced: RunStatus?
        var points: [String: [MetricPoint]] = [:]
        var logs: [String: [UInt8]] = [:]
    }

    struct Content {
        /// Tells this backend's cursors from all others.
        let identity = RandomText.identifier()
        var revision = 0
        var entries: [RunID: Entry] = [:]
        var experiments: [ExperimentID: Experiment] = [:]
        var experimentRevisions: [ExperimentID: Int] = [:]
        var deleted: [RunID: (entry: Entry, at: Timestamp)] = [:]
        /// When a run that was deleted left.
        var departures: [RunID: Int] = [:]
    }

    private let content = Mutex(Content())

    /// A backend that holds these runs and their experiments.
    package init(holding runs: [Run] = []) {
        content.withLock { content in
            for run in runs {
                content.revision += 1
                content.entries[run.id] = Entry(run: run, revision: content.revision, ordinal: content.revision)
                let experiment =
                    content.experiments[run.experimentID]
                    ?? Experiment(id: run.experimentID, name: run.experimentName, createdAt: run.createdAt)
                content.experiments[run.experimentID] = experiment
                content.experiments[run.experimentID]?.counts.add(1, of: run.status)
                content.experimentRevisions[run.experimentID] = content.revision
            }
        }
    }

    /// Reads or changes the content as one step; what `body` changed before it throws is taken back.
    func access<Value: Sendable>(
        _ body: (inout Content) throws(RunServiceError) -> Value
    ) throws(RunServiceError) -> Value {
        let result = content.withLock { content -> Result<Value, RunServiceError> in
            let before = content
            do throws(RunServiceError) {
                return .success(try body(&content))
            } catch {
                content = before
                return .failure(error)
            }
        }
        return try result.get()
    }
}

extension MemoryBackend.Content {
    func entry(_ id: RunID) throws(RunServiceError) -> MemoryBackend.Entry {
        if let entry = entries[id] { return entry }
        throw RunServiceError(.notFound, "There is no run \(Shown.text(id.text)); check its id.")
    }

    func checkScope(_ scope: RunScope) throws(RunServiceError) {
        guard case .experiment(let id) = scope, experiments[id] == nil else { return }
        throw RunServiceError(.notFound, "There is no experiment \(Shown.text(id.text)); it may have been deleted.")
    }

    /// Changes a run, and counts that as a change when a reader can see it.
    mutating func change(_ id: RunID, _ body: (inout Run) -> Void) {
        guard let before = entries[id]?.run else { return }
        var after = before
        body(&after)
        if after == before { return }
        entries[id]?.run = after
        revision += 1
        entries[id]?.revision = revision
        if after.status == before.status { return }
        experiments[after.experimentID]?.counts.add(-1, of: before.status)
        experiments[after.experimentID]?.counts.add(1, of: after.status)
        experimentRevisions[after.experimentID] = revision
    }

    /// The ids below a run, parents before children, oldest first.
    func descendants(of id: RunID, recursive: Bool) -> [RunID] {
        var found: [RunID] = []
        var level: Set<RunID> = [id]
        repeat {
            let children = entries.values.filter { $0.run.parentID.map(level.contains) ?? false }
                .sorted { $0.ordinal < $1.ordinal }.map(\.run.id)
            found += children
            level = Set(children)
        } while recursive && !level.isEmpty
        return found
    }

    /// Marks the runs whose supervisors have been silent for too long.
    mutating func noticeSilence(at now: Timestamp) {
        for (id, entry) in entries where entry.isAttached && !entry.run.status.isTerminal {
            guard let supervisor = entry.supervisor, !supervisor.isLive(at: now) else { continue }
            switch entry.run.status {
            case .notResponding: continue
            case .cancelRequested:
                entries[id]?.isAttached = false
                change(id) {
                    $0.status = .canceled
                    $0.endedAt = now
                }
            default:
                entries[id]?.silenced = entry.run.status
                change(id) { $0.status = .notResponding }
            }
        }
    }

    /// Gives a run back the status that it had before its supervisor fell silent.
    mutating func endSilence(of id: RunID) {
        guard let before = entries[id]?.silenced else { return }
        entries[id]?.silenced = nil
        change(id) { if $0.status == .notResponding { $0.status = before } }
    }
}
