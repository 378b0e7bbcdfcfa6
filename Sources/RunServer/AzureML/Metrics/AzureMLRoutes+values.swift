import AzureMLMeaning
import AzureMLWire
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Values in one answer.
    private static let page = 2_000

    /// One metric as these clients logged it, or as a series of points where others logged to it too.
    func values(of id: RunID, _ request: RetrieveMetricRequestDto) async throws -> Response {
        let name = request.metricName
        let token = try MetricPageToken(request.continuationToken)
        let table = try await service.metricTables(of: id).first { $0.name == name }
        var isOfRows = token?.isOfRows ?? false
        if let table, token == nil { isOfRows = try await isWhole(table, of: id) }
        if let table, isOfRows {
            let rows = try await service.metricRows(of: name, in: id, limit: Self.page, page: token?.page)
            let columns = AzureMetricMapping.columns(table)
            return answer(
                name, of: id, columns: columns,
                rows.items.map { AzureMetricMapping.value($0, columns: columns) }, request,
                next: rows.next.map { MetricPageToken(isOfRows: true, page: $0) },
                AzureMetricMapping.properties(table))
        }
        let points = try await service.metricHistory(
            of: MetricSeriesKey(run: id, metric: name), limit: Self.page, page: token?.page)
        guard let first = points.items.first else { throw Self.noMetric(name) }
        return answer(
            name, of: id, columns: [name: Self.type(of: first.value)],
            points.items.map { AzureMetricMapping.value($0, of: name) }, request,
            next: points.next.map { MetricPageToken(isOfRows: false, page: $0) },
            MetricProperties(uxMetricType: AzureMetricKind.scalar))
    }

    /// An even sample of a series; a table, which has no order but its own, is given from its first row on.
    func sample(of id: RunID, _ request: RetrieveMetricRequestDto) async throws -> Response {
        let name = request.metricName
        let most = min(max(request.maxValues ?? 1_000, 1), Self.page)
        let series = try await service.metricSamples(of: name, in: [id], steps: nil, maxPoints: most)
        guard let points = series.first?.points, let first = points.first else {
            return try await values(of: id, request)
        }
        return answer(
            name, of: id, columns: [name: Self.type(of: first.value)],
            points.map { AzureMetricMapping.value($0, of: name) }, request, next: nil,
            MetricProperties(uxMetricType: AzureMetricKind.scalar))
    }

    /// Whether all points of a metric came as rows of its table.
    private func isWhole(_ table: MetricTable, of id: RunID) async throws(RunServiceError) -> Bool {
        if AzureMetricMapping.properties(table)?.uxMetricType == AzureMetricKind.table { return true }
        let series = try await service.metricSamples(of: table.name, in: [id], steps: nil, maxPoints: 1)
        return (series.first?.total ?? 0) <= table.count
    }

    private func answer(
        _ name: String, of id: RunID, columns: [String: String], _ values: [MetricV2Value],
        _ request: RetrieveMetricRequestDto, next: MetricPageToken?, _ properties: MetricProperties?
    ) -> Response {
        let wanted = values.filter { value in
            let moment = value.createdUtc?.milliseconds ?? 0
            return moment >= request.startTime?.milliseconds ?? .min && moment <= request.endTime?.milliseconds ?? .max
        }
        return AzureCoding.answer(
            MetricV2Dto(
                dataContainerId: ArtifactContainer(run: id).name, name: name, columns: columns, value: wanted,
                continuationToken: next?.text, properties: properties))
    }

    private static func noMetric(_ name: String) -> RunServiceError {
        RunServiceError(.notFound, "The run has no metric \(Shown.text(name)); list its metrics to see which it has.")
    }
}

/// Where the values of a metric go on, and from which of the two places they come.
struct MetricPageToken {
    var isOfRows: Bool
    var page: PageToken

    init(isOfRows: Bool, page: PageToken) {
        self.isOfRows = isOfRows
        self.page = page
    }

    /// Nil for the first page. Throws `invalid` for what no page gave out.
    init?(_ text: String?) throws(RunServiceError) {
        guard let token = try AzurePageToken.token(text) else { return nil }
        isOfRows = token.text.hasPrefix("r")
        page = PageToken(String(token.text.dropFirst()))
    }

    var text: String { AzurePageToken.text(PageToken((isOfRows ? "r" : "p") + page.text)) }
}
