import AzureMLMeaning
import AzureMLWire
import MLflowMeaning
import RunModel
import RunServices

/// Points to be logged as run history takes them.
enum AzurePoints {
    /// One message for each metric, with steps and times filled in. Throws `invalid` for a key that cannot be one.
    static func metrics(
        _ entries: [MetricEntry], after latest: LatestMetrics, at now: Timestamp
    ) throws(RunServiceError) -> [MetricV2Dto] {
        var last: [ExactText: Int64] = [:]
        var metrics: [MetricV2Dto] = []
        // A column has one type, so texts and numbers of one metric go by different messages.
        var places: [Place: Int] = [:]
        for entry in entries {
            try MLflowName.checkName(entry.key, "metric key")
            let key = ExactText(entry.key)
            let known = last[key] ?? latest.value(forKey: entry.key)?.step
            let step = entry.step ?? known.map { $0 == .max ? .max : $0 + 1 } ?? 0
            last[key] = max(known ?? step, step)
            let isNumber = entry.value.number != nil
            let place = Place(key: key, isNumber: isNumber)
            if places[place] == nil {
                places[place] = metrics.count
                metrics.append(
                    MetricV2Dto(
                        name: entry.key, columns: [entry.key: isNumber ? "double" : "string"], value: [],
                        properties: MetricProperties(uxMetricType: AzureMetricKind.scalar)))
            }
            metrics[places[place] ?? 0].value.append(
                MetricV2Value(
                    metricId: RandomText.identifier(), createdUtc: AzureMoment.time(entry.timestamp ?? now), step: step,
                    data: [entry.key: AzureMetricKind.cell(entry.value)]))
        }
        return metrics
    }

    private struct Place: Hashable {
        var key: ExactText
        var isNumber: Bool
    }
}
