package import RunModel
package import RunServices

/// What a run of MLflow means to runwatch; every MLflow adapter reads and writes by these rules.
///
/// MLflow knows five statuses, one start time and no supervisors. What it cannot say is kept in tags with the prefix
/// `runwatch.`, so a run looks the same through the server, through `mlflow.db` and in `mlruns`.
package enum MLflowMapping {
    /// MLflow's word for a status.
    package static func word(for status: RunStatus) -> String {
        switch status {
        case .notStarted, .queued, .preparing: "SCHEDULED"
        case .running, .finalizing, .cancelRequested, .paused, .notResponding: "RUNNING"
        case .completed: "FINISHED"
        case .failed: "FAILED"
        case .canceled: "KILLED"
        case .unknown(let word): word
        }
    }

    /// The status that MLflow's `word` stands for.
    package static func status(word: String) -> RunStatus {
        switch word {
        case "SCHEDULED": .queued
        case "RUNNING": .running
        case "FINISHED": .completed
        case "FAILED": .failed
        case "KILLED": .canceled
        default: .unknown(word)
        }
    }

    /// The run at `now`, which decides whether its supervisor still lives. `rootID` is its parent's until a
    /// caller that knows the ancestors replaces it.
    package static func run(from record: MLflowRecord, at now: Timestamp) -> Run {
        var (tags, machineTags): ([(String, String?)], [(String, String?)]) = ([], [])
        var properties: [(String, String)] = []
        for (key, value) in record.tags {
            if key.hasPrefix(MLflowTag.propertyPrefix) {
                properties.append((String(key.dropFirst(MLflowTag.propertyPrefix.count)), value))
            } else if MLflowTag.isMachinery(key) {
                machineTags.append((key, value))
            } else {
                tags.append((key, value))
            }
        }
        let status = status(of: record, at: now)
        let isOver = status.isTerminal
        let parent = record.tag(MLflowTag.parent).flatMap { $0.isEmpty || $0 == record.id ? nil : RunID($0) }
        let named = record.name.isEmpty ? record.tag(MLflowTag.runName) ?? "" : record.name
        return Run(
            id: RunID(record.id), experimentID: ExperimentID(record.experimentID),
            experimentName: record.experimentName, name: named.isEmpty ? record.id : named, status: status,
            parentID: parent, rootID: parent, createdAt: Timestamp(milliseconds: record.startTime),
            startedAt: startTime(of: record, status).map(Timestamp.init(milliseconds:)),
            endedAt: isOver ? record.endTime.map(Timestamp.init(milliseconds:)) : nil,
            user: record.user.isEmpty ? record.tag(MLflowTag.user) ?? "" : record.user,
            failure: status == .failed ? failure(of: record) : nil, tags: Tags(tags), machineTags: Tags(machineTags),
            properties: Properties(properties), params: Params(record.params.map { ($0.key, $0.value) }),
            metrics: LatestMetrics(record.metrics.map { ($0.key, $0.point) }))
    }

    /// KILLED under a living supervisor is an order; without one it is the end.
    package static func status(of record: MLflowRecord, at now: Timestamp) -> RunStatus {
        let status = status(word: record.status)
        guard let supervision = MLflowSupervision(record), supervision.isAttached else {
            if status == .queued, let ours = record.tag(MLflowTag.status) { return RunStatus(word: ours) }
            return status
        }
        let isLive = supervision.isLive(at: now)
        if status == .canceled || record.tag(MLflowTag.cancel) != nil {
            return isLive ? .cancelRequested : status.isTerminal ? status : .notResponding
        }
        switch status {
        // The script's own client says so while its process still runs; how that ends is the supervisor's to say.
        case .completed where isLive, .failed where isLive: return .finalizing
        case .queued: return record.tag(MLflowTag.status).map(RunStatus.init(word:)) ?? .queued
        case .running where !isLive: return .notResponding
        default: return status
        }
    }

    private static func startTime(of record: MLflowRecord, _ status: RunStatus) -> Int64? {
        if record.tag(MLflowTag.created) != nil { return record.tag(MLflowTag.started).flatMap { Int64($0) } }
        return status == .queued ? nil : record.startTime
    }

    private static func failure(of record: MLflowRecord) -> RunFailure? {
        let (code, message) = (record.tag(MLflowTag.failureCode), record.tag(MLflowTag.failureMessage))
        return code == nil && message == nil ? nil : RunFailure(code: code, message: message)
    }

    /// What the run executes, where it is known.
    package static func source(of record: MLflowRecord) -> RunSource? {
        let revision = record.tag(MLflowTag.gitCommit).map {
            SourceRevision(
                commit: $0, branch: record.tag(MLflowTag.gitBranch), repository: record.tag(MLflowTag.gitRepository))
        }
        if let text = record.tag(MLflowTag.sourceCommand) {
            return RunSource(
                command: text.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init),
                directory: record.tag(MLflowTag.sourceDirectory) ?? "", host: record.tag(MLflowTag.sourceHost) ?? "",
                revision: revision)
        }
        guard let name = record.tag(MLflowTag.sourceName), !name.isEmpty else { return nil }
        return RunSource(command: [name], directory: "", host: "", revision: revision)
    }
}
