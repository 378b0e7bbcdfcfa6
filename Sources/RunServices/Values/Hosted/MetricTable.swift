/// A metric as Azure keeps it: rows of several columns.
package struct MetricTable: Sendable, Equatable {
    /// Unique within a run.
    package var name: String
    /// Each column with the word for its type (`double`, `string`), in the client's order.
    package var columns: [MetricColumn]
    /// A JSON object that tells clients how to show it (`uxMetricType`); nil where none was given.
    package var properties: String?
    /// How many rows it has.
    package var count: Int

    /// A table of these parts.
    package init(name: String, columns: [MetricColumn], properties: String? = nil, count: Int = 0) {
        self.name = name
        self.columns = columns
        self.properties = properties
        self.count = count
    }
}
