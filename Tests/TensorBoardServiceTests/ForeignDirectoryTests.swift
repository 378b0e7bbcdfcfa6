import Foundation
import RunModel
import RunServices
import TensorBoardService
import TestSupport
import Testing

/// Directories that nobody vouches for, and what such a service refuses.
struct ForeignDirectoryTests {
    private static let record = EventRecordTests.record(event(step: 1, tag: "loss", value: 1))

    @Test func `loops of links end, and a directory with two paths is one run`() async throws {
        let log = try LogDirectory()
        try log.write(Self.record, to: "a/events.out.tfevents.1.h")
        let files = FileManager.default
        try files.createSymbolicLink(atPath: log.path + "/a/loop", withDestinationPath: "..")
        try files.createSymbolicLink(atPath: log.path + "/self", withDestinationPath: ".")
        try files.createSymbolicLink(atPath: log.path + "/nowhere", withDestinationPath: "gone")
        let elsewhere = try TemporaryDirectory()
        try Data(Self.record).write(to: URL(fileURLWithPath: elsewhere.path + "/events.out.tfevents.2.h"))
        try files.createSymbolicLink(atPath: log.path + "/linked", withDestinationPath: elsewhere.path)
        let service = try log.open()
        #expect(Set(try await service.runs(in: .all, matching: nil, limit: 99).map(\.id.text)) == ["a", "linked"])
        #expect(EventPlaces.lie(below: log.path))
    }

    @Test func `what is no event file is told as such, and hides no other run`() async throws {
        let log = try LogDirectory()
        try log.write(Array("not at all".utf8), to: "short/events.out.tfevents.1.h")
        try log.write([UInt8](repeating: 0, count: 4_096), to: "zeros/events.out.tfevents.1.h")
        try log.write(Self.record, to: "good/events.out.tfevents.1.h")
        try FileManager.default.createDirectory(
            atPath: log.path + "/folder/events.out.tfevents.1.h", withIntermediateDirectories: true)
        #expect(mkfifo(log.path + "/good/events.out.tfevents.2.h", 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: log.path + "/good/events.out.tfevents.3.h", withDestinationPath: "/dev/zero")
        let service = try log.open()
        let runs = try await service.runs(in: .all, matching: nil, limit: 99)
        #expect(Set(runs.map(\.id.text)) == ["short", "zeros", "good"])
        #expect(try await service.points("good", "loss").count == 1)
        #expect(try await service.details(of: RunID("zeros")).remarks?.first?.contains("damaged at byte 0") == true)
        #expect(try await service.run("short").metrics.isEmpty)
    }

    @Test(.timeLimit(.minutes(2))) func `a file with more restarts than can be remembered is read to its end`()
        async throws
    {
        let log = try LogDirectory()
        var bytes: [UInt8] = []
        for index in Int64(0)..<1_010 {
            bytes += EventRecordTests.record(event(step: 10 * index + 9))
            bytes += EventRecordTests.record(event(step: 10 * index + 5, isRestart: true))
        }
        try log.write(bytes + EventRecordTests.record(event(step: 20_000, value: 7)), to: "run/events.out.tfevents.1.h")
        let service = try log.open()
        #expect(try await service.run("run").metrics.value(forKey: "loss")?.value == .number(7))
        // What the restarts that are remembered went back behind is left out.
        #expect(try await service.points("run", "loss").count == 11)
    }

    @Test func `a directory that is moved is the run of its new place`() async throws {
        let log = try LogDirectory()
        try log.write(Self.record, to: "archive/deep/run2/events.out.tfevents.1.h")
        try log.write(Self.record, to: "run1/events.out.tfevents.1.h")
        let service = try log.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        #expect(Set(replica.runs.keys.map(\.text)) == ["archive/deep/run2", "run1"])
        let files = FileManager.default
        try files.moveItem(atPath: log.path + "/archive/deep/run2", toPath: log.path + "/run2")
        try files.moveItem(atPath: log.path + "/run1", toPath: log.path + "/archive/run1")
        let moved = try await eventually("the runs where they are now") {
            try await replica.catchUp(with: service)
            let names = Set(replica.runs.keys.map(\.text))
            return names == ["run2", "archive/run1"] ? names : nil
        }
        #expect(moved.count == 2)
    }

    @Test func `a file that comes back is read`() async throws {
        let log = try LogDirectory()
        let elsewhere = try TemporaryDirectory()
        try Data(Self.record).write(to: URL(fileURLWithPath: elsewhere.path + "/file"))
        try FileManager.default.createDirectory(atPath: log.path + "/run", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: log.path + "/run/events.out.tfevents.1.h", withDestinationPath: elsewhere.path + "/file")
        rename(elsewhere.path + "/file", elsewhere.path + "/away")
        let service = try log.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        #expect(try await service.details(of: RunID("run")).remarks?.first?.contains("cannot be read") == true)
        rename(elsewhere.path + "/away", elsewhere.path + "/file")
        try await replica.catchUp(with: service)
        let details = try await service.details(of: RunID("run"))
        #expect(details.remarks == nil && details.run.metrics.count == 1)
    }

    @Test func `tags of any bytes and many are held within bounds`() async throws {
        let log = try LogDirectory()
        let long = String(repeating: "x", count: LoggedTag.limit)
        var bytes: [UInt8] = []
        for tag in ["\u{1B}[2J\u{202E}", long, long + "y", "é", "e\u{301}", ""] {
            bytes += EventRecordTests.record(event(step: 1, tag: tag, value: 1))
        }
        try log.write(bytes, to: "run/events.out.tfevents.1.h")
        let run = try await log.open().run("run")
        #expect(Set(run.metrics.keys.map(\.utf8.count)) == [7, LoggedTag.limit, 2, 3] && run.metrics.count == 4)
    }

    @Test("10. Changes of many directories in pages give the same as a full read")
    func pages() async throws {
        let log = try LogDirectory()
        for index in 0..<300 {
            try log.write(Self.record, to: "run \(index % 100)/\(index)/events.out.tfevents.\(1_000 + index).h")
        }
        let service = try log.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: service, pageSize: 7)
        var listed: [Run] = []
        var page: PageToken?
        repeat {
            let found = try await service.runs(RunQuery(.scope(.all), limit: 41, page: page))
            listed += found.items
            page = found.next
        } while page != nil
        #expect(listed.count == 300 && Set(listed.map(\.id)).count == 300)
        #expect(zip(listed, listed.dropFirst()).allSatisfy { ($0.startedAt ?? .latest) >= ($1.startedAt ?? .latest) })
        #expect(Dictionary(uniqueKeysWithValues: listed.map { ($0.id, $0) }) == replica.runs)
        #expect(try await service.experiments() == Array(replica.experiments.values))
        let idle = try await service.changes(in: .all, since: replica.cursor, pageSize: 7)
        #expect(idle.runs.isEmpty && !idle.hasMore)
        await #expect(throws: RunServiceError.self) {
            try await service.changes(in: .all, since: ChangeCursor("x"), pageSize: 7)
        }
    }

    @Test("13. A call without its capability is unsupported, for the declared reason")
    func refusals() async throws {
        let log = try LogDirectory()
        try log.write(Self.record, to: "run/events.out.tfevents.1.h")
        let service = try log.open()
        let id = RunID("run")
        let reason = try #require(service.capabilities.changeStatus.reason)
        let calls: [() async throws -> Any] = [
            { try await service.createRun(RunDraft(experimentName: "e")) },
            { try await service.apply(.start, to: id, onBehalfOf: .person) },
            { try await service.cancel(id, includingDescendants: false) },
            { try await service.editTags([.delete(key: "k")], of: id) },
            { try await service.rename(id, to: "n") },
            { try await service.logMetrics([], to: id) },
            { try await service.attach(Stamps.elsewhere, to: id) },
            { try await service.heartbeat(of: id) },
            { try await service.detach(from: id, exit: nil, applying: .complete) },
            { try await service.appendLog([1], named: "output.log", of: id) },
        ]
        for (index, call) in calls.enumerated() {
            #expect(await refusal(call) == RunServiceError(.unsupported, reason), "call \(index)")
        }
        #expect(await refusal { try await service.deleteRun(id) }?.code == .unsupported)
        let log2 = await refusal { try await service.readLog("output.log", of: id, offset: 0, length: 1) }
        #expect(log2?.message == service.capabilities.readLogs.reason)
    }

    @Test("12. What is not there, and what cannot be read, does not look empty")
    func errors() async throws {
        let log = try LogDirectory()
        let service = try log.open()
        #expect(await refusal { try await service.details(of: RunID("no")) }?.code == .notFound)
        #expect(
            await refusal { try await service.children(of: RunID("no"), recursive: true, matching: nil) }?.code
                == .notFound)
        let scope = RunScope.experiment(ExperimentID("no"))
        #expect(await refusal { try await service.changes(in: scope, since: nil, pageSize: 1) }?.code == .notFound)
        try FileManager.default.removeItem(atPath: log.path)
        #expect(await refusal { try await service.changes(in: .all, since: nil, pageSize: 1) }?.code == .notFound)
        #expect(await refusal { try log.open() }?.code == .notFound)
    }
}

private enum LoggedTag {
    static let limit = 1_024
}
