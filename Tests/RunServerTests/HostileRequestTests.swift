import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// What no client sends on purpose: the server says what is wrong, goes on, and has kept nothing of it.
struct HostileRequestTests {
    @Test func `A body of 10 MB is judged, one of 30 MB refused`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let value = String(repeating: "v", count: 10 << 20)
        let large = try await server.ask(
            "POST", "/api/2.0/mlflow/runs/set-tag", #"{"run_id":"\#(run)","key":"k","value":"\#(value)"}"#)
        #expect(large.status == 200)
        let kept = try await server.store.details(of: RunID(run)).run.tags.value(forKey: "k")
        #expect(kept??.count == 8_000)
        let huge = try await RawConnection.ask(
            server.port, "POST", "/api/2.0/mlflow/runs/set-tag", [UInt8](repeating: 0x20, count: 30 << 20))
        #expect(huge.status == 413 && huge.fault.code == "BAD_REQUEST")
        #expect(try await server.ask("GET", "/health").status == 200)
    }

    @Test func `Headers that are too large are named so`() async throws {
        let server = try await ServedStore()
        let answer = try await server.ask(
            "GET", "/health", headers: [("X-Large", String(repeating: "h", count: 40_000))])
        #expect(answer.status == 431)
        let many = (0..<400).map { ("X-\($0)", "v") }
        #expect(try await server.ask("GET", "/health", headers: many).status == 431)
    }

    @Test(arguments: [
        "{", "[]", "\"x\"", "5", "nul", "{\"a\":}", "{\"a\":1,}", "{\"run_id\":\"\\ud800\"", "\u{1}", "{\"a\" 1}",
    ])
    func `What is no object is no request`(_ body: String) async throws {
        let server = try await ServedStore()
        for path in ["runs/create", "runs/log-batch", "runs/search", "experiments/create"] {
            let answer = try await server.ask("POST", "/api/2.0/mlflow/" + path, body)
            #expect(answer.status == 400, "\(path)")
        }
        #expect(try await server.store.experiments().map(\.name) == ["Default"])
        #expect(try await server.store.runs(in: .all, matching: nil, limit: 5).isEmpty)
    }

    @Test func `A body that is nested very deeply is refused`() async throws {
        let server = try await ServedStore()
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(try await server.ask("POST", "/api/2.0/mlflow/runs/create", #"{"tags":\#(deep)}"#).status == 400)
        let objects = String(repeating: #"{"a":"#, count: 50_000)
        #expect(try await server.ask("POST", "/api/2.0/mlflow/runs/create", objects).status == 400)
    }

    @Test(arguments: [
        #"{"run_id":{},"key":"k","value":1,"timestamp":1}"#, #"{"run_id":"RUN","key":[],"value":1,"timestamp":1}"#,
        #"{"run_id":"RUN","key":"k","value":{},"timestamp":1}"#,
        #"{"run_id":"RUN","key":"k","value":1,"timestamp":[1]}"#,
        #"{"run_id":"RUN","key":"k","value":true,"timestamp":1}"#,
        #"{"run_id":"RUN","key":"k","value":1,"timestamp":1e300}"#,
        #"{"run_id":"RUN","key":"k","value":1,"timestamp":1,"step":1e99}"#,
    ])
    func `Values of other types are named in MLflow's words`(_ body: String) async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        let answer = try await server.ask("POST", "/api/2.0/mlflow/runs/log-metric", body.replacing("RUN", with: run))
        #expect(answer.status == 400 && answer.fault.code == "INVALID_PARAMETER_VALUE")
        #expect(answer.fault.message.contains("Hint: Value was of type"), "\(answer.fault.message)")
        #expect(try await server.store.details(of: RunID(run)).run.metrics.isEmpty)
    }

    @Test func `Numbers at the ends of their range are kept`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        for (key, value, step) in [
            ("nan", "NaN", "9223372036854775807"), ("inf", "-Infinity", "-9223372036854775808"),
            ("tiny", "5e-324", "0"),
        ] {
            let answer = try await server.ask(
                "POST", "/api/2.0/mlflow/runs/log-metric",
                #"{"run_id":"\#(run)","key":"\#(key)","value":\#(value),"timestamp":9223372036854775807,"step":\#(step)}"#
            )
            #expect(answer.status == 200, "\(key)")
        }
        let metrics = try await server.store.details(of: RunID(run)).run.metrics
        #expect(metrics.value(forKey: "nan")?.value.number?.isNaN == true)
        #expect(metrics.value(forKey: "nan")?.step == .max && metrics.value(forKey: "inf")?.step == .min)
        #expect(metrics.value(forKey: "inf")?.value == .number(-.infinity))
        #expect(metrics.value(forKey: "tiny")?.value == .number(.leastNonzeroMagnitude))
    }

    @Test func `A batch with one bad entry keeps none of the others`() async throws {
        let server = try await ServedStore()
        let run = try await server.newRun()
        for bad in [
            #""metrics":[{"key":"m","value":1,"timestamp":1},{"key":"../m","value":1,"timestamp":1}]"#,
            #""metrics":[{"key":"m","value":1,"timestamp":1}],"params":[{"key":"p","value":"1"}],"tags":[{"key":"a*b","value":"1"}]"#,
            #""metrics":[{"key":"m","value":1,"timestamp":1},{"key":"m","value":"x","timestamp":1}]"#,
            #""tags":[{"key":"t","value":"1"},{"key":5,"value":"1"}]"#, #""tags":[{"key":"t","value":"1"},7]"#,
        ] {
            let answer = try await server.ask(
                "POST", "/api/2.0/mlflow/runs/log-batch", #"{"run_id":"\#(run)",\#(bad)}"#)
            #expect(answer.status == 400, "\(bad)")
        }
        let kept = try await server.store.details(of: RunID(run)).run
        #expect(kept.metrics.isEmpty && kept.params.isEmpty && kept.tags.isEmpty)
    }
}

extension ServedStore {
    /// A run in the default experiment; returns its id.
    func newRun() async throws -> String {
        let answer = try await mlflow("POST", "runs/create", #"{"experiment_id":"0","start_time":1700000000000}"#)
        let run = answer["run"] as? [String: Any]
        let info = run?["info"] as? [String: Any]
        return info?["run_id"] as? String ?? ""
    }
}
