import FileAccess
import RunModel
package import RunServices

extension TensorBoardDirectory {
    /// Reads what was added since a sample was taken last; all metrics asked for of one run in one go.
    package func metricSeries(
        for keys: [MetricSeriesKey], maxPoints: Int
    ) async throws(RunServiceError) -> [MetricSeries] {
        let count = max(2, maxPoints)
        return try await series(for: keys) { [samples] pass, tags throws(RunServiceError) in
            let known = try samples.sampled(pass, tags, size: count)
            return tags.compactMap { tag in
                guard let sample = known[tag], sample.total > 0 else { return nil }
                let chosen = sample.sample(count)
                return MetricSeries(
                    key: MetricSeriesKey(run: pass.run, metric: tag.text), points: chosen.points, total: sample.total,
                    spans: chosen.spans)
            }
        }
    }

    /// Reads the files from their beginnings; all points of the metrics asked for are held in memory.
    package func wholeSeries(for keys: [MetricSeriesKey]) async throws(RunServiceError) -> [MetricSeries] {
        try await series(for: keys) { pass, tags throws(RunServiceError) in
            var points: [ExactText: [MetricPoint]] = Dictionary(tags.map { ($0, []) }) { $1 }
            try pass.read(from: [:]) { tag, point in points[tag]?.append(point) }
            return tags.compactMap { tag in
                guard var found = points[tag], !found.isEmpty else { return nil }
                if zip(found, found.dropFirst()).contains(where: { $1.isBefore($0) }) { found.sort { $0.isBefore($1) } }
                let key = MetricSeriesKey(run: pass.run, metric: tag.text)
                return MetricSeries(key: key, points: found, total: found.count)
            }
        }
    }

    /// In the order of the keys; those of runs that are gone are left out.
    private func series(
        for keys: [MetricSeriesKey],
        _ read: @escaping @Sendable (SeriesPass, [ExactText]) throws(RunServiceError) -> [MetricSeries]
    ) async throws(RunServiceError) -> [MetricSeries] {
        try await lookOnce()
        var found: [MetricSeriesKey: MetricSeries] = [:]
        for (run, wanted) in Dictionary(grouping: keys, by: \.run) {
            let path = LogShelf.path(of: run)
            try await finish(path)
            let pass = try await withShelf { shelf throws(RunServiceError) in
                shelf.runs[path].map { SeriesPass(run, $0) }
            }
            guard let pass else { continue }
            var seen: Set<ExactText> = []
            let tags = wanted.map { ExactText($0.metric) }.filter { seen.insert($0).inserted }
            // One after the other, so that a second question goes on from where the first one read to.
            let series = await readings.run { () -> Result<[MetricSeries], RunServiceError> in
                do throws(RunServiceError) { return .success(try read(pass, tags)) } catch { return .failure(error) }
            }
            for one in try series.get() { found[one.key] = one }
        }
        var seen: Set<MetricSeriesKey> = []
        return keys.compactMap { seen.insert($0).inserted ? found[$0] : nil }
    }
}
