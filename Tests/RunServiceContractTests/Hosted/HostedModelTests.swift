import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedModelTests {
    @Test("H11. Models are logged, finished, tagged and deleted", arguments: HostedServiceFactory.all)
    func life(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let made = try await service.createModel(
            LoggedModelDraft(
                experimentID: run.experimentID, name: "classifier", sourceRunID: run.id, modelType: "sklearn",
                tags: Tags([("a", "1")]), params: Params([("depth", "3")])))
        #expect(made.id.hasPrefix("m-") && made.id.count == 34)
        #expect(made.status == .pending && made.createdAt == backend.clock.now && made.sourceRunID == run.id)
        #expect(try await service.model(made.id) == made)
        backend.clock.advance(by: 5)
        let edit = LoggedModelEdit(
            status: .ready, tags: [.set(key: "b", value: "2"), .delete(key: "a")],
            params: Params([("depth", "3"), ("x", "y")]))
        let ready = try await service.editModel(made.id, edit)
        #expect(ready.status == .ready && ready.updatedAt == backend.clock.now)
        #expect(ready.tags == Tags([("b", "2")]) && ready.params == Params([("depth", "3"), ("x", "y")]))
        let other = LoggedModelEdit(status: .failed, params: Params([("depth", "4")]))
        #expect(await refusal { try await service.editModel(made.id, other) }?.code == .immutable)
        #expect(try await service.model(made.id) == ready)
        func log(_ value: Double, step: Int64, dataset: String? = nil) async throws {
            let point = MetricPoint(step: step, timestamp: backend.clock.now, value: .number(value))
            let metric = ModelMetric(
                modelID: made.id, key: "acc", point: point, datasetName: dataset,
                datasetDigest: dataset.map { _ in "d" })
            try await service.record(HostedRunEdit(modelMetrics: [metric]), on: run.id)
        }
        try await log(0.5, step: 1)
        try await log(0.4, step: 2)
        try await log(0.9, step: 1)
        try await log(0.7, step: 0, dataset: "test")
        try await log(.nan, step: 0, dataset: "test")
        let metrics = try await service.model(made.id).metrics
        #expect(metrics.map(\.point.value) == [.number(0.4), .number(0.7)])
        #expect(metrics.map(\.datasetName) == [nil, "test"] && metrics.allSatisfy { $0.runID == run.id })
        try await service.record(HostedRunEdit(modelOutputs: [ModelUse(modelID: made.id, step: 2)]), on: run.id)
        #expect(try await service.hostedRun(run.id).modelOutputs == [ModelUse(modelID: made.id, step: 2)])
        let writer = try await service.beginArtifact("MLmodel", under: .model(made.id))
        try await writer.write(Array("flavors:".utf8))
        try await writer.finish()
        let place = "\(run.experimentID.text)/models/\(made.id)/artifacts"
        #expect(try await service.artifacts(under: .all, in: place, after: nil).items.map(\.size) == [8])
        try await service.deleteModel(made.id)
        #expect(await refusal { try await service.model(made.id) }?.code == .notFound)
        #expect(await refusal { try await service.deleteModel(made.id) }?.code == .notFound)
        let nowhere = LoggedModelDraft(experimentID: ExperimentID("4711"))
        #expect(await refusal { try await service.createModel(nowhere) }?.code == .notFound)
    }

    @Test("H11. Searches for models filter, order and page", arguments: HostedServiceFactory.all)
    func search(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        var ids: [String] = []
        for index in 0..<7 {
            backend.clock.advance(by: 1)
            let model = try await service.createModel(
                LoggedModelDraft(
                    experimentID: run.experimentID, name: "model \(index)", sourceRunID: index % 2 == 0 ? run.id : nil,
                    tags: Tags([("parity", "\(index % 2)")]), params: Params([("n", "\(index)")])))
            ids.append(model.id)
            if index == 6 { continue }
            let point = MetricPoint(
                step: 0, timestamp: backend.clock.now, value: .number(index == 5 ? .nan : Double(-index)))
            let metric = ModelMetric(modelID: model.id, key: "acc", point: point, datasetName: index < 2 ? "test" : nil)
            try await service.record(HostedRunEdit(modelMetrics: [metric]), on: run.id)
        }
        try await service.editModel(ids[1], LoggedModelEdit(status: .ready))
        typealias Search = LoggedModelSearch
        func names(_ conditions: [Search.Condition] = [], _ order: [Search.Order] = []) async throws -> [Int] {
            var search = Search(in: [run.experimentID], matching: conditions, order: order, limit: 2)
            var names: [String] = []
            repeat {
                let page = try await service.models(search)
                #expect(page.items.count <= 2)
                names += page.items.map(\.id)
                search.page = page.next
            } while search.page != nil
            return names.compactMap { ids.firstIndex(of: $0) }
        }
        #expect(try await names() == [6, 5, 4, 3, 2, 1, 0])
        #expect(try await names([], [Search.Order(.name)]) == [0, 1, 2, 3, 4, 5, 6])
        #expect(try await names([], [Search.Order(.metric("acc"))]) == [4, 3, 2, 1, 0, 6, 5])
        #expect(try await names([], [Search.Order(.metric("acc"), isDescending: true)]) == [0, 1, 2, 3, 4, 6, 5])
        #expect(try await names([.init(.tag("parity"), .equal, [.text("1")])]) == [5, 3, 1])
        #expect(try await names([.init(.param("n"), .like, [.text("%3")])]) == [3])
        #expect(try await names([.init(.status, .equal, [.text("READY")])]) == [1])
        #expect(try await names([.init(.sourceRun, .isNull, [])]) == [5, 3, 1])
        #expect(try await names([.init(.metric("acc"), .greater, [.number(-2.5)])]) == [2, 1, 0])
        #expect(try await names([.init(.metric("acc", datasetName: "test"), .lessOrEqual, [.number(0)])]) == [1, 0])
        let created = Double(backend.clock.now.milliseconds - 1)
        #expect(try await names([.init(.created, .greaterOrEqual, [.number(created)])]) == [6, 5])
        #expect(
            try await names([.init(.name, .notEqual, [.text("model 6")]), .init(.name, .ilike, [.text("MODEL%")])])
                .count == 6)
        #expect(try await service.models(Search(in: [], limit: 9)).items.isEmpty)
        let page = try await service.models(Search(in: [run.experimentID], limit: 1))
        let wrong = Search(in: [run.experimentID], order: [Search.Order(.name)], limit: 1, page: page.next)
        #expect(await refusal { try await service.models(wrong) }?.code == .invalid)
    }

    @Test("H14. Servers of one store know of each other", arguments: HostedServiceFactory.all)
    func servers(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let process = try TestProcess()
        let here = Stamps.here(process.stamp)
        let mine = ServingProcess(
            host: here.host, process: here.process, address: "http://127.0.0.1:5000", startedAt: backend.clock.now)
        let gone = ServingProcess(
            host: here.host, process: ProcessStamp(pid: here.process.pid, startTicks: 1, bootID: here.process.bootID),
            address: "http://127.0.0.1:1", startedAt: backend.clock.now)
        let far = ServingProcess(
            host: Stamps.elsewhere.host, process: Stamps.elsewhere.process, address: "http://10.0.0.1:5000",
            startedAt: backend.clock.now.advanced(byMilliseconds: -5))
        for server in [gone, mine, far] { try await service.announce(server) }
        let elsewhere = try await HostedServiceFactory.open(backend)
        #expect(try await elsewhere.servers() == [mine, far])
        try await service.withdraw(gone)
        #expect(try await elsewhere.servers() == [mine, far])
        try await service.withdraw(mine)
        #expect(try await elsewhere.servers() == [far])
    }

    @Test("13. A host that is read-only refuses every change with its reason", arguments: HostedServiceFactory.all)
    func readOnly(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let reader = try await HostedServiceFactory.open(backend, readOnly: true)
        let calls: [() async throws -> Void] = [
            { _ = try await reader.createExperiment(ExperimentDraft(name: "x")) },
            { try await reader.edit(.name("e"), ExperimentEdit(name: "x")) },
            { _ = try await reader.makeDefaultExperiment() },
            { try await reader.createHosted(HostedRunDraft(RunDraft(experimentName: "e"))) },
            { try await reader.record(HostedRunEdit(), on: run.id) },
            { try await reader.setStage(.deleted, of: [run.id]) },
            { _ = try await reader.beginArtifact("a", under: .run(run.id)) },
            { try await reader.appendArtifact([1], to: "a", under: .run(run.id)) },
            { try await reader.deleteArtifact(nil, under: .run(run.id)) },
            { _ = try await reader.createModel(LoggedModelDraft(experimentID: run.experimentID)) },
            { try await reader.editModel("m", LoggedModelEdit()) }, { try await reader.deleteModel("m") },
        ]
        for call in calls { #expect(await refusal { try await call() }?.code == .unsupported) }
        #expect(try await reader.hostedRun(run.id).run == run)
        #expect(try await reader.search(RunSearch(.experiments(nil), limit: 9)).items.count == 1)
    }
}
