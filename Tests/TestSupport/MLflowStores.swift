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

    /// Has MLflow's own client say KILLED of all running runs of the experiments of that name.
    package static func kill(experiment: String, in uris: [String]) async throws {
        _ = try await MLflowPython.run("mlflow_stores.py", ["kill", experiment] + uris)
    }

    /// Puts a database without runs into a directory, with its artifacts beside it; returns its path.
    package static func copyEmptyDatabase(to directory: String) async throws -> String {
        let path = directory + "/mlflow.db"
        try FileManager.default.copyItem(atPath: try await self.directory() + "/empty.db", toPath: path)
        // The artifacts of this copy are its own.
        try await DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: "UPDATE experiments SET artifact_location = ? || '/mlruns/' || experiment_id",
                arguments: [directory])
        }
        return path
    }

    /// Puts an `mlruns` without runs into a directory; returns its path.
    package static func copyEmptyFiles(to directory: String) async throws -> String {
        let path = directory + "/mlruns"
        try FileManager.default.copyItem(atPath: try await self.directory() + "/empty-mlruns", toPath: path)
        // As it is once the experiment that MLflow makes by itself was moved away.
        try FileManager.default.createDirectory(atPath: path + "/.trash", withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: path + "/0", toPath: path + "/.trash/0")
        return path
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
