import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct PageContractTests {
    /// All items, page by page; `between` runs after each page.
    private func pages(
        _ query: RunQuery, of service: any RunService, between: (Int) async throws -> Void = { _ in }
    ) async throws -> [[String]] {
        var query = query
        var pages: [[String]] = []
        while true {
            let page = try await service.runs(query)
            pages.append(page.items.map(\.name))
            guard let next = page.next, pages.count < 50 else { return pages }
            query.page = next
            try await between(pages.count)
        }
    }

    @Test("11. Pages hold each run once, in every order", arguments: RunServiceFactory.all)
    func ordered(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        for index in 0..<7 {
            backend.clock.advance(by: 1)
            let run = try await service.createRun(
                RunDraft(experimentName: index % 2 == 0 ? "even" : "odd", name: "run \((index * 4) % 7 + 5)"))
            // Every third has no such metric, and two have the same value.
            if index % 3 != 0 {
                let entry = MetricEntry(key: "loss", value: .number(Double(index / 3) - 0.5))
                try await service.logMetrics([entry], to: run.id)
            }
            try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        }
        let all = try await service.runs(in: .all, matching: nil, limit: .max)
        let now = backend.clock.now
        let orders: [SortOrder?] =
            [nil, .standard]
            + [.name, .status, .experiment, .metric("loss"), .started].flatMap { column in
                [false, true].map { SortOrder(column: column, isDescending: $0) }
            }
        for order in orders {
            let expected = (order ?? .standard).sorted(all, at: now).map(\.name)
            for limit in [1, 3, 7, 100] {
                let found = try await pages(RunQuery(.scope(.all), order: order, limit: limit), of: service)
                #expect(found.flatMap(\.self) == expected, "\(String(describing: order)) by \(limit)")
                #expect(found.allSatisfy { $0.count <= limit })
            }
        }
        let filter = try Filter.parse("experiment = even")
        let found = try await pages(RunQuery(.scope(.all), matching: filter, limit: 2), of: service)
        #expect(found.map(\.count) == [2, 2])
        #expect(try await service.runs(RunQuery(.scope(.all), limit: 0)).items.isEmpty)
    }

    @Test(
        "11. What is created or changed between two pages neither shifts nor repeats a run",
        arguments: RunServiceFactory.all)
    func steady(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        for index in 0..<6 {
            backend.clock.advance(by: 1)
            let run = try await service.createRun(RunDraft(experimentName: "e", name: "run \(index)"))
            try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle)
        }
        let found = try await pages(RunQuery(.scope(.all), limit: 2), of: service) { page in
            backend.clock.advance(by: 1)
            try await service.createRun(RunDraft(experimentName: "e", name: "late \(page)"))
        }
        #expect(found == [["run 5", "run 4"], ["run 3", "run 2"], ["run 1", "run 0"]])
    }

    @Test("11. Children and runs by id come in pages too", arguments: RunServiceFactory.all)
    func subjects(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let parent = try await service.createRun(RunDraft(experimentName: "e"))
        var ids: [RunID] = []
        for index in 0..<5 {
            backend.clock.advance(by: 1)
            ids.append(
                try await service.createRun(
                    RunDraft(experimentName: "e", name: "c\(index)", parentID: parent.id)
                ).id)
        }
        let children = RunQuery.Subject.children(of: parent.id, recursive: true)
        let natural = try await pages(RunQuery(children), of: service).flatMap(\.self)
        #expect(natural.sorted() == ["c0", "c1", "c2", "c3", "c4"])
        #expect(try await pages(RunQuery(children, limit: 2), of: service).flatMap(\.self) == natural)
        let byName = SortOrder(column: .name, isDescending: true)
        #expect(
            try await pages(RunQuery(children, order: byName, limit: 2), of: service)
                == [["c4", "c3"], ["c2", "c1"], ["c0"]])
        let asked = RunQuery(.runs([ids[3], RunID("nobody"), ids[0], ids[3], ids[4]]), limit: 2)
        #expect(try await pages(asked, of: service) == [["c3", "c0"], ["c4"]])
        let error = await refusal {
            try await service.runs(RunQuery(.scope(.all), limit: 2, page: PageToken("nonsense")))
        }
        #expect(error?.code == .invalid)
    }
}
