import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ChildrenContractTests {
    @Test("8. Children nest five deep and know their parent and root", arguments: RunServiceFactory.all)
    func depth(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        var chain = [try await service.createRun(RunDraft(experimentName: "e"))]
        #expect(chain[0].parentID == nil)
        #expect(chain[0].rootID == chain[0].id)
        for _ in 1...5 {
            let parent = chain[chain.count - 1].id
            let run = try await service.createRun(RunDraft(experimentName: "e", parentID: parent))
            #expect(run.parentID == parent)
            #expect(run.rootID == chain[0].id)
            chain.append(run)
        }
        let direct = try await service.children(of: chain[0].id, recursive: false, matching: nil)
        #expect(direct == [chain[1]])
        let all = try await service.children(of: chain[0].id, recursive: true, matching: nil)
        #expect(all == Array(chain.dropFirst()))
        #expect(
            try await service.children(of: chain[2].id, recursive: true, matching: nil) == Array(chain.dropFirst(3)))
        #expect(try await service.children(of: chain[5].id, recursive: true, matching: nil).isEmpty)
    }

    @Test("8. A listing has parents before children and is filtered", arguments: RunServiceFactory.all)
    func listing(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let root = try await service.createRun(RunDraft(experimentName: "e"))
        var created: [Run] = []
        for generation in 0..<2 {
            let drafts = (0..<5).map { offset in
                let index = generation * 5 + offset
                return RunDraft(
                    experimentName: "e", name: "child-\(index)",
                    parentID: generation == 0 ? root.id : created[offset].id,
                    tags: Tags([("parity", index % 2 == 0 ? "even" : "odd")]),
                    properties: Properties([("index", "\(index)")]))
            }
            created += try await service.createRuns(drafts)
        }
        try await service.apply(.complete, to: created[7].id, onBehalfOf: .lifecycle)
        let all = try await service.children(of: root.id, recursive: true, matching: nil).map(\.id)
        #expect(Set(all) == Set(created.map(\.id)))
        for run in created.dropFirst(5) {
            let parent = try #require(run.parentID)
            #expect(try #require(all.firstIndex(of: parent)) < #require(all.firstIndex(of: run.id)))
        }
        func names(_ filter: String, recursive: Bool) async throws -> Set<String> {
            let parsed = try Filter.parse(filter)
            return Set(try await service.children(of: root.id, recursive: recursive, matching: parsed).map(\.name))
        }
        #expect(try await names("tags.parity=even", recursive: true) == Set([0, 2, 4, 6, 8].map { "child-\($0)" }))
        #expect(try await names("tags.parity=even", recursive: false) == Set([0, 2, 4].map { "child-\($0)" }))
        #expect(try await names("status:completed", recursive: true) == ["child-7"])
        #expect(try await names("properties.index = 9", recursive: true) == ["child-9"])
    }

    @Test("8. A batch is one transaction: all of it or nothing", arguments: RunServiceFactory.all)
    func batchIsAtomic(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let root = try await service.createRun(RunDraft(experimentName: "e"))
        let before = try await service.experiments()
        for bad in [
            RunDraft(experimentName: "e", parentID: RunID("nobody")), RunDraft(experimentName: ""),
            RunDraft(experimentName: "e", tags: Tags([("", "value")])),
        ] {
            let good = RunDraft(id: factory.id("good"), experimentName: "new experiment", parentID: root.id)
            let error = await refusal { try await service.createRuns([good, bad]) }
            #expect([.invalid, .notFound].contains(error?.code))
            #expect(try await service.experiments() == before)
            #expect(try await service.children(of: root.id, recursive: true, matching: nil).isEmpty)
        }
    }

    @Test("8. A batch keeps its order and may hold parents before their children", arguments: RunServiceFactory.all)
    func batchOrder(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let parent = RunDraft(id: factory.id("parent"), experimentName: "sweep")
        // Where the backend chooses the ids, a parent must be there before its children can name it.
        let first = factory.holds.contains(.chosenIDs) ? [] : try await service.createRuns([parent])
        let children = (0..<51).map { index in
            RunDraft(
                id: factory.id("c\(index)"), experimentName: "sweep", parentID: first.first?.id ?? parent.id,
                params: Params([("index", "\(index)")]))
        }
        let created = first + (try await service.createRuns((first.isEmpty ? [parent] : []) + children))
        #expect(created.map { $0.params.value(forKey: "index") } == [nil] + (0..<51).map { "\($0)" })
        #expect(created.dropFirst().allSatisfy { $0.parentID == created[0].id && $0.rootID == created[0].id })
        #expect(created.compactMap(\.number) == (factory.holds.contains(.runNumbers) ? Array(1...52) : []))
        #expect(Set(created.map(\.name)).count > 1)
    }

    @Test("8. Creating an id that exists answers with the run that exists", arguments: RunServiceFactory.all)
    func sameIDTwice(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        guard factory.holds.contains(.chosenIDs) else {
            let error = await refusal { try await service.createRun(RunDraft(id: RunID("same"), experimentName: "e")) }
            #expect(error?.code == .unsupported)
            return
        }
        let first = try await service.createRun(RunDraft(id: RunID("same"), experimentName: "e", name: "first"))
        let again = try await service.createRun(RunDraft(id: RunID("same"), experimentName: "e", name: "second"))
        #expect(again == first)
        let draft = RunDraft(id: RunID("twice"), experimentName: "e", tags: Tags([("k", "v"), ("l", nil)]))
        let twice = try await service.createRuns([draft, RunDraft(id: RunID("between"), experimentName: "e"), draft])
        #expect(twice.map(\.id.text) == ["twice", "between", "twice"])
        #expect(twice.first == twice.last)
        #expect(twice.first?.tags.keys == draft.tags.keys)
        #expect(try await service.experiments().map(\.counts.total) == [3])
    }
}
