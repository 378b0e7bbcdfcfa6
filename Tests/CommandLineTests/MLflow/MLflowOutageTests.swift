import Foundation
import Glibc
import RunModel
import RunServices
import TestSupport
import Testing

/// `runwatch exec` on a server that goes away, and on one that asks for a password.
@Suite struct MLflowOutageTests {
    private let secret = "secret-" + UUID().uuidString

    /// The command lines of all processes of this machine.
    private func commandLines() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int32($0) != nil }.compactMap { pid in
            (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline"))).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// All that can be read of the only run, its log included, as one text.
    private func everything(of run: Run, on stage: MLflowStage) async throws -> String {
        "\(try await stage.service().details(of: run.id))" + (try await stage.log(of: run.id))
    }

    @Test func `an end that comes while the server is away is recorded when it is back`() async throws {
        let gate = try await MLflowTrackingServer.shared().gate()
        let stage = try MLflowStage(by: gate)
        let address = stage.uri.replacing("//", with: "//ana:\(secret)@")
        // The variables that lead back to the server are kept; nothing here is an argument that others could read.
        let script = """
            printf %s "$MLFLOW_TRACKING_PASSWORD" >"$PLACE/password"
            printf %s "$RUNWATCH_SERVICE $MLFLOW_TRACKING_URI" >"$PLACE/addresses"
            echo first
            while [ -e "$PLACE" ] && ! [ -e "$PLACE/end" ]; do sleep 0.05; done
            echo last; exit 5
            """
        let status = try await stage.binary.calling(
            "exec", "-e", stage.experiment, "--", "sh", "-c", script,
            environment: try stage.environment(["MLFLOW_TRACKING_URI": address])
        ) { _ in
            _ = try await eventually("the command runs") { stage.read("addresses") }
            #expect(try await stage.runs().map(\.status) == [.running])
            let lines = try commandLines()
            #expect(lines.contains { $0.contains(stage.experiment) })
            #expect(!lines.contains { $0.contains(secret) })
            gate.shut()
            try stage.write("", to: "end")
            _ = try await eventually("the person at the terminal is told") {
                try stage.binary.said().contains("to record the end of the run; ctrl-c gives up.") ? true : nil
            }
            try gate.open()
        }
        #expect(status == 5)
        let run = try #require(try await stage.runs().first)
        #expect(run.status == .failed)
        #expect(run.failure?.brief == "exited with status 5: last")
        #expect(try await stage.log(of: run.id) == "first\nlast\n")
        // MLflow's client in the script needs it, and finds it in the variable that it knows.
        #expect(stage.read("password") == secret)
        #expect(stage.read("addresses") == "\(stage.uri) \(stage.uri)")
        #expect(!(try stage.binary.said().contains(secret)))
        #expect(!(try await everything(of: run, on: stage).contains(secret)))
    }

    @Test func `nothing starts while the server is away, and why is said without the password`() async throws {
        let gate = try await MLflowTrackingServer.shared().gate()
        let stage = try MLflowStage(by: gate)
        gate.shut()
        let address = stage.uri.replacing("//", with: "//ana:\(secret)@")
        for arguments in [["exec"], ["exec", "--detach"]] {
            let answer = try await stage.binary.call(
                arguments + ["-e", stage.experiment, "--", "touch", stage.directory + "/touched"],
                environment: try stage.environment(["MLFLOW_TRACKING_URI": address]))
            #expect(answer.status == 4)
            #expect(answer.errors.contains("The MLflow server at \(stage.uri.dropFirst(7))"))
            #expect(!(answer.output + answer.errors).contains(secret))
        }
        #expect(stage.read("touched") == nil)
        try gate.open()
        #expect(try await stage.runs().isEmpty)
    }

    @Test func `a password in a variable reaches no list of processes, a detached supervisor's neither`() async throws {
        let stage = try await MLflowStage(.server)
        let variables = ["MLFLOW_TRACKING_USERNAME": "ana", "MLFLOW_TRACKING_PASSWORD": secret]
        let script = "echo hello; while [ -e \"$PLACE\" ] && ! [ -e \"$PLACE/end\" ]; do sleep 0.05; done"
        let answer = try await stage.binary.call(
            "exec", "--detach", "-e", stage.experiment, "--", "sh", "-c", script,
            environment: try stage.environment(variables))
        #expect(answer.status == 0, "\(answer.errors)")
        let lines = try commandLines()
        #expect(lines.filter { $0.contains(stage.experiment) }.count == 1, "the supervisor")
        #expect(!lines.contains { $0.contains(secret) })
        try stage.write("", to: "end")
        let run = try await eventually("the run ends") { try await stage.runs().first { $0.status == .completed } }
        #expect(answer.output == "\(run.id)\n")
        #expect(!(try await everything(of: run, on: stage).contains(secret)))
    }

    @Test func `a password in an argument is refused and not repeated`() async throws {
        let stage = try await MLflowStage(.server)
        let answer = try await stage.binary.call(
            "exec", "--service", stage.uri.replacing("//", with: "//ana:\(secret)@"), "--", "true")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("MLFLOW_TRACKING_PASSWORD"))
        #expect(!(answer.output + answer.errors).contains(secret))
    }
}
