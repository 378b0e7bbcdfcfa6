package import MLflowMeaning
package import MLflowWire
import RunModel

extension WireRun {
    /// The run before it means anything to us.
    package func record(experimentName: String) -> MLflowRecord {
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
    /// The databases behind MLflow's servers have no infinity, so it stands there as the greatest finite number.
    var point: MetricPoint {
        let isGreatest = value.magnitude == .greatestFiniteMagnitude
        let number = isGreatest ? (value < 0 ? -Double.infinity : .infinity) : value
        return MetricPoint(step: step, timestamp: Timestamp(milliseconds: timestamp), value: .number(number))
    }
}
