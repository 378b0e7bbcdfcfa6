import Foundation

/// Stores that MLflow's own client made, once for a test process; the directory goes with the process.
package enum MLflowStores {
    /// Filled alike: `mlflow.db` and `mlruns`; without runs: `empty.db` and `empty-mlruns`.
    package static func directory() throws -> String { try made.get().path }

    /// What MLflow's own client sees in these stores (`sqlite:///PATH`, `file://PATH`), as `mlflow_stores.py` tells it.
    package static func read(_ uris: [String]) throws -> [Content] {
        let output = try run(["read"] + uris)
        return try JSONDecoder().decode([Content].self, from: output)
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

    private static let made = Result { () throws -> TemporaryDirectory in
        let directory = try TemporaryDirectory()
        _ = try run(["make", directory.path])
        // Nothing else ends the life of what belongs to the process.
        atexit { if let path = try? MLflowStores.directory() { try? FileManager.default.removeItem(atPath: path) } }
        return directory
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func run(_ arguments: [String]) throws -> Data {
        let python = root.appendingPathComponent(".build/venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw MissingEnvironment()
        }
        let process = Process()
        process.executableURL = python
        process.arguments = [root.appendingPathComponent("Tests/Fixtures/mlflow_stores.py").path] + arguments
        let (output, errors) = (
            Pipe(), FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        )
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus == 0 { return data }
        throw FailedScript(text: String(decoding: try Data(contentsOf: errors).suffix(2_000), as: UTF8.self))
    }

    private struct MissingEnvironment: Error, CustomStringConvertible {
        let description = """
            This test needs MLflow: run Tests/run, or `python3 -m venv .build/venv` and \
            `.build/venv/bin/pip install mlflow==3.17.2` in the package's directory.
            """
    }

    private struct FailedScript: Error, CustomStringConvertible {
        let text: String
        var description: String { "Tests/Fixtures/mlflow_stores.py failed: \(text)" }
    }
}
