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
        var question = query
        var left = query.limit
        if case .children = query.subject { question.limit = left } else { question.limit = min(left, pageSize) }
        while left > 0 {
            let page = try await service.runs(question)
            try await body(page.items)
            left -= page.items.count
            guard let next = page.next else { return }
            question.page = next
            question.limit = min(left, question.limit)
        }
    }

    /// Writes all pages.
    func write(with writer: ResultWriter, columns: [RunColumn]?) async throws {
        var listing = try ResultWriter.RunListing(writer, columns: columns)
        let needed = (columns ?? []).compactMap(\.neededHistory)
        try await forEach { runs in
            let histories = try await MetricHistories(of: needed, in: runs, from: service)
            try listing.write(runs) { histories[$0, $1] }
        }
        try listing.end()
    }
}
