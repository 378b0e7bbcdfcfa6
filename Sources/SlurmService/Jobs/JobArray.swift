import RunModel
import SlurmCommands

/// All that is known of one array: its tasks, each a job, and those that wait together. As a run it is their parent.
struct JobArray {
    let id: Int
    /// In any order; at least one.
    var members: [SlurmJob]

    /// Without the tasks' own rows it would have none of its own.
    var run: Run? {
        guard let first = members.min(by: { ($0.submittedAt ?? .latest, $0.id) < ($1.submittedAt ?? .latest, $1.id) })
        else { return nil }
        let waiting = members.filter { if case .waiting = $0.arrayTask { $0.state.isPending } else { false } }
        var whole = waiting.first ?? first
        (whole.arrayJob, whole.arrayTask) = (nil, nil)
        whole.id = id
        whole.nodes = ""
        whole.comment = first.comment
        var run = whole.run
        run.status = status
        run.createdAt = first.run.createdAt
        run.startedAt = members.compactMap(\.startedAt).min()
        run.endedAt = status.isTerminal ? members.compactMap(\.endedAt).max() : nil
        run.failure = failure
        let tasks = waiting.compactMap { job in
            if case .waiting(let text) = job.arrayTask { text } else { nil }
        }
        if !tasks.isEmpty { run.tags.set(tasks.joined(separator: ","), forKey: "waiting") }
        if waiting.isEmpty { run.tags.removeValue(forKey: "reason") }
        return run
    }

    /// Running while any task does, then waiting, then the worst of the ends.
    private var status: RunStatus {
        let all = members.map(\.state.runStatus)
        for status in [RunStatus.running, .finalizing, .preparing, .paused] where all.contains(status) {
            return .running
        }
        for status in [RunStatus.queued, .failed, .canceled] where all.contains(status) { return status }
        return all.first { $0 != .completed } ?? .completed
    }

    private var failure: RunFailure? {
        guard status == .failed else { return nil }
        let failed = members.filter { $0.state.runStatus == .failed }
        let words = Dictionary(grouping: failed, by: \.state.word).map { "\($0.value.count) \($0.key)" }.sorted()
        return RunFailure(code: nil, message: "Of its tasks: " + words.joined(separator: ", "))
    }
}
