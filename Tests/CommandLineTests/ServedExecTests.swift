import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `runwatch exec --service http://…` on a `runwatch serve`, as on another machine: nothing is lost on the way.
@Suite struct ServedExecTests {
    @Test func keepsWhatMLflowCannot() async throws {
        let (server, binary) = (try await ServedStore(), try Binary())
        let answer = try await binary.call(
            "exec", "--service", server.address, "-e", "served", "--name", "far", "--tag", "worth another look",
            "--tag",
            "empty=", "--property", "author=ana", "--param", "lr=0.1", "--", "sh", "-c",
            "echo hello; \"$0\" log message=Hello loss=nan --step 3; exit 4", Binary.path)
        #expect(answer.status == 4 && answer.output == "hello\n", "\(answer.errors)")
        let run = try #require(try await server.store.runs(in: .all, matching: nil, limit: 5).first)
        #expect(run.status == .failed && run.failure?.message?.hasPrefix("exited with status 4") == true)
        #expect(run.experimentName == "served" && run.name == "far")
        #expect(run.tags.value(forKey: "worth another look") == .some(nil))
        #expect(run.tags.value(forKey: "empty") == "")
        #expect(run.properties.value(forKey: "author") == "ana")
        #expect(run.params.value(forKey: "lr") == "0.1")
        #expect(run.metrics.value(forKey: "message")?.value == .text("Hello"))
        #expect(run.metrics.value(forKey: "loss")?.value.number?.isNaN == true)
        #expect(!run.machineTags.keys.contains { $0.hasPrefix("runwatch.") })
        let details = try await server.store.details(of: run.id)
        let log = try #require(details.commandLog)
        let chunk = try await server.store.readLog(log.name, of: run.id, offset: 0, length: 100)
        #expect(String(decoding: chunk.bytes, as: UTF8.self) == "hello\n")
        #expect(details.source?.command.first == "sh")
    }

    @Test func obeysACancelFromTheStoreBehindTheServer() async throws {
        let (server, binary) = (try await ServedStore(), try Binary())
        let status = try await binary.calling(
            "exec", "--service", server.address, "--", "sh", "-c", "echo ready; exec sleep 1000"
        ) { _ in
            let run = try await eventually("a run under way") {
                try await server.store.runs(in: .all, matching: nil, limit: 5).first { $0.status == .running }
            }
            try await server.store.cancel(run.id, includingDescendants: false)
        }
        #expect(status != 0)
        let run = try #require(try await server.store.runs(in: .all, matching: nil, limit: 5).first)
        #expect(run.status == .canceled)
    }

    /// Any client of MLflow's: the word in the database is an order to the supervisor.
    @Test func obeysKILLEDFromAClientOfMLflow() async throws {
        let (server, binary) = (try await ServedStore(), try Binary())
        let status = try await binary.calling(
            "exec", "--service", server.address, "--", "sh", "-c", "exec sleep 1000"
        ) { _ in
            let run = try await eventually("a run under way") {
                try await server.store.runs(in: .all, matching: nil, limit: 5).first { $0.status == .running }
            }
            let answer = try await server.ask(
                "POST", "/api/2.0/mlflow/runs/update", #"{"run_id":"\#(run.id)","status":"KILLED"}"#)
            #expect(answer.status == 200)
        }
        #expect(status != 0)
        let run = try #require(try await server.store.runs(in: .all, matching: nil, limit: 5).first)
        #expect(run.status == .canceled)
    }
}
