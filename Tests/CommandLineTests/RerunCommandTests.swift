import Foundation
import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `runwatch rerun`.
@Suite struct RerunCommandTests {
    private func id(_ binary: Binary, _ name: String) async throws -> String {
        try #require(try await binary.runs().first { $0.name == name }).id.text
    }

    @Test func theSameCommandRunsInTheSamePlaceWithOtherParameters() async throws {
        let binary = try Binary()
        let folder = binary.place.path + "/work"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = "pwd; printf '%s|' \"$@\"; echo"
        let first = try await binary.calling(
            "exec", "-e", "sweep", "--name", "first", "--param", "lr=0.1", "--tag", "good", "--", "sh", "-c", script,
            "sh", "--lr", "0.1", "a b", "--seed=3", through: ["env", "-C", folder]
        ) { _ in }
        #expect(first == 0)
        let id = try await id(binary, "first")
        let shown = try await binary.call("rerun", String(id.prefix(12)), "--param", "lr=0.2", "--dry-run")
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.hasPrefix("cd \(folder) && sh -c ") && shown.output.hasSuffix("--lr 0.2 'a b' --seed=3\n"))
        let again = try await binary.call(
            "rerun", id, "--param", "lr=0.2", "--param", "seed=4", "--name", "second")
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output == "\(folder)\n--lr|0.2|a b|--seed=4|\n")
        let run = try #require(try await binary.runs().first { $0.name == "second" })
        #expect(run.status == .completed && run.experimentName == "sweep")
        #expect(run.params == Params([("lr", "0.2"), ("seed", "4")]))
        #expect(run.tags == Tags([("repeats", id)]))
        #expect(try await binary.service().details(of: run.id).source?.directory == folder)
    }

    @Test func signalAndGraceAreCarriedOver() async throws {
        let binary = try Binary()
        // Ends by no other signal within the deadline of this test.
        let script = "trap '' TERM; trap 'echo saved; exit 0' USR1; while [ ! -e end ]; do sleep 0.05; done"
        let end = binary.place.path + "/end"
        try "".write(toFile: end, atomically: true, encoding: .utf8)
        let first = try await binary.calling(
            "exec", "--name", "first", "--grace", "1200", "--stop-signal", "SIGUSR1", "--", "sh", "-c", script,
            through: ["env", "-C", binary.place.path]
        ) { _ in }
        #expect(first == 0)
        try FileManager.default.removeItem(atPath: end)
        let started = try await binary.call("rerun", try await id(binary, "first"), "--name", "second", "--detach")
        #expect(started.status == 0, "\(started.errors)")
        let run = try await eventually("the second run runs") { () -> Run? in
            try await binary.runs().first { $0.name == "second" && $0.status == .running }
        }
        #expect(run.stopTerms == StopTerms(signal: "SIGUSR1", grace: 1_200_000))
        let canceled = try await binary.call("cancel", "--run", run.id.text, "--yes")
        let ended = try await eventually("it ends") { () -> Run? in
            try await binary.runs().first { $0.id == run.id && $0.status.isTerminal }
        }
        try "".write(toFile: end, atomically: true, encoding: .utf8)
        #expect(canceled.status == 0 && ended.status == .canceled, "\(canceled.errors)")
        #expect(try await binary.log(of: run.id).contains("saved"))
    }

    @Test func wordsThatAreNoTextAreRunAgainByteForByte() async throws {
        let binary = try Binary()
        let status = try await binary.calling(
            through: [
                "sh", "-c",
                "exec \"$1\" exec --name odd -- sh -c 'printf %s \"$1\" | od -An -tx1' sh \"$(printf '\\377\\037x')\"",
                "sh",
            ]
        ) { _ in }
        #expect(status == 0)
        #expect(try binary.said().contains("ff 1f 78"))
        let again = try await binary.call("rerun", try await id(binary, "odd"))
        #expect(again.status == 0 && again.output.contains("ff 1f 78"), "\(again.errors)")
    }

    @Test func whatCannotBeRunAgainIsRefused() async throws {
        let binary = try Binary()
        let folder = binary.place.path + "/gone"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try await binary.calling("exec", "--name", "gone", "--", "true", through: ["env", "-C", folder]) { _ in }
        _ = try await binary.call("start", "--name", "by hand")
        let gone = try await id(binary, "gone")
        let parameter = try await binary.call("rerun", gone, "--param", "lr=1")
        #expect(parameter.status == 2 && parameter.errors.contains("lr stands nowhere"))
        try FileManager.default.removeItem(atPath: folder)
        let missing = try await binary.call("rerun", gone)
        #expect(missing.status == 3 && missing.errors.contains("There is no directory"), "\(missing.errors)")
        let byHand = try await binary.call("rerun", try await id(binary, "by hand"))
        #expect(byHand.status == 1 && byHand.errors.contains("does not tell its command"), "\(byHand.errors)")
        #expect(try await binary.runs().count == 2)
    }

    @Test func anotherCommitAndAnEnvironmentThatIsGoneAreSaid() async throws {
        let binary = try Binary()
        let folder = binary.place.path + "/work"
        let environment = binary.place.path + "/venv"
        func commit(_ id: String) throws {
            try FileManager.default.createDirectory(
                atPath: folder + "/.git/refs/heads", withIntermediateDirectories: true)
            try "ref: refs/heads/main\n".write(toFile: folder + "/.git/HEAD", atomically: true, encoding: .utf8)
            try (id + "\n").write(toFile: folder + "/.git/refs/heads/main", atomically: true, encoding: .utf8)
        }
        try commit(String(repeating: "a", count: 40))
        try FileManager.default.createDirectory(atPath: environment + "/bin", withIntermediateDirectories: true)
        try "".write(toFile: environment + "/pyvenv.cfg", atomically: true, encoding: .utf8)
        try "#!/bin/sh\necho from the environment\n".write(
            toFile: environment + "/bin/tool", atomically: true, encoding: .utf8)
        chmod(environment + "/bin/tool", 0o755)
        let path = environment + "/bin:" + (getenv("PATH").map { String(cString: $0) } ?? "/bin:/usr/bin")
        let first = try await binary.calling(
            "exec", "--name", "first", "--", "tool", through: ["env", "-C", folder],
            environment: ["VIRTUAL_ENV": environment, "PATH": path]
        ) { _ in }
        #expect(first == 0)
        try commit(String(repeating: "b", count: 40))
        let again = try await binary.call("rerun", try await id(binary, "first"))
        #expect(again.status == 0 && again.output == "from the environment\n", "\(again.errors)")
        #expect(again.errors.contains("the code was at commit aaaaaaaaaa, and is at bbbbbbbbbb now"))
        try FileManager.default.removeItem(atPath: environment)
        let without = try await binary.call("rerun", try await id(binary, "first"))
        #expect(without.status == 127 && without.errors.contains("its Python environment"), "\(without.errors)")
    }
}
