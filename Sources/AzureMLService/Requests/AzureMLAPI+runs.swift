import AzureMLWire
import HTTPTransport
import RemotePolling
import RunModel
import RunServices

extension AzureMLAPI {
    /// One page of the experiments that are not archived.
    func experimentPage(
        after token: String?, count: Int = 500
    ) async throws(RunServiceError) -> PaginatedDto<ExperimentDto> {
        try await send(
            .post, .history, "/experiments:query",
            QueryParamsDto(top: count, continuationToken: token, viewType: "ActiveOnly"),
            deadline: HTTPCall.listDeadline)
    }

    /// All experiments that are not archived.
    func experiments() async throws(RunServiceError) -> [ExperimentDto] {
        var found: [ExperimentDto] = []
        var pages = pages(of: "experiments")
        repeat {
            let page = try await experimentPage(after: pages.token)
            found += page.value.filter { $0.archivedTime == nil }
            try pages.turn(to: page.continuationToken, items: page.value.count)
        } while pages.hasMore
        return found
    }

    /// The experiment of this name, archived or not; nil where there is none.
    func experiment(named name: String) async throws(RunServiceError) -> ExperimentDto? {
        do throws(RunServiceError) {
            return try await get(.history, "/experiments/\(HTTPTransport.escaped(name))")
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// Throws `notFound`.
    func experiment(_ id: ExperimentID) async throws(RunServiceError) -> ExperimentDto {
        try await get(.history, "/experimentids/\(HTTPTransport.escaped(id.text))")
    }

    /// One page, newest first.
    func runPage(
        in experiment: ExperimentID, filter: String? = nil, after token: String? = nil, count: Int
    ) async throws(RunServiceError) -> PaginatedDto<RunDto> {
        try await send(
            .post, .history, "/experimentids/\(HTTPTransport.escaped(experiment.text))/runs:query",
            QueryParamsDto(filter: filter, orderby: "CreatedUtc desc", top: count, continuationToken: token),
            deadline: count > 100 ? HTTPCall.listDeadline : HTTPCall.listDeadline / 2)
    }

    /// Hands on all runs that match, page by page, so that no more than a page of them need be held.
    func forEachPage(
        in experiment: ExperimentID, filter: String? = nil, count: Int,
        _ body: ([RunDto]) async throws(RunServiceError) -> Void
    ) async throws(RunServiceError) {
        var pages = pages(of: "runs")
        repeat {
            let page = try await runPage(in: experiment, filter: filter, after: pages.token, count: count)
            try await body(page.value)
            try pages.turn(to: page.continuationToken, items: page.value.count)
        } while pages.hasMore
    }

    /// Throws `notFound`.
    func run(_ id: RunID) async throws(RunServiceError) -> RunDto { try await get(.history, Self.path(of: id)) }

    /// Nil for a run that does not exist, and for one that is hidden.
    func runIfThere(_ id: RunID) async throws(RunServiceError) -> RunDto? {
        // No service has such an id, and a path with it is another one.
        guard Self.isRunID(id.text) else { return nil }
        do throws(RunServiceError) {
            let run = try await run(id)
            return run.hidden ? nil : run
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    func details(of id: RunID) async throws(RunServiceError) -> RunDetailsDto {
        try await get(.history, Self.path(of: id) + "/details")
    }

    /// The direct children of a run.
    func children(of id: RunID, count: Int) async throws(RunServiceError) -> [RunDto] {
        var found: [RunDto] = []
        var pages = pages(of: "children")
        repeat {
            var query = [("$orderby", "CreatedUtc desc"), ("$top", String(count))]
            if let token = pages.token { query.append(("$continuationToken", token)) }
            let page: PaginatedDto<RunDto> = try await get(
                .history, Self.path(of: id) + "/children", query, deadline: HTTPCall.listDeadline)
            found += page.value
            try pages.turn(to: page.continuationToken, items: page.value.count)
        } while pages.hasMore
        return found.filter { !$0.hidden }
    }

    /// Where a run is that exists, whatever its experiment.
    static func path(of id: RunID) -> String { "/runs/\(HTTPTransport.escaped(id.text))" }

    /// What a path and a filter can hold without meaning something else.
    static func isRunID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 256
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
            && text != "." && text != ".."
    }
}
