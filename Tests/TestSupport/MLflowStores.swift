import Foundation
import Synchronization

/// Stores that MLflow's own client made, once for a test process; the directory goes with the process.
package enum MLflowStores {
    /// Filled alike: `mlflow.db` and `mlruns`; without runs: `empty.db` and `empty-mlruns`.
    package static func directory() async throws -> String { try await made.value.path }

    /// What MLflow's own client sees in these stores (`sqlite:///PATH`, `file://PATH`), as `mlflow_stores.py` tells it.
    package static func read(_ uris: [String]) async throws -> [Content] {
        try JSONDecoder().decode(
            [Content].self, from: try await MLflowPython.run("mlflow_stores.py", ["read"] + uris))
    }

    /// Makes databases without runs as MLflow made them at these revisions of its schema: `REVISION.db`.
    package static func makeDatabases(in directory: String, revisions: [String]) async throws {
        _ = try await MLflowPython.run("mlflow_stores.py", ["make-revisions", directory] + revisions)
    }

    /// Brings such databases to MLflow's newest schema, as `mlflow db upgrade` does.
    package static func upgradeDatabases(in directory: String, revisions: [String]) async throws {
        _ = try await MLflowPython.run("mlflow_stores.py", ["upgrade-revisions", directory] + revisions)
    }

    package struct Content: Decodable, Sendable {
        package var experiments: [String: String]
        package var runs: [String: RunContent]
    }

    package struct RunContent: Decodable, Sendable {
        package var experiment: String
        package var name: String
        package var status: String
        package var start: Int64?
        package var end: Int64?
        package var user: String
        package var artifacts: [String]
        package var tags: [String: String]
        package var params: [String: String]
        /// Python's way to write the number.
        package var metrics: [String: String]
        /// `step timestamp value` of each point, by metric.
        package var histories: [String: [String]]
    }

    private static let made = Task { () throws -> TemporaryDirectory in
        let directory = try TemporaryDirectory()
        path.withLock { $0 = directory.path }
        // Nothing else ends the life of what belongs to the process.
        atexit {
            if let path = MLflowStores.path.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
        }
        _ = try await MLflowPython.run("mlflow_stores.py", ["make", directory.path])
        return directory
    }

    private static let path = Mutex<String?>(nil)
}
