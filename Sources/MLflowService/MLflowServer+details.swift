import Algorithms
import MLflowMeaning
import MLflowWire
package import RunModel
package import RunServices

extension MLflowServer {
    /// A log listing that fails leaves its error in `logsError` and does not fail the call.
    package func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        let (run, record) = try await runAndRecord(of: id)
        var details = RunDetails(
            run: run, source: MLflowMapping.source(of: record), supervisor: MLflowSupervision(record)?.state)
        do throws(RunServiceError) {
            details.logs = try await logFiles(of: record)
        } catch {
            // Artifacts lie elsewhere, in a bucket that the server may not reach; the run can be steered all the same.
            details.logsError = error
        }
        return details
    }

    func runAndRecord(of id: RunID) async throws(RunServiceError) -> (Run, MLflowRecord) {
        let wire = try await api.run(id.text)
        guard let run = try await take([wire]).first else {
            throw RunServiceError(.notFound, "The run is not on this server any more.")
        }
        return (run, wire.record(experimentName: run.experimentName))
    }

    /// One request for each metric and up to 100 runs, of at most 2,500 points a run; `total` is a guess beyond a full
    /// sample.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        var found: [MetricSeriesKey: [MetricPoint]] = [:]
        // The server gives at most 2500 points and 100 runs at a time.
        let count = min(max(2, maxPoints), 2_500)
        for (name, keys) in Dictionary(grouping: keys, by: { ExactText($0.metric) }) {
            let metric = name.text
            for part in keys.chunks(ofCount: 100) {
                let ids = part.map(\.run.text)
                for (run, points) in try await history(of: metric, runs: ids, count: count) {
                    found[MetricSeriesKey(run: RunID(run), metric: metric)] = points
                }
            }
        }
        return keys.compactMap { key in
            guard let all = found[key], !all.isEmpty else { return nil }
            let points = all.sorted { ($0.step, $0.timestamp) < ($1.step, $1.timestamp) }
            return MetricSeries(key: key, points: Self.sample(points, count), total: Self.total(points, limit: count))
        }
    }

    /// MLflow does not say how many points a metric has: beyond a full sample, one a step is the best guess.
    private static func total(_ points: [MetricPoint], limit: Int) -> Int {
        guard points.count >= limit, let first = points.first, let last = points.last else { return points.count }
        let (span, overflow) = last.step.subtractingReportingOverflow(first.step)
        return overflow || span == .max ? points.count : max(points.count, Int(span) + 1)
    }

    /// One question for each, in pages.
    package func wholeSeries(for keys: [MetricSeriesKey]) async throws(RunServiceError) -> [MetricSeries] {
        var found: [MetricSeries] = []
        for key in keys {
            do throws(RunServiceError) {
                let points = try await api.wholeHistory(of: key.metric, run: key.run.text).map(\.point)
                let sorted = points.sorted { ($0.step, $0.timestamp) < ($1.step, $1.timestamp) }
                if !sorted.isEmpty { found.append(MetricSeries(key: key, points: sorted, total: sorted.count)) }
            } catch {
                if error.code != .notFound { throw error }
            }
        }
        return found
    }

    private func history(
        of metric: String, runs: [String], count: Int
    ) async throws(RunServiceError) -> [String: [MetricPoint]] {
        do throws(RunServiceError) {
            let points = try await api.histories(of: metric, runs: runs, count: count)
            return Dictionary(grouping: points, by: { $0.runID ?? runs[0] }).mapValues { $0.map(\.point) }
        } catch {
            // Servers before 2.10 lack the question and answer with a page, and one run that does not exist spoils it
            // for the others.
            guard [.notFound, .unsupported, .unexpectedResponse].contains(error.code) else { throw error }
        }
        var found: [String: [MetricPoint]] = [:]
        for run in runs {
            do throws(RunServiceError) {
                found[run] = try await api.history(of: metric, run: run).map(\.point)
            } catch {
                if error.code != .notFound { throw error }
            }
        }
        return found
    }

    /// An even choice that keeps the first and the last point.
    private static func sample(_ points: [MetricPoint], _ count: Int) -> [MetricPoint] {
        guard points.count > count else { return points }
        return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
    }
}
