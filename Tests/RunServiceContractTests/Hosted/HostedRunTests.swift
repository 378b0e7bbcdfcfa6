import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct HostedRunTests {
    @Test("H3. A client chooses id, status and times of a run", arguments: HostedServiceFactory.all)
    func creation(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        let experiment = try await service.createExperiment(ExperimentDraft(name: "e"))
        let start = backend.clock.now.advanced(byMilliseconds: -60_000)
        let tags: [(String, String?)] = [("mlflow.source.name", "train.py"), ("k", "v")]
        let draft = HostedRunDraft(
            RunDraft(
                id: RunID("chosen"), experimentName: "", name: "mine", user: "ana", tags: Tags(tags),
                params: Params([("lr", "0.1")])),
            experimentID: experiment.id, status: .running, startedAt: start, artifactURI: "s3://b/run",
            document: RunDocument(runType: "azureml.scriptrun"))
        let made = try await service.createHosted(draft)
        #expect(made.run.id == RunID("chosen") && made.run.number == 1)
        #expect(made.run.status == .running && made.run.startedAt == start && made.run.endedAt == nil)
        #expect(made.run.createdAt == backend.clock.now)
        #expect(made.run.tags == Tags([("k", "v")]))
        #expect(made.run.machineTags == Tags([("mlflow.source.name", "train.py")]))
        #expect(made.artifactURI == "s3://b/run")
        #expect(made.document.runType == "azureml.scriptrun")
        #expect(try await service.hostedRun(RunID("chosen")) == made)
        #expect(try await service.details(of: RunID("chosen")).run == made.run)
        let over = try await service.createHosted(
            HostedRunDraft(RunDraft(experimentName: "e"), status: .failed, endedAt: backend.clock.now))
        #expect(over.run.status == .failed && over.run.endedAt == backend.clock.now)
        #expect(over.run.startedAt == backend.clock.now)
        let plain = try await service.createHosted(HostedRunDraft(RunDraft(experimentName: "e")))
        #expect(plain.run.status == .notStarted && plain.run.startedAt == nil && plain.artifactURI == nil)
        let nowhere = HostedRunDraft(RunDraft(experimentName: "e"), experimentID: ExperimentID("4711"))
        #expect(await refusal { try await service.createHosted(nowhere) }?.code == .notFound)
        let orphan = HostedRunDraft(RunDraft(experimentName: "e", parentID: RunID("nobody")))
        #expect(await refusal { try await service.createHosted(orphan) }?.code == .notFound)
    }

    @Test("H3. A run that exists is answered, changed or refused", arguments: HostedServiceFactory.all)
    func existing(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let id = RunID("same")
        var draft = HostedRunDraft(
            RunDraft(id: id, experimentName: "e", name: "first", properties: Properties([("p", "1")])))
        let first = try await service.createHosted(draft)
        draft.run.name = "second"
        #expect(try await service.createHosted(draft) == first)
        draft.existing = .refuses
        #expect(await refusal { try await service.createHosted(draft) }?.code == .conflict)
        draft.existing = .changes
        draft.run.tags = Tags([("k", nil)])
        draft.run.properties = Properties([("p", "1"), ("q", "2")])
        draft.document.target = "local"
        draft.status = .running
        let changed = try await service.createHosted(draft)
        #expect(changed.run.name == "second" && changed.run.status == .running && changed.run.number == 1)
        #expect(changed.run.tags == Tags([("k", nil)]) && changed.document.target == "local")
        #expect(changed.run.properties == Properties([("p", "1"), ("q", "2")]))
        // A batch that is sent again does not set runs back that went on.
        draft.status = .notStarted
        #expect(try await service.createHosted(draft).run.status == .running)
        draft.run.properties = Properties([("p", "other")])
        draft.run.name = "third"
        #expect(await refusal { try await service.createHosted(draft) }?.code == .immutable)
        #expect(try await service.hostedRun(id).run.name == "second")
    }

    @Test("H3. A parent can be changed, but not to a run below", arguments: HostedServiceFactory.all)
    func parents(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        func create(_ name: String, under parent: RunID? = nil) async throws -> RunID {
            try await service.createRun(RunDraft(id: RunID(name), experimentName: "e", parentID: parent)).id
        }
        let (a, b) = (try await create("a"), try await create("b"))
        let c = try await create("c", under: b)
        try await service.record(HostedRunEdit(parentID: a), on: b)
        #expect(try await service.details(of: c).run.rootID == a)
        #expect(try await service.details(of: b).run.parentID == a)
        for run in [a, c] {
            #expect(await refusal { try await service.record(HostedRunEdit(parentID: c), on: run) }?.code == .invalid)
        }
        #expect(try await service.childCounts(of: [a, b, c, RunID("nobody")]) == [a: 1, b: 1])
        let all = try await service.search(RunSearch(.children(of: a, recursive: true), limit: 9)).items
        #expect(Set(all.map(\.run.id)) == [b, c])
        let direct = try await service.search(RunSearch(.children(of: a, recursive: false), limit: 9)).items
        #expect(direct.map(\.run.id) == [b])
    }

    @Test("H10. Members of a document are replaced, warnings add up", arguments: HostedServiceFactory.all)
    func documents(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        #expect(try await service.hostedRun(run.id).document == RunDocument())
        let first = RunDocument(
            runType: "a", orchestrator: "External", traits: ["x", "y"], target: "local", scriptName: "s.py",
            isHidden: true, sendsHeartbeats: true,
            creator: RunCreator(name: "Ana", objectID: "1", tenantID: "2"),
            warnings: [RunWarning(source: "s", message: "one")], error: #"{"code":"UserError"}"#,
            others: ["runDefinition": #"{"a":1}"#, "options": "null"])
        try await service.record(HostedRunEdit(document: first), on: run.id)
        #expect(try await service.hostedRun(run.id).document == first)
        let second = RunDocument(
            runType: "b", isHidden: false, creator: RunCreator(name: "Bo"),
            warnings: [RunWarning(source: "", message: "two")], others: ["options": "{}"])
        try await service.record(HostedRunEdit(document: second), on: run.id)
        let both = try await service.hostedRun(run.id).document
        #expect(both == first.changed(by: second))
        #expect(both.creator == RunCreator(name: "Bo") && both.warnings.map(\.message) == ["one", "two"])
        let hidden = try await service.createHosted(
            HostedRunDraft(RunDraft(experimentName: "e"), document: RunDocument(isHidden: true)))
        let shown = RunSearch(.experiments(nil), includesHidden: false, limit: 9)
        #expect(try await service.search(shown).items.map(\.run.id) == [run.id])
        #expect(try await service.search(RunSearch(.experiments(nil), limit: 9)).items.count == 2)
        for (field, comparator, texts, expected) in [
            (RunField.runType, FilterComparator.equal, ["b"], [run.id]), (.runType, .isNull, [], [hidden.run.id]),
            (.trait("y"), .isNotNull, [], [run.id]), (.trait("z"), .isNotNull, [], []),
            (.target, .isIn, ["local", "other"], [run.id]), (.orchestrator, .notEqual, ["x"], [run.id]),
            (.creator, .equal, ["Bo"], [run.id]), (.scriptName, .equal, ["t.py"], []),
        ] {
            let search = RunSearch(.experiments(nil), matching: .field(field, comparator, texts), limit: 9)
            #expect(try await service.search(search).items.map(\.run.id) == expected, "\(field) \(comparator)")
        }
    }
}
