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
        let file = URL(fileURLWithPath: directory.path + "/cases.json")
        try JSONEncoder().encode(cases).write(to: file)
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appendingPathComponent(".build/venv/bin/python")
        process.arguments = [root.appendingPathComponent("Tests/Fixtures/mlflow_requests.py").path, file.path]
        // Of interest only when it fails.
        let log = directory.path + "/log"
        try Data().write(to: URL(fileURLWithPath: log))
        process.standardError = FileHandle(forWritingAtPath: log)
        process.standardOutput = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        if status != 0 {
            throw Failure(text: String((try? String(contentsOfFile: log, encoding: .utf8))?.suffix(2_000) ?? ""))
        }
    }

    private struct Failure: Error { let text: String }
}
