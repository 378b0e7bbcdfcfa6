import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct AnnotationContractTests {
    @Test("6. Tags are upserted and deleted by key; key-only differs from empty", arguments: RunServiceFactory.all)
    func tags(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        // Where a tag without a value cannot be kept, it is an empty one.
        let noValue: String? = service.capabilities.keyOnlyTags == .available ? nil : ""
        let odd = factory.holds.contains(.anyTagKey) ? "ünïcödé 日本 👍" : "ünïcödé 日本"
        let run = try await service.createRun(
            RunDraft(experimentName: "e", tags: Tags([("old", "1"), ("key only", nil), ("empty", "")])))
        #expect(run.tags == Tags([("old", "1"), ("key only", noValue), ("empty", "")]))
        let edited = try await service.editTags(
            [
                .set(key: "old", value: "2"), .set(key: odd, value: "a\0b\u{1b}👍"), .delete(key: "empty"),
                .delete(key: "never there"), .set(key: "late", value: nil),
            ], of: run.id)
        let expected = Tags([("old", "2"), ("key only", noValue), (odd, "a\0b\u{1b}👍"), ("late", noValue)])
        #expect(edited.tags == expected)
        #expect(try await service.details(of: run.id).run.tags == expected)
        let empty = Tags([("old", "2"), ("key only", ""), (odd, "a\0b\u{1b}👍"), ("late", noValue)])
        #expect((expected == empty) == (noValue == ""))
    }

    @Test("6. Edits of one call apply all or not at all, in their order", arguments: RunServiceFactory.all)
    func tagEditsAreAtomic(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e"))
        let error = await refusal {
            try await service.editTags([.set(key: "good", value: "1"), .set(key: "", value: "2")], of: run.id)
        }
        #expect(error?.code == .invalid)
        #expect(try await service.details(of: run.id).run.tags.isEmpty)
        let edited = try await service.editTags(
            [.set(key: "k", value: "1"), .delete(key: "k"), .set(key: "k", value: "2")], of: run.id)
        #expect(edited.tags == Tags([("k", "2")]))
    }

    @Test("14. A name changes whatever the status, and nothing else with it", arguments: RunServiceFactory.all)
    func names(_ factory: RunServiceFactory) async throws {
        let backend = try await factory.makeBackend()
        let service = try await backend.open()
        let run = try await service.createRun(
            RunDraft(experimentName: "e", name: "first", tags: Tags([("k", "v")])))
        let cursor = try await service.changes(in: .all, since: nil, pageSize: 9).cursor
        var expected = run
        for name in ["second", "ünïcödé 日本 👍 = 'a'", "second"] {
            let renamed = try await service.rename(run.id, to: name)
            expected.name = name
            expected.machineTags = renamed.machineTags
            #expect(renamed == expected)
        }
        let ended = try await service.apply(.complete, to: run.id, onBehalfOf: .lifecycle)
        #expect(try await service.rename(run.id, to: "third").name == "third")
        #expect(try await service.details(of: run.id).run.status == ended.status)
        #expect(try await service.changes(in: .all, since: cursor, pageSize: 9).runs.map(\.name) == ["third"])
        let elsewhere = try await backend.open()
        #expect(try await elsewhere.runs(in: .all, matching: nil, limit: 9).map(\.name) == ["third"])
        let before = try await service.changes(in: .all, since: nil, pageSize: 9).cursor
        _ = try await service.rename(run.id, to: "third")
        #expect(try await service.changes(in: .all, since: before, pageSize: 9).runs.isEmpty)
    }

    @Test("7. Properties are add-only, and a refused call keeps nothing", arguments: RunServiceFactory.all)
    func properties(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(
            RunDraft(experimentName: "e", properties: Properties([("author", "ana")])))
        let added = try await service.addProperties(Properties([("author", "ana"), ("b", "2")]), to: run.id)
        #expect(added.properties == Properties([("author", "ana"), ("b", "2")]))
        let error = await refusal {
            try await service.addProperties(Properties([("a-new", "1"), ("author", "bo"), ("z-new", "1")]), to: run.id)
        }
        #expect(error?.code == .immutable)
        for part in ["author", "ana", "bo"] { #expect(error?.message.contains(part) == true) }
        #expect(try await service.details(of: run.id).run.properties == added.properties)
    }

    @Test("7. Parameters are write-once in the same way", arguments: RunServiceFactory.all)
    func params(_ factory: RunServiceFactory) async throws {
        let service = try await factory.makeBackend().open()
        let run = try await service.createRun(RunDraft(experimentName: "e", params: Params([("lr", "0.1")])))
        let logged = try await service.logParams(Params([("lr", "0.1"), ("epochs", "3")]), to: run.id)
        #expect(logged.params == Params([("lr", "0.1"), ("epochs", "3")]))
        let error = await refusal { try await service.logParams(Params([("a", "1"), ("lr", "0.2")]), to: run.id) }
        #expect(error?.code == .immutable)
        for part in ["lr", "0.1", "0.2"] { #expect(error?.message.contains(part) == true) }
        #expect(try await service.details(of: run.id).run.params == logged.params)
    }
}
