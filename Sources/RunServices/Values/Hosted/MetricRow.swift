package import RunModel

/// One row of a metric table, as Azure's clients log it.
package struct MetricRow: Sendable, Equatable {
    /// Chosen by the client; a row that is sent again under the same id is kept once.
    package var id: String
    /// When it was measured.
    package var createdAt: Timestamp
    /// Nil where the client gave none.
    package var step: Int64?
    /// A JSON object with a member for each column.
    package var data: String
    /// What screens show of it: logged with the row, and only then. Empty in answers.
    package var points: [MetricEntry]

    /// A row of a table.
    package init(id: String, createdAt: Timestamp, step: Int64? = nil, data: String, points: [MetricEntry] = []) {
        self.id = id
        self.createdAt = createdAt
        self.step = step
        self.data = data
        self.points = points
    }
}
