import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowMeaning
@testable import MLflowService

/// The log of a run's command among the artifacts of its scripts, on a server and in both stores.
@Suite struct CommandLogTests {
    private func supervisedRun(_ service: any SupervisedRunService) async throws -> RunID {
        let run = try await service.createRun(RunDraft(experimentName: "explore-runs"))
        let process = ProcessStamp(pid: 4_000_000, startTicks: 1, bootID: "another boot")
        try await service.attach(Supervisor(host: "elsewhere", process: process), to: run.id)
        return run.id
    }

    private func append(
        _ text: String, to run: RunID, by service: any SupervisedRunService, isFinal: Bool = false
    ) async throws {
        try await service.appendLog(Array(text.utf8), named: LogFile.output, of: run)
        _ = try await service.publishLogs(of: run, isFinal: isFinal)
    }

    private func text(_ name: String, _ run: RunID, _ service: any SupervisedRunService) async throws -> String {
        let chunk = try await service.readLog(name, of: run, offset: 0, length: 1 << 22)
        return String(decoding: chunk.bytes, as: UTF8.self)
    }

    @Test(arguments: ArtifactStage.Kind.allCases)
    func `an artifact in its place is neither overwritten nor appended to`(_ kind: ArtifactStage.Kind) async throws {
        let place = try await ArtifactStage(kind)
        let service = try await place.open()
        let run = try await supervisedRun(service)
        let theirs = ["output.log", "output.log.part2", "runwatch/output.log", "runwatch-2/notes.txt"]
        for name in theirs { try await place.put("theirs\n", name, run) }
        #expect(try await service.details(of: run).commandLog == nil, "nothing was printed yet")
        try await append("one\n", to: run, by: service)
        try await append("two\n", to: run, by: service, isFinal: true)
        let details = try await place.open().details(of: run)
        #expect(details.logs.first == LogFile(name: "runwatch-3/output.log", size: 8, isCommandOutput: true))
        #expect(try await text("runwatch-3/output.log", run, service) == "one\ntwo\n")
        for name in theirs {
            #expect(try await text(name, run, service) == "theirs\n")
        }
        #expect(Set(details.logs.dropFirst().map(\.name)).isSuperset(of: ["output.log", "runwatch/output.log"]))
        #expect(details.logs.dropFirst().allSatisfy { !$0.isCommandOutput })
    }

    @Test(arguments: ArtifactStage.Kind.allCases)
    func `a log that a script wrote to goes on elsewhere`(_ kind: ArtifactStage.Kind) async throws {
        let place = try await ArtifactStage(kind)
        let service = try await place.open()
        let run = try await supervisedRun(service)
        try await append("one\n", to: run, by: service)
        try await place.put("theirs\n", "runwatch/output.log", run)
        place.clock.advance(by: 60_000)
        try await append("two\n", to: run, by: service, isFinal: true)
        #expect(try await text("runwatch/output.log", run, service) == "theirs\n")
        let log = try #require(try await place.open().details(of: run).commandLog)
        #expect(log.name == "runwatch-2/output.log")
        #expect(try await text(log.name, run, service).hasSuffix("two\n"))
    }

    @Test(arguments: ArtifactStage.Kind.allCases)
    func `another instance goes on with its own`(_ kind: ArtifactStage.Kind) async throws {
        let place = try await ArtifactStage(kind)
        let service = try await place.open()
        let run = try await supervisedRun(service)
        try await append("one\n", to: run, by: service)
        try await append("two\n", to: run, by: try await place.open(), isFinal: true)
        let log = try #require(try await service.details(of: run).commandLog)
        #expect(log == LogFile(name: "runwatch/output.log", size: 8, isCommandOutput: true))
        #expect(try await text(log.name, run, service) == "one\ntwo\n")
    }

    @Test(arguments: ArtifactStage.Kind.allCases)
    func `what earlier versions kept as output.log is still the log`(_ kind: ArtifactStage.Kind) async throws {
        let place = try await ArtifactStage(kind)
        let service = try await place.open()
        let run = try await supervisedRun(service)
        // They wrote no such tag.
        try await place.deleteTag(MLflowTag.log, run)
        try await place.put("one\n", "output.log", run)
        try await place.put("other\n", "a.log", run)
        if kind == .server { try await place.put("two\n", "output.log.part2", run) }
        let reader = try await place.open()
        let log = try #require(try await reader.details(of: run).commandLog)
        #expect(log.name == "output.log")
        #expect(try await text(log.name, run, reader) == (kind == .server ? "one\ntwo\n" : "one\n"))
    }

    @Test(arguments: ArtifactStage.Kind.allCases)
    func `a run that nobody supervised has no log of a command`(_ kind: ArtifactStage.Kind) async throws {
        let place = try await ArtifactStage(kind)
        let service = try await place.open()
        let run = try await service.createRun(RunDraft(experimentName: "explore-runs")).id
        try await place.put("numpy\n", "model/requirements.txt", run)
        var details = try await service.details(of: run)
        #expect(details.logs == [LogFile(name: "model/requirements.txt", size: 6)])
        #expect(details.mainLog == nil)
        try await place.put("theirs\n", "output.log", run)
        details = try await service.details(of: run)
        #expect(details.commandLog == nil)
        #expect(details.mainLog?.name == "output.log", "it is a log, if not the command's")
    }

    @Test func `tags that name another place than a supervisor's are not followed`() {
        for path in [
            "../secret/output.log", "/etc/passwd", "model/output.log", "runwatch", "runwatch/", "runwatch/..",
            "runwatch/a/b", "runwatch-1/output.log", "runwatch-02/output.log", "runwatch-101/output.log", "-", "",
        ] {
            let record = MLflowRecord(
                id: "a", experimentID: "1", status: "RUNNING", startTime: 0, tags: [(MLflowTag.log, path)])
            #expect(MLflowCommandLog.path(of: record) == nil, "\(path)")
        }
        #expect(MLflowCommandLog.isInOwnFolder("runwatch/output.log"))
        #expect(MLflowCommandLog.isInOwnFolder("runwatch-100/output.log"))
    }
}
