import Foundation
import GRDB
import Synchronization

/// Stores that MLflow's own client made, once for a test process; the directory goes with the process.
package enum MLflowStores {
    /// Filled alike: `mlflow.db` and `mlruns`; without runs: `empty.db` and `empty-mlruns`.
    package static func directory() async throws -> String { try await made.value.path }

    /// What MLflow's own client sees in these stores (`sqlite:///PATH`, `file://PATH`, `http://…`), as
    /// `mlflow_stores.py` tells it; of a server in `workspace`.
    package static func read(_ uris: [String], workspace: String? = nil) async throws -> [Content] {
        let environment = workspace.map { ["MLFLOW_WORKSPACE": $0] } ?? [:]
        return try JSONDecoder().decode(
            [Content].self,
            from: try await MLflowPython.run("mlflow_stores.py", ["read"] + uris, environment: environment))
    }

    /// The text artifacts of all runs of the experiments of that name, as MLflow's own client reads them: by run, by path.
    package static func artifacts(of experiment: String, in uris: [String]) async throws -> [[String: [String: String]]]
    {
        try JSONDecoder().decode(
            [[String: [String: String]]].self,
            from: try await MLflowPython.run("mlflow_stores.py", ["artifacts", experiment] + uris))
    }

    /// Has MLflow's own client say KILLED of all running runs of the experiments of that name.
    package static func kill(experiment: String, in uris: [String]) async throws {
        _ = try await MLflowPython.run("mlflow_stores.py", ["kill", experiment] + uris)
    }

    /// A copy of one of the stores, `empty.db` or `empty-mlruns`, whose artifacts are its own.
    package static func copy(_ name: String, to path: String) async throws {
        try FileManager.default.copyItem(atPath: try await directory() + "/" + name, toPath: path)
        guard name.hasSuffix(".db") else { return }
        let artifacts = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/mlruns/"
        try await DatabaseQueue(path: path).write { db in
            try db.execute(sql: "UPDATE experiments SET artifact_location = ? || experiment_id", arguments: [artifacts])
        }
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

        /// The runs of the experiments of that name, by id.
        package func runs(in experiment: String) -> [String: RunContent] {
            runs.filter { experiments[$0.value.experiment] == experiment }
        }
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
