import Foundation
import RunModel
import RunServices
import SlurmCommands
import SlurmService
import TestSupport
import Testing

/// What of `RunService`'s contract holds for jobs that others make; the clauses by their numbers. The suite for stores makes
/// its runs through the service, which here refuses that.
@Suite struct SlurmContractTests {
    @Test("Clause 10: changes applied in order give the same as a full read")
    func changesGiveAFullRead() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        var replica: [RunID: Run] = [:]
        var cursor: ChangeCursor?
        func follow() async throws {
            repeat {
                let batch = try await service.changes(in: .all, since: cursor, pageSize: 3)
                for run in batch.runs { replica[run.id] = run }
                for id in batch.goneRuns { replica[id] = nil }
                cursor = batch.cursor
                if !batch.hasMore { break }
            } while true
        }
        try await follow()
        let done = try await cluster.submit("true")
        let sweep = try await cluster.submit("exit $SLURM_ARRAY_TASK_ID", ["--array=0-3"])
        let held = try await cluster.submit("true", ["-H"])
        _ = try await service.run(done, is: [.completed])
        _ = try await service.run(sweep, is: [.failed])
        _ = try await service.cancel(held, includingDescendants: false)
        try await follow()
        let ids = [done, sweep, held] + (0...3).map { RunID("\(sweep)_\($0)") }
        let read = try await service.runs(RunQuery(.runs(ids))).items
        #expect(read.count == ids.count)
        for run in read { #expect(replica[run.id] == run) }
        let foreign = await #expect(throws: RunServiceError.self) {
            try await service.changes(in: .all, since: ChangeCursor("1 2 3"), pageSize: 1)
        }
        #expect(foreign?.code == .invalid)
    }

    @Test("Clause 10: a full read begins with what stands at the top of a list")
    func theNewestComeFirst() async throws {
        let cluster = try await Cluster()
        var ids: Set<RunID> = []
        for _ in 0..<12 { ids.insert(try await cluster.submit("true", ["-H", "-J", "ranked"])) }
        let known = try cluster.open()
        for id in ids { _ = try await known.run(id, is: [.queued]) }
        let moments = try await known.runs(RunQuery(.runs(Array(ids)))).items.map { ($0.id, $0.createdAt) }
        let page = try await cluster.open().changes(in: .all, since: nil, pageSize: 3).runs
        let oldest = try #require(page.map { $0.startedAt ?? $0.createdAt }.min())
        for (id, moment) in moments where !page.contains(where: { $0.id == id }) { #expect(moment <= oldest) }
        #expect(page.count == 3)
        for id in ids { _ = try await known.cancel(id, includingDescendants: false) }
    }

    @Test("Clause 11: pages neither shift nor repeat a run, and filters are ours")
    func pages() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        var ids: Set<RunID> = []
        for _ in 0..<5 { ids.insert(try await cluster.submit("true", ["-H", "-J", "paged", "-p", "night"])) }
        for id in ids { _ = try await service.run(id, is: [.queued]) }
        let filter = try Filter.parse("name = paged and tags.reason = JobHeldUser and status:queued")
        var found: [RunID] = []
        var query = RunQuery(.scope(.experiment(ExperimentID("night"))), matching: filter, limit: 2)
        repeat {
            let page = try await service.runs(query)
            found += page.items.map(\.id)
            query.page = page.next
        } while query.page != nil
        #expect(Set(found) == ids && found.count == ids.count)
        #expect(try await service.experiments().map(\.name).contains("night"))
        let missing = await #expect(throws: RunServiceError.self) {
            try await service.runs(RunQuery(.scope(.experiment(ExperimentID("nowhere")))))
        }
        #expect(missing?.code == .notFound)
        for id in ids { _ = try await service.cancel(id, includingDescendants: false) }
    }

    @Test("Clauses 12 and 13: what is not possible is refused with the declared reason")
    func refusals() async throws {
        let cluster = try await Cluster()
        let service = try cluster.open()
        let id = try await cluster.submit("true", ["-H"])
        _ = try await service.run(id, is: [.queued])
        let tag = await #expect(throws: RunServiceError.self) {
            try await service.edit(id, RunEdit(tags: [.set(key: "a", value: "b")]))
        }
        #expect(tag?.code == .unsupported && tag?.message == service.capabilities.editTags.reason)
        let fail = await #expect(throws: RunServiceError.self) {
            try await service.edit(id, RunEdit(transition: .fail(RunFailure(message: "no"))))
        }
        #expect(fail?.code == .unsupported && fail?.message == service.capabilities.markEnded.reason)
        let made = await #expect(throws: RunServiceError.self) {
            try await service.createRun(RunDraft(experimentName: "main"))
        }
        #expect(made?.code == .unsupported)
        let unknown = await #expect(throws: RunServiceError.self) { try await service.details(of: RunID("nothing")) }
        #expect(unknown?.code == .notFound)
        let viewer = try cluster.open(readOnly: true)
        for call in [
            { _ = try await viewer.cancel(id, includingDescendants: false) },
            { _ = try await viewer.give(.hold, to: id) },
        ] as [() async throws -> Void] {
            let error = await #expect(throws: RunServiceError.self) { try await call() }
            #expect(error?.code == .unsupported && error?.message == Capabilities.openedReadOnly)
        }
        _ = try await service.cancel(id, includingDescendants: false)
    }

    @Test(arguments: [
        ("slurm:", "slurm:"), ("slurm://", "slurm:"), ("SLURM:?user=all", "slurm:?user=all"),
        ("slurm:?interval=60&user=ana", "slurm:?user=ana&interval=60"), ("slurm:?interval=30", "slurm:?interval=30"),
    ])
    func addresses(text: String, normal: String) throws {
        #expect(try SlurmAddress(uri: text)?.text == normal)
    }

    @Test(arguments: [
        "slurm:x", "slurm:?user=-x", "slurm:?user=a;b", "slurm:?interval=0", "slurm:?interval=nan", "slurm:?a=b",
    ])
    func noAddresses(text: String) { #expect(throws: RunServiceError.self) { try SlurmAddress(uri: text) } }

    @Test func otherTextIsNoAddress() throws {
        #expect(try SlurmAddress(uri: "slurm") == nil)
        #expect(try SlurmAddress(uri: "/slurm:") == nil)
    }
}
