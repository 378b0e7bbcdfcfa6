import AzureMLWire
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// Listings of runs.
    func addQueries(to history: RouterGroup<ServerContext>) {
        for place in ["experiments/:experiment/runs:query", "experimentids/:experimentID/runs:query"] {
            history.add(.post, "\(place)") { call in
                guard let reference = call.experiment else { throw ServerFault.unknownEndpoint }
                let experiment = try await service.experiment(reference)
                return try await page(try await call.body(QueryParamsDto.self), of: .experiments([experiment.id]))
            }
        }
        for place in ["experiments/:experiment/runs/:run", "experimentids/:experimentID/runs/:run", "runs/:run"] {
            history.add(.get, "\(place)/children") { call in
                let query = QueryParamsDto(
                    filter: call.query("filter"), orderby: call.query("orderby"),
                    top: call.query("top").flatMap { Int($0) },
                    continuationToken: call.query("continuationToken"))
                return try await page(
                    query, direction: call.query("sortorder"), of: .children(of: call.run, recursive: false))
            }
        }
    }

    private func page(
        _ query: QueryParamsDto, direction: String? = nil, of subject: RunSearch.Subject
    ) async throws -> Response {
        let page = try await service.search(
            RunSearch(
                subject, matching: try AzureFilterMapping.condition(query.filter),
                order: try AzureOrderMapping.order(query.orderby, direction: direction),
                limit: AzurePageToken.limit(query.top), page: try AzurePageToken.token(query.continuationToken)))
        return AzureCoding.answer(
            PaginatedDto(
                value: page.items.map(AzureRunMapping.dto), continuationToken: page.next.map(AzurePageToken.text)))
    }
}
