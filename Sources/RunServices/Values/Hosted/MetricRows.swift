/// Rows to be added to a metric table, which is made when there is none.
package struct MetricRows: Sendable, Equatable {
    /// The table's name.
    package var table: String
    /// Those that the table does not have yet are added to it.
    package var columns: [MetricColumn]
    /// Replaces the table's when it is given.
    package var properties: String?
    /// In their order.
    package var rows: [MetricRow]

    /// Rows for a table.
    package init(table: String, columns: [MetricColumn], properties: String? = nil, rows: [MetricRow]) {
        self.table = table
        self.columns = columns
        self.properties = properties
        self.rows = rows
    }
}
