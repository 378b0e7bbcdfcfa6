import Foundation
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct SupervisorDeathTests {
    @Test func runOfAKilledSupervisorIsReaped() async throws {
        let binary = try Binary()
        let status = try await binary.calling("exec", "--", "sh", "-c", "echo $$; exec sleep 1000") { pid in
            let command = try await eventually("the command has said its pid") { () -> Int32? in
                guard let run = try await binary.runs().first, let log = try? await binary.log(of: run.id),
                    try await binary.knowsCommand(of: run.id)
                else { return nil }
                return Int32(log.dropLast())
            }
            kill(pid, SIGKILL)
            // While the command lives on its own, its end is not known, and the run must not be given up.
            #expect(try await binary.reapedRuns().first?.status.isTerminal == false)
            kill(command, SIGKILL)
        }
        #expect(status == 137)
        let run = try await eventually("a reaper notices that both are gone") { () -> Run? in
            try await binary.reapedRuns().first { $0.status.isTerminal }
        }
        #expect(run.status == .failed)
        #expect(run.failure?.message?.isEmpty == false)
    }

    @Test func commandOfAKilledSupervisorIsEndedByACancel() async throws {
        let binary = try Binary()
        // A worker in a session of its own belongs to the run as well.
        let script = "setsid sh -c 'echo $$; exec sleep 1000' & echo $$; wait; sleep 1000"
        let status = try await binary.calling("exec", "--", "sh", "-c", script) { pid in
            let pids = try await eventually("both have said their pid") { () -> [Int32]? in
                guard let run = try await binary.runs().first, let log = try? await binary.log(of: run.id),
                    try await binary.knowsCommand(of: run.id)
                else { return nil }
                let pids = log.split(separator: "\n").compactMap { Int32($0) }
                return pids.count == 2 ? pids : nil
            }
            #expect(binary.records.all().map(\.supervisor.pid) == [pid])
            kill(pid, SIGKILL)
            let orphaned = try await eventually("its supervisor is gone") { () -> Run? in
                try await binary.reapedRuns().first { $0.status == .notResponding }
            }
            let service = try await binary.service()
            let reaper = HostReaper(service, records: binary.records, clock: LocalStore.systemClock)
            #expect(try await reaper.cancel(orphaned.id, includingDescendants: false).map(\.status) == [.canceled])
            let table = ProcessEntry.snapshot()
            #expect(!table.contains { pids.contains($0.pid) && !$0.isZombie })
        }
        #expect(status == 137)
        #expect(binary.records.all().isEmpty)
    }

    @Test func recordsGoWithTheirRuns() async throws {
        let binary = try Binary()
        let seen = binary.place.path + "/seen"
        let script = "tr '\\0' '\\n' < /proc/$$/environ | grep ^\(OwnershipRecord.variable)= > \(seen)"
        #expect(try await binary.call("exec", "--", "sh", "-c", script).status == 0)
        #expect(try String(contentsOfFile: seen, encoding: .utf8).count > 40)
        #expect(try await binary.call("exec", "--", "no-such-command-here").status == 127)
        #expect(binary.records.all().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: binary.records.directory ?? "") == [])
    }

    @Test func detachedRunOutlivesItsStarter() async throws {
        let binary = try Binary()
        let script = "read line < \(binary.place.path)/go; echo \"$line\"; exit 6"
        #expect(mkfifo(binary.place.path + "/go", 0o600) == 0)
        let answer = try await binary.call("exec", "--detach", "--name", "later", "--", "sh", "-c", script)
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
        let run = try #require(try await binary.runs().first)
        #expect(answer.output == "\(run.id)\n")
        #expect(run.status == .running)
        let supervisor = try #require(try await binary.service().details(of: run.id).supervisor?.supervisor)
        #expect(supervisor.process.pid != getpid())
        #expect(getsid(supervisor.process.pid) == supervisor.process.pid)
        let gate = open(binary.place.path + "/go", O_WRONLY)
        #expect(write(gate, "gone\n", 5) == 5)
        close(gate)
        let ended = try await eventually("the run ends") { () -> Run? in
            try await binary.runs().first { $0.status.isTerminal }
        }
        #expect(ended.failure?.brief == "exited with status 6: gone")
        #expect(try await binary.log(of: run.id) == "gone\n")
        _ = try await eventually("the supervisor ends") { kill(supervisor.process.pid, 0) != 0 ? true : nil }
    }

    @Test func detachSaysWhyNothingStarted() async throws {
        let binary = try Binary()
        let answer = try await binary.call("exec", "--detach", "--", "no-such-command-here")
        #expect(answer.status == 127)
        #expect(answer.output.isEmpty)
        #expect(answer.errors.contains("command not found"))
    }

    @Test func detachedRunCanBeCancelled() async throws {
        let binary = try Binary()
        let answer = try await binary.call(
            "exec", "--detach", "--grace", "0.2", "--", "sh", "-c", "trap '' TERM; sleep 1000")
        #expect(answer.status == 0)
        let id = RunID(String(answer.output.dropLast()))
        try await binary.service().cancel(id, includingDescendants: false)
        let ended = try await eventually("the run ends") { () -> Run? in
            try await binary.runs().first { $0.status.isTerminal }
        }
        #expect(ended.status == .canceled)
    }
}

extension Binary {
    /// Whether the supervisor has said which process it started; the command may print before that.
    fileprivate func knowsCommand(of id: RunID) async throws -> Bool {
        try await service().details(of: id).supervisor?.supervisor.command != nil
    }
}
