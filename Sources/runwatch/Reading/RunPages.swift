import LocalStore
import RunModel
import RunReports
import RunServices

/// The answer to a question about runs, written as its pages arrive: a store of any size takes the memory of a page.
struct RunPages {
    private let service: any RunService
    private let query: RunQuery

    init(_ query: RunQuery, of service: any RunService) {
        self.query = query
        self.service = service
    }

    /// A page in the order of the subject costs what it holds. In another order each page looks at all runs, so there are
    /// few and large ones.
    private var pageSize: Int { query.order == nil || query.order == .standard ? 1_000 : 20_000 }

    /// Calls `body` with each page.
    func forEach(_ body: ([Run]) async throws -> Void) async throws {
        var left = query.limit
        if left <= 0 { return }
        var question = query
        // All that is below a run is read for each page of it.
        if case .children = query.subject {} else { question.limit = min(left, pageSize) }
        let pages = PagesAhead(question, of: service)
        if left > question.limit { try await pages.plan() }
        while let runs = try await pages.next() {
            try await body(runs.count > left ? Array(runs.prefix(left)) : runs)
            left -= runs.count
            if left <= 0 { return }
        }
    }

    /// Writes all pages.
    func write(with writer: ResultWriter, columns: [RunColumn]?) async throws {
        let now = LocalStore.systemClock()
        var listing = writer.listing((columns ?? RunColumn.standard).map(\.layout))
        let needed = (columns ?? []).compactMap(\.neededHistory)
        try await forEach { runs in
            let histories = try await MetricHistories(of: needed, in: runs, from: service)
            try listing.write(
                runs.lazy.map { ListedRun($0, columns: columns, at: now) { histories[$0, $1] } })
        }
        try listing.end()
    }
}
