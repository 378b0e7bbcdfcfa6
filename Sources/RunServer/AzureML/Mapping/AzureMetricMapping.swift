import AzureMLMeaning
import AzureMLWire
import RunModel
import RunServices

/// Metrics between these clients' rows and ours.
enum AzureMetricMapping {
    /// Rows to be kept, each with the points by which MLflow and the screens see it.
    static func rows(_ metric: MetricV2Dto, at now: Timestamp) -> MetricRows {
        let kind = metric.properties?.uxMetricType
        let columns = metric.columns.sorted { $0.key < $1.key }
        let rows = metric.value.map { value in
            let moment = value.createdUtc.map(AzureMoment.timestamp) ?? now
            let points = value.data.sorted { $0.key < $1.key }.compactMap { column, cell in
                AzureMetricKind.value(cell, type: metric.columns[column]).map {
                    MetricEntry(
                        key: AzureMetricKind.series(metric.name, column: column, kind: kind), value: $0,
                        step: value.step, timestamp: moment)
                }
            }
            return MetricRow(
                id: value.metricId ?? RandomText.identifier(), createdAt: moment, step: value.step,
                data: AzureCoding.text(value.data), points: points)
        }
        return MetricRows(
            table: metric.name, columns: columns.map { MetricColumn(name: $0.key, type: $0.value) },
            properties: metric.properties.map { AzureCoding.text($0) }, rows: rows)
    }

    /// A row as it was sent, with something in each column: clients take a row that lacks one for broken.
    static func value(_ row: MetricRow, columns: [String: String]) -> MetricV2Value {
        let bytes = Array(row.data.utf8)
        var data = (try? AzureCoding.decoded([String: AzureJSON].self, from: bytes)) ?? [:]
        for (column, type) in columns where data[column] == nil || data[column] == .null {
            data[column] = ["double", "float"].contains(type.lowercased()) ? .number(.nan) : .null
        }
        return MetricV2Value(
            metricId: row.id, createdUtc: AzureMoment.time(row.createdAt), step: row.step, data: data)
    }

    /// A point as a row of its own metric.
    static func value(_ point: MetricPoint, of metric: String) -> MetricV2Value {
        MetricV2Value(
            metricId: nil, createdUtc: AzureMoment.time(point.timestamp), step: point.step,
            data: [metric: AzureMetricKind.cell(point.value)])
    }

    static func columns(_ table: MetricTable) -> [String: String] {
        Dictionary(table.columns.map { ($0.name, $0.type) }) { $1 }
    }

    static func properties(_ table: MetricTable) -> MetricProperties? {
        table.properties.flatMap { try? AzureCoding.decoded(MetricProperties.self, from: Array($0.utf8)) }
    }
}
