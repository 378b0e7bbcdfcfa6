package import AzureMLWire
package import RunModel

/// How Azure's metrics relate to series of points, which MLflow and the screens know.
package enum AzureMetricKind {
    /// One value, or several in their order.
    package static let scalar = "azureml.v1.scalar"
    /// Rows of several columns.
    package static let table = "azureml.v1.table"

    /// The series that a column of a table is shown as: the metric itself where there is but one.
    package static func series(_ metric: String, column: String, kind: String?) -> String {
        kind == table ? "\(metric)/\(column)" : metric
    }

    /// What a cell is as a point; nil for what no series can show: nothing, and the addresses of files.
    package static func value(_ cell: AzureJSON, type: String?) -> MetricValue? {
        if type?.lowercased() == "artifact" { return nil }
        switch cell {
        case .integer(let number): return .number(Double(number))
        case .number(let number): return .number(number)
        case .bool(let value): return .number(value ? 1 : 0)
        case .text(let text):
            // Numbers that JSON has no spelling for came as texts.
            if isNumeric(type), let number = Double(text) { return .number(number) }
            return text.hasPrefix("aml://artifactId/") ? nil : .text(text)
        case .null, .list, .object: return nil
        }
    }

    /// A point as a cell of a column of this type.
    package static func cell(_ value: MetricValue) -> AzureJSON {
        switch value {
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        }
    }

    private static func isNumeric(_ type: String?) -> Bool {
        ["double", "float", "int"].contains(type?.lowercased() ?? "double")
    }
}
