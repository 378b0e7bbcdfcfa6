import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct StoppedSupervisorTests {
    /// Runs an endless command whose supervisor is stopped, and gives the run to `body`.
    private func stopped(
        _ binary: Binary, body: @Sendable (RunID, pid_t) async throws -> Void
    ) async throws -> Int32 {
        try await binary.calling("exec", "--", "sh", "-c", "echo ready; exec sleep 1000") { pid in
            let run = try await eventually("the command is ready") { () -> RunID? in
                guard let run = try await binary.runs().first, let log = try? await binary.log(of: run.id),
                    !log.isEmpty
                else { return nil }
                return run.id
            }
            kill(pid, SIGTSTP)
            _ = try await eventually("the supervisor is stopped") {
                ProcessEntry.snapshot().contains { $0.pid == pid && $0.isStopped } ? true : nil
            }
            try await body(run, pid)
        }
    }

    /// As a dashboard on this host, half a minute later.
    private func reaper(_ binary: Binary) async throws -> HostReaper {
        HostReaper(try await binary.service(), records: binary.records) {
            Timestamp(milliseconds: LocalStore.systemClock().milliseconds + 30_000)
        }
    }

    @Test func isToldApartFromASilentOne() async throws {
        let binary = try Binary()
        let status = try await stopped(binary) { run, pid in
            try await reaper(binary).look()
            let seen = try #require(try await binary.runs().first)
            #expect(seen.status == .notResponding)
            #expect(seen.failure?.message?.contains("is stopped (ctrl-z); fg") == true)
            kill(pid, SIGCONT)
            _ = try await eventually("it is heard again") {
                try await binary.runs().first { $0.status == .running && $0.failure == nil }
            }
            kill(pid, SIGTERM)
        }
        #expect(status == 128 + SIGTERM)
    }

    @Test func aCancelContinuesItAndIsObeyed() async throws {
        let binary = try Binary()
        let status = try await stopped(binary) { run, _ in
            _ = try await reaper(binary).cancel(run, includingDescendants: false)
        }
        #expect(status == 128 + SIGTERM)
        #expect(try await binary.runs().first?.status == .canceled)
    }

    @Test func aCancelFromElsewhereIsObeyedWhenThisHostLooks() async throws {
        let binary = try Binary()
        let status = try await stopped(binary) { run, _ in
            try await binary.service().cancel(run, includingDescendants: false)
            try await reaper(binary).look()
        }
        #expect(status == 128 + SIGTERM)
        #expect(try await binary.runs().first?.status == .canceled)
    }
}
