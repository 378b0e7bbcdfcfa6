import GRDB
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// Rows that no runwatch writes, in a file that others may write to: each is shown as well as it can be.
@Suite struct ForgedRowsTests {
    private let directory: TemporaryDirectory
    private let store: LocalStore
    private let database: DatabaseQueue

    init() async throws {
        directory = try TemporaryDirectory()
        store = try await LocalStore.open(at: directory.path)
        database = try DatabaseQueue(path: directory.path + "/runs.db")
    }

    private func create(_ id: String, under parent: String? = nil) async throws {
        try await store.createRun(RunDraft(id: RunID(id), experimentName: "e", parentID: parent.map { RunID($0) }))
    }

    private func forge(_ sql: String) async throws { try await database.write { try $0.execute(sql: sql) } }

    @Test func runsThatAreEachOthersParentsHaveNone() async throws {
        for (id, parent) in [("a", nil), ("b", "a"), ("c", "b"), ("below", "b"), ("itself", nil)] {
            try await create(id, under: parent)
        }
        try await forge("UPDATE runs SET parent_pk = (SELECT pk FROM runs WHERE id = 'c') WHERE id = 'a'")
        try await forge("UPDATE runs SET parent_pk = pk WHERE id = 'itself'")
        for id in ["a", "b", "c", "itself"] {
            let run = try await store.details(of: RunID(id)).run
            #expect(run.parentID == nil && run.rootID == run.id)
        }
        #expect(try await store.details(of: RunID("below")).run.parentID == RunID("b"))
        let below = try await store.children(of: RunID("a"), recursive: true, matching: nil)
        #expect(below.map(\.id.text) == ["b", "c", "below"])
        let changed = try await store.cancel(RunID("a"), includingDescendants: true)
        #expect(changed.map(\.id.text) == ["below", "c", "b", "a"])
        #expect(changed.allSatisfy { $0.status == .canceled })
        var replica = ChangeReplica()
        try await replica.catchUp(with: store)
        #expect(replica.runs.count == 5)
    }

    @Test func aParentThatIsMissingIsNone() async throws {
        try await create("a")
        try await database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: "UPDATE runs SET parent_pk = 4711")
        }
        let run = try await store.details(of: RunID("a")).run
        #expect(run.parentID == nil && run.rootID == run.id)
    }

    @Test func numbersOfAnySizeAreShown() async throws {
        try await create("a")
        let stamp = ProcessStamp(pid: 2, startTicks: 1, bootID: "other")
        try await store.attach(Supervisor(host: "elsewhere", process: stamp, command: stamp), to: RunID("a"))
        try await store.logMetrics([MetricEntry(key: "m", value: .number(1))], to: RunID("a"))
        for number in ["9223372036854775807", "-9223372036854775808", "2147483648", "1e300", "'text'", "x'00'"] {
            try await forge(
                """
                UPDATE supervisors SET pid = \(number), command_pid = \(number), start_ticks = \(number),
                    heartbeat = \(number), exit_status = \(number), exit_signal = \(number), terminated_at = \(number);
                UPDATE runs SET created_at = \(number), started_at = \(number), ended_at = \(number), number = \(number);
                UPDATE status_counts SET count = \(number);
                UPDATE latest_metrics SET count = \(number), step = \(number), timestamp = \(number);
                UPDATE experiments SET created_at = \(number);
                """)
            let details = try await store.details(of: RunID("a"))
            #expect(details.run.createdAt >= .earliest && details.run.createdAt <= .latest)
            // A number that no process has names none.
            #expect(details.supervisor.map { $0.supervisor.process.pid > 0 } ?? true)
            #expect(try await store.experiments().map(\.counts.total).allSatisfy { $0 >= 0 })
            let key = MetricSeriesKey(run: RunID("a"), metric: "m")
            _ = try await store.metricSeries(for: [key], maxPoints: 10)
            var replica = ChangeReplica()
            try await replica.catchUp(with: store)
            #expect(replica.runs[RunID("a")] == details.run)
            _ = try await store.heartbeat(of: RunID("a"))
            let records = OwnershipRecords(directory: directory.path + "/state/commands")
            await HostReaper(store, records: records, clock: LocalStore.systemClock).look()
        }
    }

    @Test func aListingOfUnlikelyTimesEnds() async throws {
        for index in 0..<5 { try await create("\(index)") }
        for number in ["9223372036854775807", "-9223372036854775808", "-1e300", "9000000000000000000"] {
            try await forge("UPDATE runs SET created_at = \(number)")
            let filter = try Filter.parse("name : nothing")
            #expect(try await store.runs(in: .all, matching: filter, limit: 10).isEmpty)
            #expect(try await store.runs(in: .all, matching: nil, limit: 10).count == 5)
        }
    }

    @Test func metricsWhoseNamesLookEqualAreTwo() async throws {
        try await create("a")
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        let entries = [(composed, 1.0), (decomposed, 2), (composed, 3)].map {
            MetricEntry(key: $0.0, value: .number($0.1))
        }
        try await store.logMetrics(entries, to: RunID("a"))
        let run = try await store.details(of: RunID("a")).run
        #expect(run.metrics.value(forKey: composed)?.value == .number(3))
        #expect(run.metrics.value(forKey: decomposed)?.value == .number(2))
        let keys = [composed, decomposed].map { MetricSeriesKey(run: RunID("a"), metric: $0) }
        #expect(try await store.metricSeries(for: keys, maxPoints: 10).map(\.total) == [2, 1])
    }
}
