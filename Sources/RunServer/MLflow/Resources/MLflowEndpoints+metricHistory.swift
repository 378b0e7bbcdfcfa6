import HTTPTypes
import Hummingbird
import MLflowWire
import NIOCore
import RunModel
import RunServices

/// `metrics/…`.
extension MLflowEndpoints {
    /// Runs in one question for histories at most, and points of each.
    private static let (runLimit, pointLimit) = (100, 2_500)
    /// Points of all runs together in an answer of `get-history-bulk`.
    private static let bulkLimit = 25_000
    /// Points that are read and sent at a time.
    private static let pieceLength = 5_000

    var metricHistory: [MLflowEndpoint] {
        let interval: [MessageField] = [
            MessageField.texts("run_ids").required.demanding { value in
                let count = value.array?.count ?? 0
                return count <= Self.runLimit
                    ? nil
                    : "GetMetricHistoryBulkInterval request must specify at most \(Self.runLimit) run_ids. "
                        + "Received \(count) run_ids."
            }, .text("metric_key").required, .integer("start_step"), .integer("end_step"),
            MessageField.integer("max_results").demanding { value in
                (1...Int64(Self.pointLimit)).contains(value.int64 ?? 0)
                    ? nil : "max_results must be between 1 and \(Self.pointLimit)."
            },
        ]
        return [
            .get(
                "metrics/get-history",
                [
                    .text("run_id").required, .text("metric_key").required, .text("page_token"),
                    .integer("max_results"),
                ]
            ) { message, _ in try await history(message) },
            .get("metrics/get-history-bulk-interval", interval) { message, _ in try await samples(message) },
        ]
    }

    /// Served below `/ajax-api` only, as MLflow's server has it.
    var bulkHistory: MLflowEndpoint {
        .get("metrics/get-history-bulk", []) { _, call in try await histories(call.request.queryItems) }
    }

    private static func wire(_ point: MetricPoint, _ key: String, run: RunID? = nil) -> WireMetric? {
        guard case .number(let number) = point.value else { return nil }
        return WireMetric(
            key: key, value: number, timestamp: point.timestamp.milliseconds, step: point.step, runID: run?.text)
    }

    private func points(
        of key: String, run: RunID, limit: Int, page: PageToken? = nil
    ) async throws -> Page<MetricPoint> {
        do throws(RunServiceError) {
            return try await service.metricHistory(of: MetricSeriesKey(run: run, metric: key), limit: limit, page: page)
        } catch {
            // As in MLflow, where nobody looks for the run.
            if error.code == .notFound { return Page([]) }
            throw error
        }
    }

    private func history(_ message: Message) async throws -> Response {
        let limit = message.integer("max_results")
        if let limit, limit <= 0 {
            throw MLflowFault.invalid(
                "Invalid value \(limit) for parameter 'max_results' supplied. It must be a positive integer.")
        }
        let (run, key) = (RunID(message.runID), message.text("metric_key"))
        let most = limit.map { Int(clamping: $0) } ?? .max
        let first = try await points(
            of: key, run: run, limit: min(most, Self.pieceLength),
            page: try WireToken.decode(message.text("page_token")))
        guard first.next != nil, first.items.count < most else {
            return Self.page("metrics", first.items.compactMap { Self.wire($0, key) }, next: first.next)
        }
        return longHistory(of: key, run: run, first, limit: most)
    }

    /// In pieces, since a client that does not ask for pages wants millions of points in one answer.
    private func longHistory(of key: String, run: RunID, _ first: Page<MetricPoint>, limit: Int) -> Response {
        let body = ResponseBody { writer in
            var json = JSONWriter(capacity: 1 << 20)
            json.open("{")
            json.name("metrics")
            json.open("[")
            var (page, left) = (first, limit)
            while true {
                for point in page.items { Self.wire(point, key)?.write(to: &json) }
                try await writer.write(ByteBuffer(bytes: json.taken()))
                left -= page.items.count
                guard left > 0, let next = page.next else { break }
                page = try await points(of: key, run: run, limit: min(left, Self.pieceLength), page: next)
            }
            json.close("]")
            json.field("next_page_token", page.next.map(WireToken.encode))
            json.close("}")
            try await writer.write(ByteBuffer(bytes: json.taken()))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }

    private func histories(_ query: [(name: String, value: String)]) async throws -> Response {
        let runs = query.filter { $0.name == "run_id" }.map(\.value)
        if runs.isEmpty {
            throw MLflowFault.invalid("GetMetricHistoryBulk request must specify at least one run_id.")
        }
        if runs.count > Self.runLimit {
            throw MLflowFault.invalid(
                "GetMetricHistoryBulk request cannot specify more than \(Self.runLimit) run_ids. "
                    + "Received \(runs.count) run_ids.")
        }
        guard let key = query.first(where: { $0.name == "metric_key" })?.value else {
            throw MLflowFault.invalid("GetMetricHistoryBulk request must specify a metric_key.")
        }
        let wanted = query.first { $0.name == "max_results" }.flatMap { Int($0.value) } ?? Self.bulkLimit
        let limit = min(max(0, wanted), Self.bulkLimit)
        var metrics: [WireMetric] = []
        for run in Set(runs).sorted() where metrics.count < limit {
            let page = try await points(of: key, run: RunID(run), limit: limit - metrics.count)
            metrics += page.items.compactMap { Self.wire($0, key, run: RunID(run)) }
        }
        var json = JSONWriter(capacity: 4_096)
        json.object {
            $0.name("metrics")
            $0.array(metrics) { $1.write(to: &$0) }
        }
        return .json(json.bytes)
    }

    private func samples(_ message: Message) async throws -> Response {
        let (start, end) = (message.integer("start_step"), message.integer("end_step"))
        var steps: ClosedRange<Int64>?
        if let start, let end {
            guard start <= end else {
                throw MLflowFault.invalid(
                    "end_step must be greater than start_step. Found start_step=\(start) and end_step=\(end).")
            }
            steps = start...end
        } else if start != nil || end != nil {
            throw MLflowFault.invalid(
                "If either start step or end step are specified, both must be specified.")
        }
        let key = message.text("metric_key")
        // As in MLflow, runs that do not exist have no points.
        let runs = try await service.hostedRuns(message.texts("run_ids").map { RunID($0) }).map(\.run.id)
        let series = try await service.metricSamples(
            of: key, in: runs, steps: steps,
            maxPoints: message.integer("max_results").map { Int(clamping: $0) } ?? Self.pointLimit)
        let metrics = series.flatMap { series in
            series.points.compactMap { Self.wire($0, key, run: series.key.run) }
        }
        return Self.page("metrics", metrics, next: nil)
    }
}
