package import RunModel
package import RunServices

/// A run with all points of its metrics: its document with the member `metricHistory`, which holds a list of `step`,
/// `timestampUtc` and `value` for each metric.
package struct ExportedRun: ListedItem {
    private let run: Run
    private let series: [MetricSeries]

    /// A run with its own series.
    package init(_ run: Run, _ series: [MetricSeries]) {
        self.run = run
        self.series = series
    }

    /// Its document.
    package func write(to sink: inout some JSONSink) {
        sink.beginObject()
        RunReport.writeMembers(of: run, to: &sink)
        sink.key("metricHistory")
        sink.beginObject()
        for series in series {
            sink.key(series.key.metric)
            sink.beginArray()
            for point in series.points {
                sink.beginObject()
                ListedPoint(point, of: series.key.metric).writeMembers(to: &sink)
                sink.endObject()
            }
            sink.endArray()
        }
        sink.endObject()
        sink.endObject()
    }

    /// A document has no row.
    package var cells: [ColumnValue] { [] }
}

/// One point in a spreadsheet of all points of all runs.
package struct ExportedPoint: ListedItem {
    private let run: RunID
    private let metric: String
    private let point: MetricPoint

    /// A point of a run's metric.
    package init(_ point: MetricPoint, of key: MetricSeriesKey) {
        self.point = point
        run = key.run
        metric = key.metric
    }

    /// Its document.
    package func write(to sink: inout some JSONSink) { ListedPoint(point, of: metric).write(to: &sink) }

    /// What `cells` stand below.
    package static let columns = ["run", "metric", "step", "time", "value"].map { TextTable.Column($0) }

    /// Its row.
    package var cells: [ColumnValue] {
        [.text(run.text), .text(metric), .integer(Int(point.step)), .moment(point.timestamp), ColumnValue(point.value)]
    }
}
