package import RunModel

/// Reads all that was logged of metrics, not only samples.
package protocol MetricHosting: DescribedService {
    /// The points of a metric by time, then step, then value; empty for a metric without points.
    ///
    /// Throws `notFound` for a run that does not exist, and `invalid` for a token that this service did not give out.
    func metricHistory(
        of key: MetricSeriesKey, limit: Int, page: PageToken?
    ) async throws(RunServiceError) -> Page<MetricPoint>

    /// Samples of one metric in several runs: the points of each whose steps lie in `steps`, by step, then time.
    ///
    /// Of a run with more than `maxPoints` of them (1 or more) about that many, evenly over their order, the first and the
    /// last always among them; `total` counts those in the range. Runs without any are left out.
    func metricSamples(
        of metric: String, in runs: [RunID], steps: ClosedRange<Int64>?, maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries]

    /// The metric tables of a run, by name. Throws `notFound`.
    func metricTables(of id: RunID) async throws(RunServiceError) -> [MetricTable]

    /// The rows of a table in the order in which they were logged; empty where there is no such table.
    func metricRows(
        of table: String, in id: RunID, limit: Int, page: PageToken?
    ) async throws(RunServiceError) -> Page<MetricRow>
}
