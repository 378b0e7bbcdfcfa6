import MLflowWire
import RunModel

extension WireRun {
    func record(experimentName: String) -> MLflowRecord {
        MLflowRecord(
            id: info.runID, experimentID: info.experimentID, experimentName: experimentName, name: info.name ?? "",
            status: info.status ?? "RUNNING", startTime: info.startTime ?? 0,
            endTime: info.endTime.flatMap { $0 == 0 ? nil : $0 }, user: info.user ?? "",
            tags: (data?.tags ?? []).map { ($0.key, $0.value ?? "") },
            params: (data?.params ?? []).map { ($0.key, $0.value ?? "") },
            metrics: (data?.metrics ?? []).map { ($0.key, $0.point) })
    }
}

extension WireMetric {
    var point: MetricPoint {
        MetricPoint(step: step, timestamp: Timestamp(milliseconds: timestamp), value: .number(value))
    }
}
