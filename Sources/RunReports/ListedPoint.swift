package import RunModel

/// One point of a metric as a listing shows it: `metric`, `step`, `timestampUtc` and `value`.
package struct ListedPoint: ListedItem {
    private let metric: String
    private let point: MetricPoint

    /// A point of the metric of this name.
    package init(_ point: MetricPoint, of metric: String) {
        self.metric = metric
        self.point = point
    }

    /// Its document.
    package func write(to sink: inout some JSONSink) {
        sink.beginObject()
        sink.member("metric", metric)
        writeMembers(to: &sink)
        sink.endObject()
    }

    /// Without the metric's name.
    func writeMembers(to sink: inout some JSONSink) {
        sink.member("step", Int(point.step))
        sink.member("timestampUtc", point.timestamp)
        sink.key("value")
        RunReport.write(point.value, to: &sink)
    }

    /// What `cells` stand below.
    package static let columns = [
        TextTable.Column("metric", canShrink: true), TextTable.Column("step", isRightAligned: true),
        TextTable.Column("time"), TextTable.Column("value", isRightAligned: true),
    ]

    /// Its row.
    package var cells: [ColumnValue] {
        [.text(metric), .integer(Int(point.step)), .moment(point.timestamp), ColumnValue(point.value)]
    }
}
