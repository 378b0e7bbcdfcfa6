import MLflowMeaning
import MLflowWire
import RunModel
import RunServices

/// What MLflow's client writes to a run, as a change of ours: some of its tags are facts of a run here.
struct MLflowChange {
    private(set) var edit = HostedRunEdit()

    init(tags: [WireEntry] = [], params: [WireEntry] = [], metrics: [WireMetric] = []) {
        for tag in tags { set(tag.key, tag.value ?? "") }
        edit.run.params = Params(params.map { ($0.key, $0.value ?? "") })
        for metric in metrics { add(metric) }
    }

    /// A change that no tag of MLflow's stands for.
    init(_ edit: HostedRunEdit) { self.edit = edit }

    private mutating func set(_ key: String, _ value: String) {
        switch key {
        case MLflowTag.runName where !value.isEmpty: edit.run.name = value
        case _ where key.hasPrefix(MLflowTag.propertyPrefix):
            edit.run.properties.set(value, forKey: String(key.dropFirst(MLflowTag.propertyPrefix.count)))
        case MLflowTag.parent:
            edit.run.tags.append(.set(key: key, value: value))
            if !value.isEmpty { edit.parentID = RunID(value) }
        default: edit.run.tags.append(.set(key: key, value: value))
        }
    }

    mutating func delete(_ key: String) { edit.run.tags.append(.delete(key: key)) }

    mutating func rename(_ name: String) { edit.run.name = name }

    /// Any status may follow any other.
    mutating func apply(status word: String?, end: Int64?) {
        edit.run.endedAt = end.map(Timestamp.init(milliseconds:))
        switch word {
        case "RUNNING": edit.run.transition = .start
        case "SCHEDULED": edit.run.transition = .queue
        case "FINISHED": edit.run.transition = .complete
        case "FAILED": edit.run.transition = .fail(RunFailure())
        case "KILLED": edit.run.transition = .canceled
        default: break
        }
    }

    private mutating func add(_ metric: WireMetric) {
        let time = Timestamp(milliseconds: metric.timestamp)
        edit.run.metrics.append(
            MetricEntry(key: metric.key, value: .number(metric.value), step: metric.step, timestamp: time))
        guard let model = metric.modelID, !model.isEmpty else { return }
        edit.modelMetrics.append(
            ModelMetric(
                modelID: model, key: metric.key,
                point: MetricPoint(step: metric.step, timestamp: time, value: .number(metric.value)),
                datasetName: metric.datasetName, datasetDigest: metric.datasetDigest))
    }
}
