import Algorithms
import HTTPTransport
import MLflowWire
import RemotePolling
import RunModel
import RunServices

/// What belongs to one run and may fill several pages.
extension MLflowAPI {
    /// Files and folders of a run that are listed at most, 2 MB of them; the rest of a larger folder stays unknown.
    private static let artifactLimit = 20_000
    /// Points of one metric that are held at most, 4 MB of them.
    private static let pointLimit = 100_000

    /// One page of what lies at the top of a run's artifacts, or in a folder of them.
    func artifactPage(
        of run: String, in folder: String?, after token: String?
    ) async throws(RunServiceError) -> WireArtifactList {
        var query = [("run_id", run), ("run_uuid", run)]
        if let folder { query.append(("path", folder)) }
        if let token { query.append(("page_token", token)) }
        return try await get("artifacts/list", query)
    }

    /// What lies at the top of a run's artifacts, or in a folder of them.
    func artifacts(of run: String, in folder: String? = nil) async throws(RunServiceError) -> [WireArtifact] {
        var found: [WireArtifact] = []
        var pages = pages(of: "artifacts")
        repeat {
            let page = try await artifactPage(of: run, in: folder, after: pages.token)
            let files = page.files ?? []
            found += files
            try pages.turn(to: page.nextPageToken, items: files.count)
        } while pages.hasMore && found.count < Self.artifactLimit
        return found
    }

    /// The points of a metric of each of `runs`, about `count` of each, in one question.
    ///
    /// Throws `notFound`, `unsupported` or `unexpectedResponse` on servers before 2.10, which lack the question.
    func histories(
        of metric: String, runs: [String], count: Int
    ) async throws(RunServiceError) -> [WireMetric] {
        let query = runs.map { ("run_ids", $0) } + [("metric_key", metric), ("max_results", "\(count)")]
        return try await points("metrics/get-history-bulk-interval", query)
    }

    /// All points of a metric of one run, or every so many of them where they are very many. Throws `notFound`.
    func history(of metric: String, run: String) async throws(RunServiceError) -> [WireMetric] {
        try await points("metrics/get-history", [("run_id", run), ("run_uuid", run), ("metric_key", metric)])
    }

    /// All points of a metric of one run, however many. Throws `notFound`.
    func wholeHistory(of metric: String, run: String) async throws(RunServiceError) -> [WireMetric] {
        let query = [("run_id", run), ("run_uuid", run), ("metric_key", metric)]
        return try await points("metrics/get-history", query, limit: .max)
    }

    private func points(
        _ path: String, _ query: [(String, String)], limit: Int = pointLimit
    ) async throws(RunServiceError) -> [WireMetric] {
        var found: [WireMetric] = []
        var pages = pages(of: "points")
        repeat {
            let page: WireMetricList = try await get(
                path, query + (pages.token.map { [("page_token", $0)] } ?? []), deadline: HTTPCall.listDeadline)
            let points = page.metrics ?? []
            found += points
            try pages.turn(to: page.nextPageToken, items: points.count)
            // An even choice: what was read before is as dense as a chart can show.
            if pages.hasMore, found.count > limit { found = found.striding(by: 2).map(\.self) }
        } while pages.hasMore
        return found
    }
}
