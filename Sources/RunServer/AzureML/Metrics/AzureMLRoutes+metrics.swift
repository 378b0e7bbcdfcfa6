import AzureMLMeaning
import AzureMLWire
import HTTPTypes
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Metrics of one run.
    func addMetrics(to metrics: RouterGroup<ServerContext>) {
        metrics.add(.post, "batch") { call in try await log(call) }
        metrics.add(.post, "list") { call in
            AzureCoding.answer(PaginatedDto(value: try await definitions(of: call.run)))
        }
        metrics.add(.post, "full") { call in
            try await values(of: call.run, try await call.body(RetrieveMetricRequestDto.self))
        }
        metrics.add(.post, "sample") { call in
            try await sample(of: call.run, try await call.body(RetrieveMetricRequestDto.self))
        }
    }

    /// All of a batch at once; where that is refused, what can be kept of it, and the rest with a reason.
    private func log(_ call: AzureCall) async throws -> Response {
        let batch = try await call.body(BatchMetricV2Dto.self)
        let moment = now
        let rows = batch.values.map { AzureMetricMapping.rows($0, at: moment) }
        guard let refusal = try await refusal(of: rows, by: call.run) else {
            return AzureCoding.answer(PostRunMetricsResultDto(errors: []))
        }
        guard rows.count > 1 else { throw refusal }
        var errors: [PostRunMetricsErrorDto] = []
        for (metric, rows) in zip(batch.values, rows) {
            if let refusal = try await self.refusal(of: [rows], by: call.run) {
                errors.append(PostRunMetricsErrorDto(metric: metric, errorResponse: AzureFault.item(refusal)))
            }
        }
        return AzureCoding.answer(
            PostRunMetricsResultDto(errors: errors), status: errors.isEmpty ? .ok : .multiStatus)
    }

    /// Keeps rows; returns why they cannot be. Throws what has nothing to do with them.
    private func refusal(
        of rows: [MetricRows], by id: RunID
    ) async throws(RunServiceError) -> RunServiceError? {
        do throws(RunServiceError) {
            try await service.record(HostedRunEdit(metricRows: rows), on: id)
        } catch {
            if error.code == .invalid { return error }
            throw error
        }
        return nil
    }

    /// The metrics that these clients logged, and all others that are no part of one of them.
    private func definitions(of id: RunID) async throws(RunServiceError) -> [MetricDefinitionDto] {
        let tables = try await service.metricTables(of: id)
        var known: Set<String> = []
        var definitions = tables.map { table in
            let properties = AzureMetricMapping.properties(table)
            for column in table.columns {
                known.insert(
                    AzureMetricKind.series(table.name, column: column.name, kind: properties?.uxMetricType))
            }
            return MetricDefinitionDto(
                name: table.name, columns: AzureMetricMapping.columns(table), properties: properties)
        }
        let run = try await service.hostedRun(id).run
        for entry in run.metrics.entries where !known.contains(entry.key) {
            definitions.append(
                MetricDefinitionDto(
                    name: entry.key, columns: [entry.key: Self.type(of: entry.value.value)],
                    properties: MetricProperties(uxMetricType: AzureMetricKind.scalar)))
        }
        return definitions.sorted { $0.metricKey.name < $1.metricKey.name }
    }

    static func type(of value: MetricValue) -> String { value.number == nil ? "string" : "double" }
}

extension HTTPResponse.Status {
    /// 207 (RFC 4918, 13).
    fileprivate static let multiStatus = HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status")
}
