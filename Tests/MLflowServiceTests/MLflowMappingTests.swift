import MLflowMeaning
import MLflowService
import RunModel
import RunServices
import Testing

@Suite struct MLflowMappingTests {
    private let now = Timestamp(milliseconds: 1_750_000_000_000)

    private func record(_ status: String, tags: [(String, String)] = [], end: Int64? = nil) -> MLflowRecord {
        MLflowRecord(
            id: "r", experimentID: "1", name: "n", status: status, startTime: 1_000, endTime: end,
            tags: tags.map { ($0.0, $0.1) })
    }

    @Test(arguments: [
        ("SCHEDULED", RunStatus.queued), ("RUNNING", .running), ("FINISHED", .completed), ("FAILED", .failed),
        ("KILLED", .canceled), ("ODD", .unknown("ODD")),
    ])
    func statusWords(_ word: String, _ status: RunStatus) {
        #expect(MLflowMapping.run(from: record(word), at: now).status == status)
        #expect(MLflowMapping.word(for: status) == word)
    }

    @Test func machineryIsNotListedYetFound() throws {
        let run = MLflowMapping.run(
            from: record(
                "RUNNING",
                tags: [
                    ("mlflow.source.name", "train.py"), ("mlflow.note.content", "a note"), ("quality", "good"),
                    ("mlflow.user", "ana"), ("runwatch.property.author", "bo"), ("mlflow.parentRunId", "p"),
                ]), at: now)
        #expect(run.tags.keys == ["mlflow.note.content", "quality"])
        #expect(run.properties == Properties([("author", "bo")]))
        #expect(run.user == "ana")
        #expect(run.parentID == RunID("p"))
        #expect(try Filter.parse("tags.mlflow.source.name = 'train.py'").matches(run, at: now))
        #expect(try Filter.parse("tags.`mlflow.parentRunId` = 'p'").matches(run, at: now))
        #expect(try !Filter.parse("tags.mlflow.source.name = 'other'").matches(run, at: now))
    }

    @Test func killedIsAnOrderWhileASupervisorLives() throws {
        let supervisor = Supervisor(host: "h", process: ProcessStamp(pid: 7, startTicks: 1, bootID: "b"))
        var held = record("RUNNING")
        held = try MLflowMapping.edit(attaching: supervisor, to: held, at: now).applied(to: held)
        #expect(MLflowSupervision(held)?.state.supervisor == supervisor)
        held.status = "KILLED"
        let beat = MLflowMapping.heartbeat(of: held, at: now)
        #expect(beat.status == .cancelRequested)
        held = beat.edit.applied(to: held)
        // The dying client has the last word with MLflow, not with the supervisor.
        held.status = "FINISHED"
        #expect(MLflowMapping.run(from: held, at: now).status == .cancelRequested)
        let edit = try MLflowMapping.edit(detaching: .signal(15), applying: .canceled, from: held, at: now)
        let over = edit.applied(to: held)
        #expect(over.status == "KILLED")
        #expect(MLflowMapping.run(from: over, at: now).status == .canceled)
        #expect(MLflowMapping.run(from: over, at: now).endedAt == now)
        #expect(MLflowSupervision(over)?.state.exit == .signal(15))
    }

    @Test(arguments: ["RUNNING", "FINISHED", "FAILED"])
    func aCancelOutlivesAClientThatWritesBeforeTheNextHeartbeat(word: String) throws {
        let supervisor = Supervisor(host: "h", process: ProcessStamp(pid: 7, startTicks: 1, bootID: "b"))
        var held = record("RUNNING")
        held = try MLflowMapping.edit(attaching: supervisor, to: held, at: now).applied(to: held)
        let order = try #require(MLflowMapping.cancelEdit(of: held, at: now))
        // Wherever a store without transactions is interrupted, the order is there before the status.
        #expect(order.steps.first?.setTags.map(\.key) == [MLflowTag.cancel])
        held = order.applied(to: held)
        held.status = word
        #expect(MLflowMapping.run(from: held, at: now).status == .cancelRequested)
        #expect(MLflowMapping.heartbeat(of: held, at: now).status == .cancelRequested)
    }

    @Test func aSilentSupervisorIsTold() throws {
        let supervisor = Supervisor(host: "h", process: ProcessStamp(pid: 7, startTicks: 1, bootID: "b"))
        var held = record("RUNNING")
        held = try MLflowMapping.edit(attaching: supervisor, to: held, at: now).applied(to: held)
        let later = now.advanced(byMilliseconds: Heartbeat.silenceLimit + 1)
        #expect(MLflowMapping.run(from: held, at: now).status == .running)
        #expect(MLflowMapping.run(from: held, at: later).status == .notResponding)
        let cancelled = try #require(MLflowMapping.cancelEdit(of: held, at: later)).applied(to: held)
        #expect(MLflowMapping.run(from: cancelled, at: later).status == .canceled)
        #expect(MLflowMapping.cancelEdit(of: cancelled, at: later) == nil)
    }

    @Test func whatAPersonDecidedOutlivesTheDyingClient() throws {
        let supervisor = Supervisor(host: "h", process: ProcessStamp(pid: 7, startTicks: 1, bootID: "b"))
        var held = record("RUNNING")
        held = try MLflowMapping.edit(attaching: supervisor, to: held, at: now).applied(to: held)
        let later = now.advanced(byMilliseconds: Heartbeat.silenceLimit + 1)
        held = try #require(MLflowMapping.cancelEdit(of: held, at: later)).applied(to: held)
        held.status = "FINISHED"
        let beat = MLflowMapping.heartbeat(of: held, at: later)
        #expect(beat.status == .canceled)
        #expect(beat.edit.status == "KILLED")
        let left = try MLflowMapping.edit(detaching: .status(0), applying: .complete, from: held, at: later)
        let over = left.applied(to: held)
        #expect(over.status == "KILLED")
        #expect(over.tag(MLflowTag.decided) == nil)
        #expect(MLflowMapping.run(from: over, at: later).status == .canceled)
        // Once its supervisor has gone, what others write is theirs.
        held = over
        held.status = "FINISHED"
        #expect(MLflowMapping.heartbeat(of: held, at: later).edit.isEmpty)
    }

    @Test func whatTheClientSaysOfAFailureStandsWhenTheCommandExitsWell() throws {
        let supervisor = Supervisor(host: "h", process: ProcessStamp(pid: 7, startTicks: 1, bootID: "b"))
        func ended(_ word: String, _ exit: CommandExit, _ transition: Transition) throws -> Run {
            var held = record("RUNNING")
            held = try MLflowMapping.edit(attaching: supervisor, to: held, at: now).applied(to: held)
            held.status = word
            held.endTime = now.milliseconds - 1
            let edit = try MLflowMapping.edit(detaching: exit, applying: transition, from: held, at: now)
            return MLflowMapping.run(from: edit.applied(to: held), at: now)
        }
        let failed = try ended("FAILED", .status(0), .complete)
        #expect(failed.status == .failed)
        #expect(failed.failure?.message?.contains("marked the run failed") == true)
        #expect(failed.endedAt == now)
        #expect(try ended("FINISHED", .status(0), .complete).status == .completed)
        #expect(try ended("RUNNING", .status(0), .complete).status == .completed)
        // A status other than 0 says more than the client's word, and a cancel is a cancel.
        let failure = RunFailure(message: "exited with status 3")
        #expect(try ended("FAILED", .status(3), .fail(failure)).failure?.message == failure.message)
        #expect(try ended("FINISHED", .status(3), .fail(failure)).status == .failed)
        #expect(try ended("FAILED", .signal(15), .canceled).status == .canceled)
    }

    @Test func aTagNamesNoProcessThatASignalWouldSpread() {
        func supervisor(_ stamps: String) -> Supervisor? {
            let tags = [(MLflowTag.supervisor, stamps), (MLflowTag.heartbeat, "\(now.milliseconds)")]
            return MLflowSupervision(record("RUNNING", tags: tags))?.state.supervisor
        }
        for pid in ["-1", "0"] { #expect(supervisor("\(pid)\t1\tb\th") == nil) }
        #expect(supervisor("1\t1\tb\th")?.process.pid == 1)
        for pid in ["-1", "0", "1"] { #expect(supervisor("7\t1\tb\t\(pid)\t1\tb\th")?.command == nil) }
        #expect(supervisor("7\t1\tb\t8\t1\tb\th")?.command?.pid == 8)
    }

    @Test func aRefusedEditSaysWhy() {
        for (key, reason) in [("", "empty"), ("a\u{1b}[31m", "control"), ("👍", "letters"), ("runwatch.x", "kept")] {
            let error = #expect(throws: RunServiceError.self) {
                try MLflowMapping.edit(tags: [.set(key: key, value: "v")], of: record("RUNNING"))
            }
            #expect(error?.code == .invalid)
            #expect(error?.message.contains(reason) == true)
        }
    }
}
