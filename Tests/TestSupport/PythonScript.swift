package import Foundation

/// Scripts of `Tests/Fixtures`, run by the Python of an environment that `Tests/run` makes.
package struct PythonScript: Sendable {
    private let executable: URL
    private let requirements: String

    /// - Parameter environment: of those that are below `.build`.
    /// - Parameter requirements: the file of `Tests/Fixtures` that says what is in it.
    package init(environment: String, requirements: String) {
        executable = Self.root.appendingPathComponent(".build/\(environment)/bin/python")
        self.requirements = requirements
    }

    /// The path of a file of `Tests/Fixtures`.
    package static func fixture(_ name: String) -> String {
        root.appendingPathComponent("Tests/Fixtures/\(name)").path
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs a script, of `Tests/Fixtures` unless a path is given, and returns what it printed. Throws the end of its complaints when it fails.
    ///
    /// No thread waits for it: importing a client alone takes seconds, and other tests need the threads.
    package func run(
        _ script: String, _ arguments: [String], environment: [String: String] = [:], directory: String? = nil
    ) async throws -> Data {
        let executable = try checkedExecutable()
        let place = try TemporaryDirectory()
        let (output, errors) = (place.path + "/output", place.path + "/errors")
        for file in [output, errors] { try Data().write(to: URL(fileURLWithPath: file)) }
        let process = Process()
        process.executableURL = executable
        process.arguments = [script.hasPrefix("/") ? script : Self.fixture(script)] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
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

    /// Throws with what to run when the environment is not there.
    package func checkedExecutable() throws -> URL {
        if FileManager.default.isExecutableFile(atPath: executable.path) { return executable }
        let environment = executable.deletingLastPathComponent().deletingLastPathComponent().lastPathComponent
        throw FailedScript(
            description: """
                This test needs Python packages: run Tests/run, or `python3 -m venv .build/\(environment)` and \
                `.build/\(environment)/bin/pip install -r Tests/Fixtures/\(requirements)` in the package's directory.
                """)
    }

    private struct FailedScript: Error, CustomStringConvertible { let description: String }
}
