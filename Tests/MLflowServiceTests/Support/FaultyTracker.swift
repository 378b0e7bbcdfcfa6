import Foundation
import MLflowService
import RunServices
import Synchronization
import TestSupport

/// A tracking server of one experiment that answers the few questions of a dashboard, until a test breaks it.
final class FaultyTracker: Sendable {
    /// Nil answers that request properly.
    typealias Fault = @Sendable (FaultRequest) -> FaultReply?

    /// What the server's answers are made of.
    private final class State: Sendable {
        /// JSON of the runs by id.
        let runs = Mutex<[String: String]>([:])
        let fault = Mutex<Fault?>(nil)
    }

    private let state = State()
    let server: FaultServer
    let clock = TestClock()

    init() throws {
        server = try FaultServer { [state] request in
            state.fault.withLock { $0 }?(request) ?? Self.answer(request, state.runs.withLock { $0 })
        }
    }

    /// `json` has a run's `info` and `data`; nil takes the run away.
    func set(_ id: String, _ json: String?) { state.runs.withLock { $0[id] = json } }

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
    func fail(with fault: Fault?) { state.fault.withLock { $0 = fault } }

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
            let filter = asked?.filter ?? ""
            // Ids are heeded, any other condition holds.
            let found = runs.filter {
                if filter.contains("run_id IN") { return filter.contains("'\($0.key)'") }
                return !filter.contains("run_id NOT IN") || !filter.contains("'\($0.key)'")
            }
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
