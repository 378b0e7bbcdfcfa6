import Foundation
import GRDB
import RunModel
import RunServices
import TestSupport
import Testing

@testable import LocalStore

@Suite struct OpeningTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func theDefaultDirectoryFollowsXDG() {
        #expect(LocalStore.defaultDirectory(environment: ["XDG_DATA_HOME": "/data", "HOME": "/h"]) == "/data/runwatch")
        for ignored in ["", "relative/path"] {
            let environment = ["XDG_DATA_HOME": ignored, "HOME": "/h"]
            #expect(LocalStore.defaultDirectory(environment: environment) == "/h/.local/share/runwatch")
        }
        #expect(LocalStore.defaultDirectory(environment: [:]).hasSuffix("/.local/share/runwatch"))
    }

    @Test func theDescriptionAbbreviatesTheHomeDirectory() async throws {
        let store = try await LocalStore.open(at: directory.path)
        #expect(store.description == ServiceDescription(kind: "local", location: directory.path))
        #expect(store.capabilities == Capabilities(deleteRuns: .available, purgeRuns: .available))
    }

    @Test func theFileIsInWriteAheadModeAndSynchronousIsFull() async throws {
        let store = try await LocalStore.open(at: directory.path)
        try await store.createRun(RunDraft(experimentName: "e"))
        let queue = try DatabaseQueue(path: directory.path + "/runs.db")
        let mode = try await queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        #expect(mode == "wal")
        // 2 is FULL (sqlite.org/pragma.html#pragma_synchronous).
        #expect(try await store.connections.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
    }

    @Test func anEmptyFileBecomesAStore() async throws {
        try Data().write(to: URL(fileURLWithPath: directory.path + "/runs.db"))
        let store = try await LocalStore.open(at: directory.path)
        #expect(try await store.experiments().isEmpty)
    }

    @Test func whatWasWrittenIsThereAfterReopening() async throws {
        var store = try await LocalStore.open(at: directory.path)
        let draft = RunDraft(
            experimentName: "e", user: "ana", tags: Tags([("k", nil)]), properties: Properties([("p", "1")]),
            params: Params([("lr", "0.1")]),
            source: RunSource(command: ["sh", "-c", "echo \"x\\y\"\n\u{1}"], directory: "/d", host: "h"))
        let run = try await store.createRun(draft)
        let cursor = try await store.changes(in: .all, since: nil, pageSize: 10).cursor
        store = try await LocalStore.open(at: directory.path)
        let details = try await store.details(of: run.id)
        #expect(details.run == run)
        #expect(details.source == draft.source)
        #expect(run.user == "ana")
        // A cursor outlives the process that got it.
        #expect(try await store.changes(in: .all, since: cursor, pageSize: 10).runs.isEmpty)
    }

    @Test func keysInAnyNormalFormAreFound() async throws {
        let store = try await LocalStore.open(at: directory.path)
        let keys = ["z", "\u{e9}", "e\u{300}", "\u{1F600}", "\u{ff5e}", "a"]
        let run = try await store.createRun(
            RunDraft(experimentName: "e", tags: Tags(keys.map { ($0, $0) })))
        for key in keys { #expect(run.tags.value(forKey: key) == key) }
    }

    @Test func aSyntheticStoreIsConsistent() async throws {
        try await SyntheticStore.fill(directory: directory.path, runs: 1_000, experiments: 7, seed: 3)
        let store = try await LocalStore.open(at: directory.path)
        var replica = ChangeReplica()
        try await replica.catchUp(with: store, pageSize: 128)
        #expect(replica.runs.count == 1_000)
        #expect(replica.experiments.count == 7)
        for experiment in replica.experiments.values {
            let runs = replica.runs.values.filter { $0.experimentID == experiment.id }
            #expect(experiment.counts == StatusCounts(Dictionary(grouping: runs, by: \.status).mapValues(\.count)))
        }
        let parent = try #require(replica.runs.values.compactMap(\.parentID).first)
        #expect(try await store.children(of: parent, recursive: true, matching: nil).count == 7)
        let run = try #require(replica.runs.values.first { $0.endedAt != nil })
        #expect(run.metrics.keys == ["accuracy", "loss", "validation_loss"])
        let key = MetricSeriesKey(run: run.id, metric: "loss")
        let series = try #require(try await store.metricSeries(for: [key], maxPoints: 10).first)
        #expect(series.points.last == run.metrics.value(forKey: "loss"))
        try await store.logMetrics([MetricEntry(key: "loss", value: .number(0))], to: run.id)
        #expect(try await store.metricSeries(for: [key], maxPoints: 10).first?.total == 5)
        #expect(try await store.createRun(RunDraft(experimentName: "new")).number == 1)
    }
}
