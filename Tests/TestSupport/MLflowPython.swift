package import Foundation

/// Python with MLflow in it, as `Tests/run` installs it.
package enum MLflowPython {
    private static let python = PythonScript(environment: "venv", requirements: "requirements.txt")

    /// The path of a file of `Tests/Fixtures`.
    package static func fixture(_ name: String) -> String { PythonScript.fixture(name) }

    /// Runs a script of `Tests/Fixtures` and returns what it printed. Throws the end of its complaints when it fails.
    package static func run(
        _ script: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Data {
        try await python.run(script, arguments, environment: environment)
    }

    /// Throws with what to run when MLflow is not installed.
    package static func checkedExecutable() throws -> URL { try python.checkedExecutable() }
}
