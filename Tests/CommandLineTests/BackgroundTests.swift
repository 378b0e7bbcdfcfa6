import Foundation
import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// A launcher that ends is not the end of its run.
@Suite struct BackgroundTests {
    /// A launcher that leaves one process behind, in a session of its own, which waits for a line from `go`.
    private func launcher(_ binary: Binary) -> [String] {
        let go = binary.place.path + "/go"
        mkfifo(go, 0o600)
        let script = """
            nohup setsid sh -c 'echo $$; read line < \(go); echo "$line"; echo more >&2' 2>&1 </dev/null &
            echo launched; exit 3
            """
        return ["sh", "-c", script]
    }

    private func pid(in log: String) -> Int32? { log.split(separator: "\n").lazy.compactMap { Int32($0) }.first }

    /// The run once the process that is left has said its pid.
    private func left(_ binary: Binary) async throws -> (run: RunID, pid: Int32) {
        try await eventually("the process that is left has said its pid") {
            guard let run = try await binary.runs().first, let log = try? await binary.log(of: run.id),
                let pid = pid(in: log)
            else { return nil }
            return (run.id, pid)
        }
    }

    private func answer(_ binary: Binary) {
        let gate = open(binary.place.path + "/go", O_WRONLY)
        write(gate, "last\n", 5)
        close(gate)
    }

    @Test func theRunLastsAsLongAsItsProcesses() async throws {
        let binary = try Binary()
        let words = launcher(binary)
        let status = try await binary.calling("exec", "--", words[0], words[1], words[2]) { _ in
            let (run, _) = try await left(binary)
            _ = try await eventually("it is told") {
                try binary.said().contains("1 process of it goes on") ? true : nil
            }
            #expect(try await binary.runs().first { $0.id == run }?.status == .running)
            answer(binary)
        }
        #expect(status == 3)
        let run = try #require(try await binary.runs().first)
        #expect(run.status == .failed)
        let log = try await binary.log(of: run.id)
        #expect(log.hasPrefix("launched\n") || log.contains("\nlaunched\n"))
        #expect(log.hasSuffix("last\nmore\n"))
    }

    @Test func aCancelEndsWhatIsLeft() async throws {
        let binary = try Binary()
        let words = launcher(binary)
        let status = try await binary.calling("exec", "--", words[0], words[1], words[2]) { _ in
            let (run, pid) = try await left(binary)
            try await binary.service().cancel(run, includingDescendants: false)
            _ = try await eventually("the process is gone") { kill(pid, 0) != 0 ? true : nil }
        }
        #expect(status == 3)
        #expect(try await binary.runs().first?.status == .canceled)
    }

    @Test func whatIsLeftByWishKeepsItsOutput() async throws {
        let binary = try Binary()
        let words = launcher(binary)
        let status = try await binary.calling(
            "exec", "--leave-background", "--", words[0], words[1], words[2]
        ) { _ in }
        #expect(status == 3)
        let (run, pid) = try await left(binary)
        #expect(kill(pid, 0) == 0)
        #expect(try await binary.runs().first?.status == .failed)
        answer(binary)
        _ = try await eventually("its last words are in the log") {
            try await binary.log(of: run).hasSuffix("last\nmore\n") ? true : nil
        }
        _ = try await eventually("and on the terminal") { try binary.said().hasSuffix("last\nmore\n") ? true : nil }
    }

    @Test func aDetachedRunWithinIsNotWaitedForNorCancelled() async throws {
        let binary = try Binary()
        let script = "\"$0\" exec --name inner --detach -- sleep 1000 > \(binary.place.path)/id"
        let status = try await binary.call("exec", "--name", "outer", "--", "sh", "-c", script, Binary.path).status
        #expect(status == 0)
        let runs = try await binary.runs()
        #expect(runs.first { $0.name == "outer" }?.status == .completed)
        let inner = try #require(runs.first { $0.name == "inner" })
        #expect(inner.status == .running)
        try await binary.service().cancel(inner.id, includingDescendants: false)
        _ = try await eventually("the inner run ends") {
            try await binary.runs().first { $0.id == inner.id && $0.status == .canceled }
        }
    }

    @Test func theFirstProcessOfAContainerTakesItsOrphans() async throws {
        let binary = try Binary()
        // The orphans end while the command runs; no zombie of them may be left.
        let script = """
            for i in 1 2 3 4 5; do (sh -c true &) ; done; sleep 0.5
            grep -l '^State:.Z' /proc/[0-9]*/status 2>/dev/null; echo $$; cat /proc/1/cmdline | tr '\\0' ' '
            """
        let outer = "exec unshare --user --map-root-user --pid --fork --mount-proc \"$0\" exec -- sh -c \"$1\""
        let answer = try await OtherProgram.run("sh", ["-c", outer, Binary.path, script], binary)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains(" exec -- sh -c "))
        #expect(!answer.output.hasPrefix("/proc/"), "\(answer.output)")
    }
}
