import RunModel
import RunServices
import SlurmCommands

/// What a job is as a run.
extension SlurmJob {
    /// The word for a job that Slurm does not know any more, of which nobody saw the end.
    static let forgotten = "FORGOTTEN"

    var runID: RunID { RunID(key) }

    /// The run that an array's task is below; nil for all others.
    var parentRunID: RunID? {
        guard let arrayJob, case .number = arrayTask else { return nil }
        return RunID("\(arrayJob)")
    }

    /// Partitions are the experiments: few, and where a job stands in line. A name is the job's own.
    var experiment: String { partition.isEmpty ? "no partition" : partition }

    var run: Run {
        var run = Run(
            id: runID, experimentID: ExperimentID(experiment), experimentName: experiment, name: runName,
            status: state.runStatus, parentID: parentRunID, rootID: parentRunID,
            createdAt: submittedAt ?? startedAt ?? endsAt ?? Timestamp(milliseconds: 0), startedAt: startedAt,
            endedAt: endedAt, user: user, failure: failure, tags: tags, properties: properties, params: params)
        if isForgotten { run.endedAt = endsAt }
        return run
    }

    private var runName: String {
        let name = name.isEmpty ? key : name
        if case .number(let task) = arrayTask { return "\(name) [\(task)]" }
        return name
    }

    private var failure: RunFailure? {
        guard state.runStatus == .failed else { return nil }
        return RunFailure(code: state.word, message: stateWords)
    }

    /// What may still change, so that filters and columns have it.
    private var tags: Tags {
        var tags = Tags()
        if state.isPending, !reason.isEmpty { tags.set(reason, forKey: "reason") }
        if !nodes.isEmpty { tags.set(nodes, forKey: "nodes") }
        if case .waiting(let tasks) = arrayTask, !state.isOver { tags.set(tasks, forKey: "waiting") }
        if restarts > 0 { tags.set("\(restarts)", forKey: "restarts") }
        if !comment.isEmpty { tags.set(comment, forKey: "comment") }
        return tags
    }

    private var properties: Properties {
        var properties = Properties()
        if case .number = arrayTask { properties.set("\(id)", forKey: "job") }
        if !dependency.isEmpty { properties.set(dependency, forKey: "dependency") }
        if !account.isEmpty { properties.set(account, forKey: "account") }
        if !workDirectory.isEmpty { properties.set(workDirectory, forKey: "directory") }
        return properties
    }

    private var params: Params {
        var params = Params()
        if coreCount > 0 { params.set("\(coreCount)", forKey: "cores") }
        if nodeCount > 1 { params.set("\(nodeCount)", forKey: "nodes") }
        if let timeLimit { params.set(SlurmTime.text(timeLimit), forKey: "limit") }
        let gpus = resources.split(separator: ",").first { $0.hasPrefix("gres/gpu=") }?.dropFirst("gres/gpu=".count)
        if let gpus { params.set(String(gpus), forKey: "gpus") }
        let memory = resources.split(separator: ",").first { $0.hasPrefix("mem=") }?.dropFirst("mem=".count)
        if let memory { params.set(String(memory), forKey: "memory") }
        return params
    }

    /// What else is known, each in a sentence, for the page of the run.
    /// - Parameter wasCancelled: whether this process asked for its end.
    func remarks(at now: Timestamp, wasCancelled: Bool) -> [String] {
        var remarks: [String] = []
        if isForgotten {
            return ["Slurm has forgotten the job, and nobody saw how it ended; it was there before, and not any more."]
        }
        if state.isPending {
            remarks.append(stateWords)
            if let startsAt, startsAt > now, restarts > 0 {
                remarks.append(
                    "It was requeued, and may start again in \(Self.span(startsAt.milliseconds(since: now))).")
            } else if let startsAt, startsAt > now {
                remarks.append("Slurm guesses that it starts in \(Self.span(startsAt.milliseconds(since: now))).")
            }
        } else if !state.isOver, timeLimit != nil, let endsAt, endsAt > now {
            remarks.append("Its time limit ends it in \(Self.span(endsAt.milliseconds(since: now))).")
        } else if state.runStatus == .canceled {
            remarks.append(stateWords)
            if nodes.isEmpty { remarks.append("It was cancelled while it waited.") }
        }
        if state.word == "COMPLETED", wasCancelled {
            remarks.append("It was cancelled from here, and its script then ended with status 0.")
        }
        if state.word == "FAILED", reason == "JobLaunchFailure", let exit, exit.signal > 0, exit.signal != 53 {
            remarks.append("Slurm calls it a failure to launch, as it does when a signal ends the script.")
        }
        if restarts > 0 { remarks.append("Slurm began it anew \(Counted.text(restarts, "time")).") }
        return remarks
    }

    /// `3 min`, `2 h 05 min`, `4 d 3 h`.
    private static func span(_ milliseconds: Int64) -> String {
        let minutes = max(1, (milliseconds + 59_999) / 60_000)
        if minutes < 60 { return "\(minutes) min" }
        if minutes < 1_440 { return "\(minutes / 60) h \(minutes % 60) min" }
        return "\(minutes / 1_440) d \(minutes % 1_440 / 60) h"
    }
}
