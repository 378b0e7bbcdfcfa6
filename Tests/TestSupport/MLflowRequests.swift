import Foundation

/// What MLflow's own client does when it is told to ask a server (`Tests/Fixtures/mlflow_requests.py`).
package enum MLflowRequests {
    package struct Case: Codable, Sendable {
        package var uri: String
        package var environment: [String: String]
        package var path: String

        package init(uri: String, environment: [String: String], path: String) {
            self.uri = uri
            self.environment = environment
            self.path = path
        }
    }

    /// One process asks them all, in their order.
    package static func send(_ cases: [Case]) async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/cases.json"
        try JSONEncoder().encode(cases).write(to: URL(fileURLWithPath: file))
        _ = try await MLflowPython.run("mlflow_requests.py", [file])
    }
}
