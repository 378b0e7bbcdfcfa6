import AzureMLMeaning
import AzureMLWire
import RunModel

/// A column of a metric, which is a series of points here.
struct AzureSeries: Hashable, Sendable {
    /// As run history calls it.
    var metric: String
    var column: String
    /// As it is called here.
    var key: String

    /// The series of a metric: one, or one for each column of a table. Addresses of files are none.
    static func all(of definition: MetricDefinitionDto) -> [AzureSeries] {
        let name = definition.metricKey.name
        let kind = definition.properties?.uxMetricType
        return definition.columns.sorted { $0.key < $1.key }.filter { $0.value.lowercased() != "artifact" }.map {
            AzureSeries(
                metric: name, column: $0.key, key: AzureMetricKind.series(name, column: $0.key, kind: kind))
        }
    }

    /// The points among rows, in the order of step, then time. Rows without a step count up.
    func points(of answer: MetricV2Dto) -> [MetricPoint] {
        let rows = answer.value.enumerated().sorted {
            ($0.element.createdUtc?.milliseconds ?? 0, $0.offset) < (
                $1.element.createdUtc?.milliseconds ?? 0, $1.offset
            )
        }
        var points: [MetricPoint] = []
        for (index, row) in rows.map(\.element).enumerated() {
            // Where a service names the only column in its own way.
            let cell = row.data[column] ?? (row.data.count == 1 ? row.data.values.first : nil)
            let type = answer.columns[column] ?? (answer.columns.count == 1 ? answer.columns.values.first : nil)
            guard let cell, let value = AzureMetricKind.value(cell, type: type) else { continue }
            points.append(
                MetricPoint(
                    step: row.step ?? Int64(index),
                    timestamp: row.createdUtc.map(AzureMoment.timestamp) ?? Timestamp(milliseconds: 0), value: value))
        }
        return points.sorted { ($0.step, $0.timestamp) < ($1.step, $1.timestamp) }
    }
}
