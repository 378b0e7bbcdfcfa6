import Foundation
import LocalStore
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

@testable import runwatch

/// `runwatch copy`, compared field by field.
@Suite struct CopyCommandTests {
    private static let log = Array((0..<50_000).map { "line \($0)\n" }.joined().utf8)

    /// A tree of runs with all that a run can have.
    private func fill(_ store: LocalStore, texts: Bool) async throws {
        let drafts = [
            RunDraft(
                id: RunID("top"), experimentName: "sweep", name: "top ü", user: "ana",
                tags: Tags([("quality", "great run"), ("todo", texts ? nil : "x")]),
                properties: Properties([("author", "ana")]), params: Params([("lr", "0.1"), ("layers", "[1, 2]")]),
                source: RunSource(command: ["python", "train.py", "a b"], directory: "/work", host: "box")),
            RunDraft(id: RunID("child"), experimentName: "sweep", name: "child", parentID: RunID("top"), user: "bo"),
            RunDraft(id: RunID("leaf"), experimentName: "sweep", name: "leaf", parentID: RunID("child")),
            RunDraft(id: RunID("other"), experimentName: "other", name: "other"),
        ]
        try await store.createRuns(drafts)
        for id in ["top", "child", "leaf", "other"] {
            try await store.apply(.start, to: RunID(id), onBehalfOf: .lifecycle)
        }
        var points = (0..<2_500).map { step in
            MetricEntry(
                key: "loss", value: .number(1 / Double(step + 1)), step: Int64(step),
                timestamp: Timestamp(milliseconds: 1_700_000_000_000 + Int64(step)))
        }
        let odd: [MetricValue] = [.number(.nan), .number(.infinity), .number(-.infinity), .number(0), .number(-2.5)]
        for value in odd + (texts ? [.text("Hello")] : []) {
            points.append(
                MetricEntry(key: "odd", value: value, step: -3, timestamp: Timestamp(milliseconds: 1_700_000_000_000)))
        }
        // The same point twice is two points; MLflow keeps one.
        points += (texts ? [points[0], points[0]] : [points[0]]).map { point in
            var point = point
            point.key = "twice"
            return point
        }
        try await store.logMetrics(points, to: RunID("top"))
        try await store.appendLog(Self.log, named: LogFile.output, of: RunID("top"))
        try await store.apply(.complete, to: RunID("top"), onBehalfOf: .person)
        try await store.apply(
            .fail(RunFailure(code: "OutOfMemory", message: "64 GB")), to: RunID("child"), onBehalfOf: .person)
        _ = try await store.cancel(RunID("leaf"), includingDescendants: false)
    }

    /// Every run of `source` with the same in every field in `target`, where it is found by its tag.
    private func compare(
        _ source: any SupervisedRunService, _ target: any SupervisedRunService, ids: [String], keepsTimes: Bool,
        logs: Bool
    ) async throws {
        let copies = try await target.runs(in: .all, matching: nil, limit: 100)
        func copy(of id: String) throws -> Run {
            let found = copies.filter { $0.tags.value(forKey: "copiedFrom") == id }
            #expect(found.count == 1, "\(id) is there once")
            return try #require(found.first)
        }
        for id in ids {
            let run = try await source.details(of: RunID(id)).run
            let copy = try await target.details(of: try copy(of: id).id).run
            #expect(copy.name == run.name && copy.experimentName == run.experimentName && copy.user == run.user)
            #expect(copy.status == run.status && copy.failure == run.failure)
            #expect(copy.properties == run.properties && copy.params == run.params)
            var tags = copy.tags
            tags.removeValue(forKey: "copiedFrom")
            var expected = run.tags
            expected.removeValue(forKey: "copiedFrom")
            #expect(tags == expected)
            if keepsTimes { #expect(copy.startedAt == run.startedAt && copy.endedAt == run.endedAt) }
            let parent = try run.parentID.map { try self.copyID($0, in: copies) }
            #expect(copy.parentID == parent)
            #expect(copy.metrics.keys == run.metrics.keys)
            for key in run.metrics.keys {
                let given = try await source.wholeSeries(for: [MetricSeriesKey(run: run.id, metric: key)])
                let held = try await target.wholeSeries(for: [MetricSeriesKey(run: copy.id, metric: key)])
                #expect(Self.sorted(given) == Self.sorted(held), "\(key) of \(id)")
            }
            guard logs, let log = try await source.details(of: run.id).commandLog else { continue }
            let kept = try #require(try await target.details(of: copy.id).commandLog)
            #expect(kept.size == log.size)
            let end = try await target.readLog(kept.name, of: copy.id, offset: kept.size - 20, length: 20)
            #expect(end.bytes == Array(Self.log.suffix(20)))
        }
    }

    private func copyID(_ id: RunID, in copies: [Run]) throws -> RunID {
        try #require(copies.first { $0.tags.value(forKey: "copiedFrom") == id.text }).id
    }

    /// As text, since NaN differs from itself; the order of points of one step and time is nobody's promise.
    private static func sorted(_ series: [MetricSeries]) -> [String] {
        series.flatMap(\.points).map { "\($0.step) \($0.timestamp.milliseconds) \($0.value)" }.sorted()
    }

    @Test func toAServerOfOursNothingIsLostAndNothingIsDoubled() async throws {
        let (binary, server) = (try Binary(), try await ServedStore())
        let store = try await binary.service()
        try await fill(store, texts: true)
        let arguments = ["copy", "--from", binary.store, "--to", server.address, "--with-logs"]
        let first = try await binary.call(arguments)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("4 new runs"), "\(first.output)")
        let lacks = first.output.split(separator: "\n").filter { $0.hasPrefix("Not held") }
        #expect(lacks.allSatisfy { $0.contains("times of creation (4 cases)") } && lacks.count == 1, "\(lacks)")
        try await compare(store, server.store, ids: ["top", "child", "leaf", "other"], keepsTimes: true, logs: true)
        let again = try await binary.call(arguments)
        #expect(again.output.contains("0 new runs, 4 there already, 0 points"), "\(again.output)")
        // What has come meanwhile comes later.
        try await store.logMetrics([MetricEntry(key: "late", value: .number(1))], to: RunID("other"))
        try await store.apply(.complete, to: RunID("other"), onBehalfOf: .person)
        try await store.editTags([.set(key: "quality", value: "poor run")], of: RunID("top"))
        let later = try await binary.call(arguments)
        #expect(later.output.contains("0 new runs, 2 brought up to date, 2 there already, 1 point"), "\(later.output)")
        try await compare(store, server.store, ids: ["top", "child", "leaf", "other"], keepsTimes: true, logs: true)
    }

    @Test func toMLflowAndBackAgain() async throws {
        let binary = try Binary()
        let server = try await MLflowTrackingServer()
        let store = try await binary.service()
        try await fill(store, texts: false)
        let there = try await binary.call("copy", "--from", binary.store, "--to", server.address, "--with-logs")
        #expect(there.status == 0, "\(there.errors)")
        #expect(there.output.contains("4 new runs"), "\(there.output)")
        let location = try #require(try MLflowLocation(uri: server.address, relativeTo: "/"))
        let mlflow = try location.open(
            readOnly: true, isPatient: true, environment: [:], clock: LocalStore.systemClock)
        try await compare(
            store, mlflow, ids: ["top", "child", "leaf", "other"], keepsTimes: true,
            logs: !there.output.contains("Not held there: logs"))
        let again = try await binary.call("copy", "--from", binary.store, "--to", server.address, "--with-logs")
        #expect(again.output.contains("0 new runs, 4 there already, 0 points"), "\(again.output)")
        let back = binary.place.path + "/back"
        _ = try await LocalStore.open(at: back, access: .readWrite)
        let home = try await binary.call("copy", "--from", server.address, "--to", back)
        #expect(home.status == 0 && home.output.contains("4 new runs"), "\(home.output) \(home.errors)")
        // MLflow's ids are others, so each side is found by the tag that the copy has.
        let returned = try await LocalStore.open(at: back, access: .readOnly)
        let ids = try await mlflow.runs(in: .all, matching: nil, limit: 10).map(\.id.text)
        try await compare(mlflow, returned, ids: ids, keepsTimes: true, logs: false)
    }

    /// What is at home on a server of ours or of MLflow's comes back from there, field by field.
    @Test func fromAServerOfOursNothingIsLost() async throws {
        let (binary, server) = (try Binary(), try await ServedStore())
        try await fill(server.store, texts: true)
        let target = try await binary.service()
        let answer = try await binary.call("copy", "--from", server.address, "--to", binary.store, "--with-logs")
        #expect(answer.status == 0 && answer.output.contains("4 new runs"), "\(answer.output) \(answer.errors)")
        try await compare(server.store, target, ids: ["top", "child", "leaf", "other"], keepsTimes: true, logs: true)
    }

    /// MLflow keeps a point once, gives its own times of creation, and numbers no runs.
    @Test func whatMLflowDropsIsTold() async throws {
        let binary = try Binary()
        let server = try await MLflowTrackingServer()
        let store = try await binary.service()
        let run = try await store.createRun(RunDraft(experimentName: "e", name: "run"))
        let point = MetricEntry(key: "twice", value: .number(1), step: 1, timestamp: Timestamp(milliseconds: 5_000))
        try await store.logMetrics([point, point, point], to: run.id)
        let answer = try await binary.call("copy", "--from", binary.store, "--to", server.address)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("points that were logged twice (1 case). `twice` of run"), "\(answer.output)")
        #expect(answer.output.contains("has 2 points less there"), "\(answer.output)")
        #expect(answer.output.contains("run numbers (1 case)") && answer.output.contains("times of creation (1 case)"))
    }

    /// The target goes away at every place in turn, and the copy goes on there the next time.
    @Test func anInterruptedCopyGoesOn() async throws {
        let binary = try Binary()
        let store = try await binary.service()
        try await fill(store, texts: true)
        let target = try await LocalStore.open(at: binary.place.path + "/target", access: .readWrite)
        let plan = try await CopyPlan.read(store, matching: nil, at: LocalStore.systemClock())
        #expect(plan.runs.count == 4)
        var interruptions = 0
        for calls in 1..<100 {
            let faltering = FalteringService(target, after: calls)
            do {
                var copier = RunCopier(from: store, to: faltering, withLogs: true)
                try await copier.findCopies()
                for run in plan.runs { try await copier.copy(run) }
                break
            } catch let error as RunServiceError where error.code == .unavailable {
                interruptions += 1
            }
        }
        #expect(interruptions > 3)
        try await compare(store, target, ids: ["top", "child", "leaf", "other"], keepsTimes: true, logs: true)
    }

    @Test func whatAFilterChoosesComesWithAllBelowIt() async throws {
        let binary = try Binary()
        let store = try await binary.service()
        try await fill(store, texts: true)
        let target = binary.place.path + "/target"
        let other = try await LocalStore.open(at: target, access: .readWrite)
        let answer = try await binary.call(
            "copy", "--from", binary.store, "--to", target, "--filter", "name = child")
        #expect(answer.status == 0 && answer.output.contains("2 new runs"), "\(answer.errors)")
        let runs = try await other.runs(in: .all, matching: nil, limit: 10)
        #expect(Set(runs.map(\.name)) == ["child", "leaf"])
        #expect(runs.first { $0.name == "child" }?.parentID == nil)
        #expect(runs.first { $0.name == "leaf" }?.parentID == runs.first { $0.name == "child" }?.id)
        let nowhere = try await binary.call("copy", "--from", binary.store, "--to", binary.place.path + "/nowhere")
        #expect(nowhere.status != 0 && nowhere.errors.contains("--to: There is nothing at"), "\(nowhere.errors)")
        let same = try await binary.call("copy", "--from", binary.store, "--to", binary.store)
        #expect(same.status == 2 && same.errors.contains("the same run service"))
    }

    /// As event files have it: over, and nobody knows how.
    @Test func anEndWithoutAWordIsNoBeginning() async throws {
        let binary = try Binary()
        let store = try await binary.service()
        _ = try await store.createRun(RunDraft(experimentName: "e", name: "run"))
        let target = try await LocalStore.open(at: binary.place.path + "/target", access: .readWrite)
        let plan = try await CopyPlan.read(store, matching: nil, at: LocalStore.systemClock())
        let source = InactiveService(store)
        var copier = RunCopier(from: source, to: target, withLogs: false)
        try await copier.findCopies()
        for listed in plan.runs { try await copier.copy(listed) }
        let run = try await source.details(of: plan.runs[0].id).run
        let copy = try #require(try await target.runs(in: .all, matching: nil, limit: 2).first)
        #expect(copy.status == .completed && copy.startedAt == run.startedAt && copy.endedAt == run.endedAt)
        #expect(copier.report.lacks.contains { $0.contains("is Inactive, and Completed there") })
    }

    @Test func pointsThatAreThereAreNotMissing() {
        func point(_ value: Double, _ step: Int64 = 0) -> MetricPoint {
            MetricPoint(step: step, timestamp: Timestamp(milliseconds: 5), value: .number(value))
        }
        let given = [point(1), point(1), point(.nan), point(0), point(2, 3)]
        #expect(RunCopier.missing(given, in: []).count == 5)
        #expect(RunCopier.missing(given, in: [point(1), point(-.nan), point(-0.0)]) == [point(2, 3)])
        #expect(RunCopier.missing(given, in: given + [point(9)]).isEmpty)
    }
}

/// Tells of every run that it is over, in a word of its own.
private final class InactiveService: ForwardingService {
    let base: any SupervisedRunService

    init(_ base: any SupervisedRunService) { self.base = base }

    func details(of id: RunID) async throws(RunServiceError) -> RunDetails {
        var details = try await base.details(of: id)
        details.run.status = .unknown("Inactive")
        (details.run.startedAt, details.run.endedAt) = (Timestamp(milliseconds: 2_000), Timestamp(milliseconds: 9_000))
        return details
    }
}

/// A run service that takes so many changes, and then is not there any more.
private final class FalteringService: ForwardingService {
    let base: any SupervisedRunService
    private let left: Mutex<Int>

    init(_ base: any SupervisedRunService, after calls: Int) {
        self.base = base
        left = Mutex(calls)
    }

    private func count() throws(RunServiceError) {
        let isThere = left.withLock { left in
            left -= 1
            return left >= 0
        }
        if !isThere { throw RunServiceError(.unavailable, "The server is away.") }
    }

    func createRuns(_ drafts: [RunDraft]) async throws(RunServiceError) -> [Run] {
        try count()
        return try await base.createRuns(drafts)
    }

    func edit(_ id: RunID, _ edit: RunEdit) async throws(RunServiceError) -> Run {
        try count()
        return try await base.edit(id, edit)
    }

    func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try count()
        try await base.appendLog(bytes, named: name, of: id)
    }
}
