import AzureMLMeaning
import AzureMLWire
import MLflowMeaning
import RunModel
import RunServices

/// A run as run history tells of it, and what that means here.
///
/// What Azure has no word for is kept in the same tags as on MLflow's servers (`MLflowTag`), so that a run looks the same
/// through the workspace's MLflow address.
struct AzureRecord: Sendable {
    var dto: RunDto
    var experimentName: String

    /// A parameter is a property with this prefix, for run history knows no parameters.
    static let paramPrefix = "runwatch.param."

    var id: RunID { RunID(dto.runId) }

    var experimentID: ExperimentID { ExperimentID(dto.experimentId ?? "") }

    /// Milliseconds since 1970 at which it was created.
    var created: Int64 { (dto.createdUtc ?? dto.startTimeUtc ?? AzureTime(milliseconds: 0)).milliseconds }

    /// The tags as MLflow's rules read them.
    var tagged: MLflowRecord {
        MLflowRecord(
            id: dto.runId, experimentID: dto.experimentId ?? "", experimentName: experimentName, status: dto.status,
            startTime: created, tags: dto.tags.map { ($0.key, $0.value?.text ?? "") })
    }

    /// The value of a tag; nil where it is absent or has none.
    func tag(_ key: String) -> String? { dto.tags[key].flatMap { $0?.text } }

    var supervision: MLflowSupervision? { tag(MLflowTag.supervisor) == nil ? nil : MLflowSupervision(tagged) }

    /// Canceled under a living supervisor is an order; without one it is the end.
    func status(at now: Timestamp) -> RunStatus {
        let status = RunStatus(word: dto.status)
        guard let supervision, supervision.isAttached else { return status }
        let isLive = supervision.isLive(at: now)
        switch status {
        case .canceled where isLive: return .cancelRequested
        // The script's own client says so while its process still runs; how that ends is the supervisor's to say.
        case .completed where isLive, .failed where isLive: return .finalizing
        case .running where !isLive, .finalizing where !isLive, .cancelRequested where !isLive: return .notResponding
        default: return status
        }
    }

    /// - Parameter metrics: run history tells them apart from runs.
    func run(at now: Timestamp, metrics: LatestMetrics) -> Run {
        var (tags, machineTags): ([(String, String?)], [(String, String?)]) = ([], [])
        for (key, value) in dto.tags {
            if MLflowTag.isMachinery(key) {
                machineTags.append((key, value?.text))
            } else {
                tags.append((key, value?.text))
            }
        }
        if let description = dto.description, !description.isEmpty {
            tags.append((RunEdit.descriptionTag, description))
        }
        var (properties, params): ([(String, String)], [(String, String)]) = ([], [])
        for (key, value) in dto.properties {
            if key.hasPrefix(Self.paramPrefix) {
                params.append((String(key.dropFirst(Self.paramPrefix.count)), value.text))
            } else {
                properties.append((key, value.text))
            }
        }
        let status = status(at: now)
        let parent = dto.parentRunId.flatMap { $0.isEmpty || $0.isExactly(dto.runId) ? nil : RunID($0) }
        let name = [dto.displayName, dto.name].compactMap(\.self).first { !$0.isEmpty }
        return Run(
            id: id, experimentID: experimentID, experimentName: experimentName, name: name ?? dto.runId,
            number: dto.runNumber > 0 ? dto.runNumber : nil, status: status, parentID: parent,
            rootID: dto.rootRunId.isEmpty ? parent : RunID(dto.rootRunId),
            createdAt: Timestamp(milliseconds: created), startedAt: dto.startTimeUtc.map(AzureMoment.timestamp),
            endedAt: status.isTerminal ? dto.endTimeUtc.map(AzureMoment.timestamp) : nil, user: user,
            failure: status == .failed ? failure : nil, tags: Tags(tags), machineTags: Tags(machineTags),
            properties: Properties(properties), params: Params(params), metrics: metrics)
    }

    private var user: String {
        [dto.createdBy?.userName, tag(MLflowTag.user)].compactMap(\.self).first { !$0.isEmpty } ?? ""
    }

    private var failure: RunFailure? {
        guard let error = dto.error?.error, error.code != nil || error.message != nil else { return nil }
        return RunFailure(code: error.code, message: error.message)
    }

    /// What the run executes and where, as far as anything tells: our tags first, then what Azure noted.
    var source: RunSource? {
        var source = MLflowMapping.source(of: tagged)
        if source == nil, let script = dto.scriptName, !script.isEmpty {
            source = RunSource(command: [script], directory: "", host: "")
        }
        if source?.host.isEmpty ?? true, let target = dto.target, !target.isEmpty {
            source = source ?? RunSource(command: [], directory: "", host: "")
            source?.host = target
        }
        if source?.revision == nil, let commit = dto.properties["azureml.git.commit"]?.text, !commit.isEmpty {
            source = source ?? RunSource(command: [], directory: "", host: "")
            source?.revision = SourceRevision(
                commit: commit, branch: dto.properties["azureml.git.branch"]?.text,
                repository: dto.properties["azureml.git.repository_uri"].flatMap { Self.withoutUser($0.text) })
        }
        return source
    }

    /// An address as git keeps it may hold a password.
    private static func withoutUser(_ address: String) -> String? {
        guard let start = address.firstRange(of: "://") else { return address }
        let rest = address[start.upperBound...]
        let host = rest.prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return address }
        return String(address[..<start.upperBound] + rest[rest.index(after: at)...])
    }

    /// What else a person wants to know: why it waits, and what it warned of.
    var remarks: [String] {
        var remarks: [String] = []
        if let waiting = dto.queueingInfo, !RunStatus(word: dto.status).isTerminal {
            let parts = [waiting.code, waiting.message].compactMap(\.self).filter { !$0.isEmpty }
            if !parts.isEmpty { remarks.append("waits: " + parts.joined(separator: ": ")) }
        }
        for warning in (dto.warnings ?? []).prefix(Self.warningLimit) {
            let parts = [warning.source, warning.message].compactMap(\.self).filter { !$0.isEmpty }
            if !parts.isEmpty { remarks.append("warning: " + parts.joined(separator: ": ")) }
        }
        return remarks
    }

    /// Warnings that are told of.
    private static let warningLimit = 20
}
