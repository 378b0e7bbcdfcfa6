import Foundation
import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ExecCommandTests {
    @Test func passesOutputAndStatusOn() async throws {
        let binary = try Binary()
        let answer = try await binary.call("exec", "--", "sh", "-c", "echo hello; echo oops >&2; exit 3")
        #expect(answer.status == 3)
        #expect(answer.output == "hello\n")
        #expect(answer.errors == "oops\n")
        let run = try #require(try await binary.runs().first)
        #expect(run.status == .failed)
        #expect(run.failure?.brief == "exited with status 3: oops")
        #expect(run.name == "sh")
    }

    @Test func recordsWhatItIsToldAndWhereItRan() async throws {
        let binary = try Binary()
        let answer = try await binary.call(
            "exec", "-e", "sweep-lr", "--name", "lr=0.1", "--tag", "quality=great run", "--tag", "worth another look",
            "--property", "author=azureml-user", "--param", "lr=0.1", "--", "true", "--flag")
        #expect(answer.status == 0)
        let run = try #require(try await binary.runs().first)
        #expect(run.experimentName == "sweep-lr")
        #expect(run.name == "lr=0.1")
        #expect(run.tags.value(forKey: "quality") == "great run")
        #expect(run.tags.value(forKey: "worth another look") == .some(nil))
        #expect(run.properties.value(forKey: "author") == "azureml-user")
        #expect(run.params.value(forKey: "lr") == "0.1")
        let source = try #require(try await binary.service().details(of: run.id).source)
        #expect(source.command == ["true", "--flag"])
        #expect(source.directory.hasPrefix("/"))
        #expect(!run.user.isEmpty)
    }

    @Test func nestedExecMakesChildRunsOfAnyDepth() async throws {
        let binary = try Binary()
        let answer = try await binary.call(
            "exec", "-e", "nest", "--name", "a", "--", Binary.path, "exec", "--name", "b", "--", Binary.path, "exec",
            "--name", "c", "--", "sh", "-c", "\"$0\" log depth=3; exit 4", Binary.path)
        #expect(answer.status == 4)
        let runs = Dictionary(uniqueKeysWithValues: try await binary.runs().map { ($0.name, $0) })
        let (a, b, c) = (try #require(runs["a"]), try #require(runs["b"]), try #require(runs["c"]))
        #expect(a.parentID == nil)
        #expect(b.parentID == a.id)
        #expect(c.parentID == b.id)
        #expect(c.rootID == a.id)
        #expect(c.experimentName == "nest")
        #expect(c.metrics.value(forKey: "depth")?.value == .number(3))
        #expect([a, b, c].allSatisfy { $0.status == .failed })
    }

    @Test func anotherStoreHasNoParentInThisOne() async throws {
        let binary = try Binary()
        let other = try Binary()
        let answer = try await binary.call(
            "exec", "--", Binary.path, "exec", "--store", other.store, "--", "true")
        #expect(answer.status == 0)
        #expect(try await other.runs().map(\.parentID) == [nil])
    }

    @Test func endsWith128AndTheSignal() async throws {
        let binary = try Binary()
        let answer = try await binary.call("exec", "--", "sh", "-c", "kill -TERM $$")
        #expect(answer.status == 143)
        #expect(try await binary.runs().first?.failure?.message == "killed by signal 15 (SIGTERM)")
    }

    @Test func refusesBadUse() async throws {
        let binary = try Binary()
        #expect(try await binary.call("exec").status == 2)
        #expect(try await binary.call("exec", "--frobnicate", "true").status == 2)
        #expect(try await binary.call("exec", "--param", "lr", "--", "true").status == 2)
        #expect(try await binary.call("exec", "--", "no-such-command-here").status == 127)
    }

    @Test func signalsOfTheSupervisorReachTheCommand() async throws {
        let binary = try Binary()
        let status = try await binary.calling(
            "exec", "--", "sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done"
        ) { pid in
            _ = try await eventually("the command is ready") { () -> String? in
                guard let run = try await binary.runs().first else { return nil }
                return try? await binary.log(of: run.id)
            }
            kill(pid, SIGTERM)
        }
        #expect(status == 9)
    }

    @Test func aSignalThatSlurmGaveToAllIsNotGivenAgain() async throws {
        let binary = try Binary()
        // As Slurm's daemon does on `scancel`: one by one to every process of the step that it started.
        let script = """
            cp "$(command -v bash)" "$1/slurmstepd"
            exec "$1/slurmstepd" -c '
                "$0" exec -- sh -c "trap \\"echo told >> $1/told\\" TERM; echo \\$\\$ > $1/pid; \
                    while [ ! -e $1/end ]; do sleep 0.05; done; exit 7" &
                while [ ! -s $1/pid ]; do sleep 0.05; done
                kill -TERM $! $(cat $1/pid)
                while [ ! -s $1/told ]; do sleep 0.05; done
                sleep 0.5; touch $1/end; wait $!' "$0" "$1"
            """
        let answer = try await OtherProgram.run("bash", ["-c", script, Binary.path, binary.place.path], binary)
        #expect(answer.status == 7)
        #expect(try String(contentsOfFile: binary.place.path + "/told", encoding: .utf8) == "told\n")
    }

    @Test func closedStandardStreamsAreNoTrouble() async throws {
        let binary = try Binary()
        let script = "\"$0\" exec -- sh -c 'echo out; cat; echo err >&2' <&- >&- 2>&-"
        let answer = try await binary.call("exec", "--name", "outer", "--", "sh", "-c", script, Binary.path)
        #expect(answer.status == 0)
        let inner = try #require(try await binary.runs().first { $0.name != "outer" })
        #expect(inner.status == .completed)
        #expect(try await binary.log(of: inner.id).split(separator: "\n").sorted() == ["err", "out"])
    }
}
