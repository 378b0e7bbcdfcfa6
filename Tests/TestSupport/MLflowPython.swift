package import Foundation

/// Python with MLflow in it, as `Tests/run` installs it.
package enum MLflowPython {
    package static let executable = root.appendingPathComponent(".build/venv/bin/python")

    /// The path of a file of `Tests/Fixtures`.
    package static func fixture(_ name: String) -> String {
        root.appendingPathComponent("Tests/Fixtures/\(name)").path
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs a script of `Tests/Fixtures` and returns what it printed. Throws the end of its complaints when it fails.
    ///
    /// No thread waits for it: importing MLflow alone takes seconds, and other tests need the threads.
    package static func run(
        _ script: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Data {
        let executable = try checkedExecutable()
        let place = try TemporaryDirectory()
        let (output, errors) = (place.path + "/output", place.path + "/errors")
        for file in [output, errors] { try Data().write(to: URL(fileURLWithPath: file)) }
        let process = Process()
        process.executableURL = executable
        process.arguments = [fixture(script)] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        if status == 0 { return try Data(contentsOf: URL(fileURLWithPath: output)) }
        let complaints = String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self)
        throw FailedScript(description: "\(script) failed: \(complaints.suffix(2_000))")
    }

    /// Throws with what to run when MLflow is not installed.
    package static func checkedExecutable() throws -> URL {
        guard FileManager.default.isExecutableFile(atPath: executable.path) else { throw MissingEnvironment() }
        return executable
    }

    private struct MissingEnvironment: Error, CustomStringConvertible {
        let description = """
            This test needs MLflow: run Tests/run, or `python3 -m venv .build/venv` and \
            `.build/venv/bin/pip install -r Tests/Fixtures/requirements.txt` in the package's directory.
            """
    }

    private struct FailedScript: Error, CustomStringConvertible { let description: String }
}
