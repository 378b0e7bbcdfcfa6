import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedExperimentTests {
    @Test("H1. Experiments are made, found, renamed and tagged", arguments: HostedServiceFactory.all)
    func life(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let made = try await service.createExperiment(
            ExperimentDraft(
                name: "first", tags: Tags([("team", "a"), ("key only", nil)]), artifactLocation: "s3://b/p"))
        #expect(made.createdAt == backend.clock.now && made.updatedAt == made.createdAt)
        #expect(made.artifactLocation == "s3://b/p" && made.stage == .active)
        #expect(Int64(made.id.text) != nil)
        #expect(try await service.experiment(.id(made.id)) == made)
        #expect(try await service.experiment(.name("first")) == made)
        backend.clock.advance(by: 1_000)
        let tagged = try await service.edit(
            .id(made.id), ExperimentEdit(tags: [.set(key: "team", value: "b"), .delete(key: "key only")]))
        #expect(tagged.tags == Tags([("team", "b")]))
        #expect(tagged.updatedAt == made.updatedAt)
        let renamed = try await service.edit(.name("first"), ExperimentEdit(name: "second"))
        #expect(renamed.name == "second" && renamed.id == made.id)
        #expect(renamed.updatedAt == backend.clock.now)
        #expect(await refusal { try await service.experiment(.name("first")) }?.code == .notFound)
        // What runs of it know follows.
        let run = try await service.createRun(RunDraft(experimentName: "second"))
        #expect(run.experimentID == made.id)
        let elsewhere = try await HostedServiceFactory.open(backend)
        #expect(try await elsewhere.experiment(.id(made.id)) == renamed)
    }

    @Test("H1. A name is taken by one experiment, also by a deleted one", arguments: HostedServiceFactory.all)
    func names(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let one = try await service.createExperiment(ExperimentDraft(name: "one"))
        let two = try await service.createExperiment(ExperimentDraft(name: "two"))
        #expect(one.id != two.id)
        #expect(await refusal { try await service.createExperiment(ExperimentDraft(name: "one")) }?.code == .conflict)
        #expect(await refusal { try await service.edit(.id(two.id), ExperimentEdit(name: "one")) }?.code == .conflict)
        try await service.edit(.id(one.id), ExperimentEdit(stage: .deleted))
        #expect(await refusal { try await service.createExperiment(ExperimentDraft(name: "one")) }?.code == .conflict)
        #expect(await refusal { try await service.createRun(RunDraft(experimentName: "one")) }?.code == .deleted)
        #expect(await refusal { try await service.edit(.id(one.id), ExperimentEdit(name: "x")) }?.code == .deleted)
        for name in ["", "two\nlines", String(repeating: "x", count: 501)] {
            #expect(await refusal { try await service.createExperiment(ExperimentDraft(name: name)) }?.code == .invalid)
        }
        #expect(try await service.edit(.id(two.id), ExperimentEdit(name: "two")).name == "two")
    }

    @Test("H1. The experiment 0 is made once, unless its name is taken", arguments: HostedServiceFactory.all)
    func byDefault(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let made = try await service.makeDefaultExperiment()
        #expect(made.id == ExperimentID("0") && made.name == "Default")
        let elsewhere = try await HostedServiceFactory.open(backend)
        #expect(try await elsewhere.makeDefaultExperiment() == made)
        #expect(try await service.createExperiment(ExperimentDraft(name: "next")).id == ExperimentID("1"))
        let (other, _) = try await factory.make()
        let run = try await other.createRun(RunDraft(experimentName: "Default"))
        #expect(try await other.makeDefaultExperiment().id == run.experimentID)
    }

    @Test("H2. Searches for experiments filter, order and page", arguments: HostedServiceFactory.all)
    func search(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        for index in 0..<7 {
            backend.clock.advance(by: index == 3 ? 0 : 10)
            let tags = index % 2 == 0 ? Tags([("even", "\(index)")]) : Tags()
            _ = try await service.createExperiment(ExperimentDraft(name: "e\(index * 3 % 7)", tags: tags))
        }
        try await service.edit(.name("e0"), ExperimentEdit(stage: .deleted))
        func names(
            _ condition: ExperimentCondition? = nil, view: LifecycleView = .active, order: [ExperimentOrder] = [],
            by limit: Int = 2
        ) async throws -> [String] {
            var search = ExperimentSearch(matching: condition, view: view, order: order, limit: limit)
            var names: [String] = []
            repeat {
                let page = try await service.experiments(search)
                #expect(page.items.count <= limit)
                names += page.items.map(\.name)
                search.page = page.next
            } while search.page != nil
            return names
        }
        // Newest first; of two of the same moment the lower id.
        #expect(try await names() == ["e4", "e1", "e5", "e6", "e2", "e3"])
        #expect(try await names(order: [ExperimentOrder(.name)]) == ["e1", "e2", "e3", "e4", "e5", "e6"])
        #expect(try await names(order: [ExperimentOrder(.id, isDescending: true)], by: 1).first == "e4")
        #expect(try await names(view: .deleted) == ["e0"])
        #expect(try await names(view: .all).count == 7)
        #expect(try await names(.name(.like, ["e%"])).count == 6)
        #expect(try await names(.name(.ilike, ["E1"])) == ["e1"])
        #expect(try await names(.id(.isIn, ["2", "3"])) == ["e6", "e3"])
        #expect(try await names(.tag("even", .isNotNull, [])) == ["e4", "e5", "e6"])
        #expect(try await names(.tag("even", .equal, ["2"])) == ["e6"])
        #expect(try await names(.not(.tag("even", .isNull, []))).count == 3)
        let start = backend.clock.now.milliseconds - 10
        #expect(try await names(.created(.greaterOrEqual, start)) == ["e4", "e1"])
        #expect(try await names(.or([.name(.equal, ["e1"]), .name(.equal, ["e2"])]), by: 1) == ["e1", "e2"])
        let page = try await service.experiments(ExperimentSearch(limit: 1))
        let wrong = ExperimentSearch(order: [ExperimentOrder(.name)], limit: 1, page: page.next)
        #expect(await refusal { try await service.experiments(wrong) }?.code == .invalid)
        let garbage = ExperimentSearch(limit: 1, page: PageToken("garbage"))
        #expect(await refusal { try await service.experiments(garbage) }?.code == .invalid)
    }
}
