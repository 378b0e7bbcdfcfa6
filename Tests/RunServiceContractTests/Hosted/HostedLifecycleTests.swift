import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedLifecycleTests {
    @Test("H4. A deleted run vanishes for readers and comes back", arguments: HostedServiceFactory.all)
    func run(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let root = try await service.createRun(RunDraft(experimentName: "e", name: "root"))
        let child = try await service.createRun(RunDraft(experimentName: "e", name: "child", parentID: root.id))
        let below = try await service.createRun(RunDraft(experimentName: "e", name: "below", parentID: child.id))
        try await service.logMetrics([MetricEntry(key: "m", value: .number(1))], to: child.id)
        let watcher = try await backend.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: watcher)
        let before = replica.runs
        try await service.setStage(.deleted, of: [child.id])
        try await service.setStage(.deleted, of: [child.id])
        try await replica.catchUp(with: watcher)
        #expect(Set(replica.runs.keys) == [root.id, below.id])
        // Nobody can show a parent that is not there.
        #expect(replica.runs[below.id]?.parentID == nil)
        #expect(try await service.runs(in: .all, matching: nil, limit: 9).count == 2)
        #expect(try await service.children(of: root.id, recursive: true, matching: nil).isEmpty)
        #expect(try await service.experiments().map(\.counts.total) == [2])
        #expect(try await service.inspect([child.id], activeDescendants: false).isEmpty)
        #expect(try await service.metricSeries(for: [.init(run: child.id, metric: "m")], maxPoints: 9).isEmpty)
        #expect(await refusal { try await service.details(of: child.id) }?.code == .notFound)
        let edit = HostedRunEdit(RunEdit(onBehalfOf: .client, tags: [.set(key: "k", value: "v")]))
        #expect(await refusal { try await service.record(edit, on: child.id) }?.code == .deleted)
        #expect(await refusal { try await service.editTags([.delete(key: "k")], of: child.id) }?.code == .deleted)
        let hosted = try await service.hostedRun(child.id)
        #expect(hosted.stage == .deleted && hosted.deletedAt == backend.clock.now)
        #expect(hosted.run.status == .notStarted)
        try await service.setStage(.active, of: [child.id])
        try await replica.catchUp(with: watcher)
        #expect(replica.runs == before)
        #expect(try await service.hostedRun(child.id).stage == .active)
        #expect(try await service.experiments().map(\.counts.total) == [3])
        let error = await refusal { try await service.setStage(.deleted, of: [root.id, RunID("nobody")]) }
        #expect(error?.code == .notFound)
        #expect(try await service.hostedRun(root.id).stage == .active)
    }

    @Test("H4. An experiment takes its runs along, both ways", arguments: HostedServiceFactory.all)
    func experiment(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let runs = try await service.createRuns((0..<3).map { RunDraft(experimentName: "e", name: "run \($0)") })
        let other = try await service.createRun(RunDraft(experimentName: "other", parentID: runs[0].id))
        let watcher = try await backend.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: watcher)
        let before = (replica.runs, replica.experiments)
        backend.clock.advance(by: 5)
        let deleted = try await service.edit(.name("e"), ExperimentEdit(stage: .deleted))
        #expect(deleted.stage == .deleted && deleted.updatedAt == backend.clock.now)
        try await replica.catchUp(with: watcher)
        #expect(Array(replica.runs.keys) == [other.id])
        #expect(replica.runs[other.id]?.parentID == nil)
        #expect(replica.experiments.values.map(\.name) == ["other"])
        #expect(try await service.experiments().map(\.name) == ["other"])
        let scope = RunScope.experiment(deleted.id)
        #expect(await refusal { try await service.runs(in: scope, matching: nil, limit: 1) }?.code == .notFound)
        #expect(try await service.hostedRuns(runs.map(\.id)).map(\.stage) == [.deleted, .deleted, .deleted])
        try await service.setStage(.active, of: [runs[0].id])
        #expect(try await service.hostedRuns(runs.map(\.id)).map(\.stage) == [.active, .deleted, .deleted])
        try await replica.catchUp(with: watcher)
        #expect(Set(replica.runs.keys) == [runs[0].id, other.id])
        let draft = HostedRunDraft(RunDraft(experimentName: ""), experimentID: deleted.id)
        #expect(await refusal { try await service.createHosted(draft) }?.code == .deleted)
        try await service.edit(.id(deleted.id), ExperimentEdit(stage: .active))
        try await replica.catchUp(with: watcher)
        #expect(replica.runs == before.0)
        #expect(replica.experiments == before.1)
    }

    @Test("H4. Counts stay right whatever is deleted and changed meanwhile", arguments: HostedServiceFactory.all)
    func counts(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let runs = try await service.createRuns((0..<6).map { RunDraft(id: RunID("r\($0)"), experimentName: "e") })
        var generator = SeededGenerator(seed: 7)
        let watcher = try await backend.open()
        var replica = ChangeReplica()
        for step in 0..<60 {
            let id = runs[Int.random(in: 0..<6, using: &generator)].id
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: try await service.setStage(.deleted, of: [id])
            case 1: try await service.setStage(.active, of: [id])
            case 2:
                let edit = HostedRunEdit(RunEdit(onBehalfOf: .client, transition: .start))
                _ = try? await service.record(edit, on: id)
            case 3:
                let edit = HostedRunEdit(RunEdit(onBehalfOf: .client, transition: .complete))
                _ = try? await service.record(edit, on: id)
            default:
                let stage: LifecycleStage = Bool.random(using: &generator) ? .deleted : .active
                try await service.edit(.name("e"), ExperimentEdit(stage: stage))
                if stage == .deleted { try await service.edit(.name("e"), ExperimentEdit(stage: .active)) }
            }
            if step % 3 == 0 { try await replica.pull(from: watcher, pageSize: 2) }
        }
        try await replica.catchUp(with: watcher)
        let left = try await service.runs(in: .all, matching: nil, limit: 100)
        #expect(replica.runs == Dictionary(uniqueKeysWithValues: left.map { ($0.id, $0) }))
        var counts = StatusCounts()
        for run in left { counts.add(1, of: run.status) }
        #expect(try await service.experiments().map(\.counts) == [counts])
        #expect(replica.experiments.values.map(\.counts) == [counts])
    }
}
