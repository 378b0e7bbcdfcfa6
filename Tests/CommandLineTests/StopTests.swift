import Glibc
import RunExecution
import RunModel
import TestSupport
import Testing

/// ctrl-z and `fg` on `runwatch exec`, as the signals that a shell sends for them.
@Suite struct StopTests {
    private static let rounds = 25

    /// Whether all these processes are stopped, or none is; nil for some.
    private func areStopped(_ pids: [Int32]) -> Bool? {
        let entries = ProcessEntry.snapshot().filter { pids.contains($0.pid) }
        let stopped = entries.count { $0.isStopped }
        return entries.count == pids.count && (stopped == 0 || stopped == pids.count) ? stopped > 0 : nil
    }

    /// The pids that the command has said, once there are so many.
    private func pids(_ count: Int, of binary: Binary) async throws -> [Int32] {
        try await eventually("the command has said its pids") { () -> [Int32]? in
            guard let run = try await binary.runs().first, let log = try? await binary.log(of: run.id) else {
                return nil
            }
            let pids = log.split(separator: "\n").compactMap { Int32($0) }
            return pids.count == count ? pids : nil
        }
    }

    @Test func stoppingStopsTheCommandTooAndContinuingContinuesBothEveryTime() async throws {
        let binary = try Binary()
        // A worker in a session of its own stops with the rest.
        let script = "setsid sh -c 'echo $$; exec sleep 1000' & echo $$; wait"
        let status = try await binary.calling("exec", "--", "sh", "-c", script) { pid in
            let all = try await pids(2, of: binary) + [pid]
            for round in 0..<Self.rounds {
                kill(pid, SIGTSTP)
                _ = try await eventually("all stop, round \(round)") { areStopped(all) == true ? true : nil }
                kill(pid, SIGCONT)
                _ = try await eventually("all go on, round \(round)") { areStopped(all) == false ? true : nil }
            }
            kill(pid, SIGTERM)
        }
        #expect(status == 128 + SIGTERM)
    }

    @Test func continuingAtOnceLeavesNothingStopped() async throws {
        let binary = try Binary()
        let script = "trap 'echo heard' USR1; trap 'exit 0' TERM; echo $$; while :; do sleep 0.01; done"
        let status = try await binary.calling("exec", "--", "sh", "-c", script) { pid in
            _ = try await pids(1, of: binary)
            let run = try #require(try await binary.runs().first)
            for round in 1...Self.rounds {
                kill(pid, SIGTSTP)
                kill(pid, SIGCONT)
                kill(pid, SIGUSR1)
                // The supervisor must run to pass the signal on, and the command to answer it.
                _ = try await eventually("it answers, round \(round)") {
                    try await binary.log(of: run.id).split(separator: "\n").count { $0 == "heard" } == round
                        ? true : nil
                }
            }
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
    }
}
