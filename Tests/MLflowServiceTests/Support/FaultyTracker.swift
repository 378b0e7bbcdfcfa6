import Foundation
import MLflowService
import RunServices
import Synchronization
import TestSupport

/// A tracking server of one experiment that answers the few questions of a dashboard, until a test breaks it.
final class FaultyTracker: Sendable {
    typealias Fault = @Sendable (FaultRequest) -> FaultReply

    private struct State {
        /// JSON of the runs by id.
        var runs: [String: String] = [:]
        var fault: Fault?
    }

    private let state: Mutex<State>
    let server: FaultServer
    let clock = TestClock()

    init() throws {
        let state = Mutex(State())
        self.state = state
        server = try FaultServer { request in
            let (runs, fault) = state.withLock { ($0.runs, $0.fault) }
            return fault.map { $0(request) } ?? Self.answer(request, runs)
        }
    }

    /// What is known so far, with `json` for one run: `info` and `data`.
    func set(_ id: String, _ json: String?) { state.withLock { $0.runs[id] = json } }

    /// A run without much in it.
    func set(_ id: String, tag: String, start: Int64 = 1_750_000_000_000) {
        set(
            id,
            """
            {"info":{"run_id":"\(id)","run_uuid":"\(id)","experiment_id":"1","status":"RUNNING","start_time":\(start)},
            "data":{"tags":[{"key":"quality","value":"\(tag)"}]}}
            """)
    }

    /// Answers so from now on; nil answers properly again.
    func fail(with fault: Fault?) { state.withLock { $0.fault = fault } }

    /// With credentials, which nobody may ever see.
    func connect(settings: MLflowServer.Settings = .patient) throws -> MLflowServer {
        let environment = ["MLFLOW_TRACKING_USERNAME": "ana", "MLFLOW_TRACKING_PASSWORD": Self.password, "HOME": "/"]
        let connection = try MLflowConnection(uri: "http://127.0.0.1:\(server.port)", environment: environment)
        return try MLflowServer(connection, settings: settings) { [clock] in clock.now }
    }

    static let password = "secret-of-ana"

    private static func answer(_ request: FaultRequest, _ runs: [String: String]) -> FaultReply {
        switch request.path.split(separator: "/").suffix(2).joined(separator: "/") {
        case "experiments/search":
            return .json(#"{"experiments":[{"experiment_id":"1","name":"explore-runs","lifecycle_stage":"active"}]}"#)
        case "runs/search":
            let asked = try? JSONDecoder().decode(Search.self, from: Data(request.body))
            // Those named when ids are asked for, all for every other question.
            let isByID = asked?.filter?.contains("run_id IN") == true
            let found = runs.filter { !isByID || asked?.filter?.contains("'\($0.key)'") == true }
            return .json(#"{"runs":[\#(found.sorted { $0.key < $1.key }.map(\.value).joined(separator: ","))]}"#)
        case "runs/get":
            let id = request.target.split(separator: "run_id=").last?.prefix { $0 != "&" } ?? ""
            if let run = runs[String(id)] { return .json(#"{"run":\#(run)}"#) }
            return .answer(
                404, headers: [], #"{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Run with id=\#(id) not found"}"#)
        case "artifacts/list": return .json("{}")
        default: return .page(404, "404 Not Found")
        }
    }

    private struct Search: Decodable { var filter: String? }
}
