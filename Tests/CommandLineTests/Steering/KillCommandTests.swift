import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// `cancel --now`, and what `exec` is told of how its command is to be stopped.
@Suite struct KillCommandTests {
    /// Starts a command that ignores SIGTERM and has an hour to end, and returns its run and pid.
    private func stubborn(on stage: SteeringStage) async throws -> (run: RunID, pid: Int32) {
        let script = "trap '' TERM; echo $$; while :; do sleep 0.1; done"
        let answer = try await stage.output(
            "exec", "-e", stage.experiment, "--detach", "--grace", "3600", "--", "bash", "-c", script)
        let run = RunID(String(answer.dropLast()))
        let service = try await stage.service()
        let pid = try await eventually("the command has said its pid") { () -> Int32? in
            let details = try await service.details(of: run)
            guard let command = details.supervisor?.supervisor.command, details.run.status == .running,
                let log = details.commandLog, log.size > 1
            else { return nil }
            return command.pid
        }
        return (run, pid)
    }

    private func isRunning(_ pid: Int32) -> Bool {
        ProcessEntry.snapshot().contains { $0.pid == pid && !$0.isZombie }
    }

    @Test(arguments: SteeringStage.Kind.allCases)
    func aCancelUnderWayIsCutShort(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let (run, pid) = try await stubborn(on: stage)
        #expect(try await stage.run(run).stopTerms == StopTerms(grace: 3_600_000))
        _ = try await stage.output("cancel", "-r", run.text)
        #expect(try await stage.run(run).status == .cancelRequested)
        #expect(isRunning(pid), "it has an hour")
        _ = try await stage.output("cancel", "-r", run.text, "--now", "--wait")
        let details = try await stage.service().details(of: run)
        #expect(details.run.status == .canceled)
        #expect(details.supervisor?.exit == .signal(SIGKILL))
        #expect(!isRunning(pid))
        #expect(details.run.tags.isEmpty, "orders are no tags that people see")
    }

    @Test func aRunningRunIsKilledWithoutACancelBefore() async throws {
        let stage = try await SteeringStage(.embedded)
        let (run, pid) = try await stubborn(on: stage)
        _ = try await stage.output("cancel", "-r", run.text, "--now", "--wait")
        #expect(try await stage.run(run).status == .canceled)
        #expect(!isRunning(pid))
    }

    @Test func theSignalIsTheOneThatWasChosen() async throws {
        let stage = try await SteeringStage(.embedded)
        let script = "trap '' TERM; trap 'echo saved; exit 0' USR1; echo ready; while :; do sleep 0.05; done"
        let answer = try await stage.output(
            "exec", "--detach", "--stop-signal", "usr1", "--grace", "3600", "--", "bash", "-c", script)
        let run = RunID(String(answer.dropLast()))
        _ = try await eventually("the trap is set") {
            try await stage.binary.log(of: run).contains("ready") ? true : nil
        }
        #expect(try await stage.run(run).stopTerms.signal == "SIGUSR1")
        _ = try await stage.output("cancel", "-r", run.text, "--wait")
        let details = try await stage.service().details(of: run)
        #expect(details.run.status == .canceled, "status 0 after a stop by a person is no completion")
        #expect(details.supervisor?.exit == .status(0))
        #expect(try await stage.binary.log(of: run).contains("saved"))
    }

    /// Nobody is left to obey the order: it is carried out here, on the proof of this host's record.
    @Test func theCommandOfADeadSupervisorIsKilled() async throws {
        let stage = try await SteeringStage(.embedded)
        let (run, pid) = try await stubborn(on: stage)
        let supervisor = try #require(stage.binary.records.all().first { $0.run == run }).supervisor.pid
        kill(supervisor, SIGKILL)
        _ = try await eventually("its supervisor is gone") { isRunning(supervisor) ? nil : true }
        #expect(isRunning(pid))
        let answer = try await stage.call("cancel", "-r", run.text, "--now", "--wait")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(!isRunning(pid))
        #expect(try await stage.run(run).status.isTerminal)
    }

    @Test func wrongTermsAreRefused() async throws {
        let stage = try await SteeringStage(.embedded)
        let answer = try await stage.call("exec", "--stop-signal", "KILL", "--", "true")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("USR1"))
    }
}
