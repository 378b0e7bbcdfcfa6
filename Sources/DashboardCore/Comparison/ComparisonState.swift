package import RunModel
import RunServices

/// Runs side by side on the whole screen.
package struct ComparisonState: Equatable, Sendable {
    /// Fewer have nothing to be compared with, and more fit no screen.
    package static let sizes = 2...8

    /// The columns; the first is the reference.
    package internal(set) var runs: [RunID]
    /// How they were chosen; empty where a person marked them.
    package let origin: String
    /// Rows are kept in which the runs do not differ.
    package internal(set) var showsAll = false
    /// Only fields with this in their names are rows.
    package internal(set) var filter = ""
    /// The row by which the runs were put in order.
    package internal(set) var order: Order?
    /// The highlighted field, which keeps its highlight wherever its row goes.
    var cursor: ComparedField?
    /// The row that it was in.
    var row = 0
    /// The first line on screen.
    var top = 0
    /// The first of the runs beside the reference on screen.
    var left = 0
    /// What is read of the runs besides.
    var readings = ComparisonReadings()

    /// A row by which runs were put in order.
    package struct Order: Equatable, Sendable {
        /// Its field.
        package let field: ComparedField
        /// Whether the greatest came first.
        package let isDescending: Bool
    }

    /// Nothing is read yet.
    init(_ runs: [RunID], origin: String = "") {
        self.runs = runs
        self.origin = origin
    }
}
