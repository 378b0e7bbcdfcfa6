import Foundation
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// What `--detach` keeps of its caller, and what it lets go.
@Suite struct DetachedWorldTests {
    @Test func aLockOfTheCallerIsReleased() async throws {
        let binary = try Binary()
        let script = """
            exec 9> \(binary.place.path)/lock; flock -n 9 || exit 1
            "$0" exec --detach -- sleep 1000
            """
        let answer = try await OtherProgram.run("sh", ["-c", script, Binary.path], binary)
        #expect(answer.status == 0)
        let id = RunID(String(answer.output.dropLast()))
        let lock = open(binary.place.path + "/lock", O_RDWR | O_CLOEXEC)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let pids = try await eventually("the command is known") { () -> [pid_t]? in
            guard let supervisor = try await binary.service().details(of: id).supervisor?.supervisor,
                let command = supervisor.command
            else { return nil }
            return [supervisor.process.pid, command.pid]
        }
        for pid in pids {
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/\($0)")
            }
            #expect(!open.contains { $0.hasSuffix("/lock") })
        }
        try await binary.service().cancel(id, includingDescendants: false)
        _ = try await eventually("the run ends") { try await binary.runs().first { $0.status == .canceled } }
    }

    @Test func argumentsAndVariablesStayBytes() async throws {
        let binary = try Binary()
        let script =
            "X=$'\\xfe' \"$0\" exec --detach -- sh -c 'printf \"%s %s\" \"$1\" \"$X\" | od -An -tx1' sh $'\\xff'"
        #expect(try await OtherProgram.run("bash", ["-c", script, Binary.path], binary).status == 0)
        let run = try await eventually("the run ends") { try await binary.runs().first { $0.status.isTerminal } }
        #expect(try await binary.log(of: run.id) == " ff 20 fe\n")
    }
}
