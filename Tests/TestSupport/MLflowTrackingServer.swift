import Foundation
package import HTTPTransport
import RunServices

/// A real `mlflow server` on loopback, with a SQLite database of its own; it and all its processes end with the last
/// reference, and with the test process however that ends.
package final class MLflowTrackingServer: Sendable {
    /// `http://127.0.0.1:PORT`.
    package let address: String
    /// Where its database (`mlflow.db`) and artifacts (`artifacts/`) are.
    package let directory: TemporaryDirectory
    private let process: TestProcess
    private let kept: TemporaryDirectory?

    /// Waits until the server answers.
    /// - Parameter database: an `mlflow.db` that is there already, instead of an empty one of the server's own.
    /// - Parameter environment: set for the server besides what keeps it quiet and alone.
    /// - Parameter kept: what must be there as long as the server is.
    package init(
        database: String? = nil, options: [String] = [], environment: [String: String] = [:],
        keeping kept: TemporaryDirectory? = nil
    ) async throws {
        self.kept = kept
        let directory = try TemporaryDirectory()
        let python = try MLflowPython.checkedExecutable()
        // Whoever takes the port in between makes this start fail, and another one is tried.
        var failure = ""
        for _ in 0..<3 {
            let port = try Self.freePort()
            let process = try Self.start(python, directory, port, database, options, environment)
            let address = "http://127.0.0.1:\(port)"
            if try await Self.answers(address, process) {
                (self.address, self.directory, self.process) = (address, directory, process)
                return
            }
            failure = (try? String(contentsOfFile: directory.path + "/log", encoding: .utf8)) ?? "no log"
        }
        throw RunServiceError(.unavailable, "No MLflow server: \(failure.suffix(2_000))")
    }

    /// One with workspaces for all tests that need no server of their own.
    package static func shared() async throws -> MLflowTrackingServer { try await common.value }

    private static let common = Task { try await MLflowTrackingServer(options: ["--enable-workspaces"]) }

    /// A workspace with nothing in it; returns its name. Only on a server that has workspaces.
    package func makeWorkspace() async throws -> String {
        let name = "w" + UUID().uuidString.lowercased()
        try await send(.post, "/api/3.0/mlflow/workspaces", #"{"name":"\#(name)"}"#)
        return name
    }

    /// Asks what no adapter asks, perhaps as `NAME:PASSWORD`. Throws when the server refuses.
    package func send(_ method: HTTPCall.Method, _ path: String, _ json: String, as user: String? = nil) async throws {
        var call = HTTPCall(method, path, isRepeatable: false)
        call.headers = [("Content-Type", "application/json")]
        call.body = Array(json.utf8)
        call.deadline = 60_000
        let answer = try await Self.transport(to: address, as: user).send(call)
        guard answer.isSuccess else {
            let words = String(decoding: answer.body, as: UTF8.self)
            throw RunServiceError(.unexpectedResponse, "\(path): \(answer.status): \(words)")
        }
    }

    /// A way to it that can be shut.
    package func gate() throws -> ServerGate {
        try ServerGate(before: address.split(separator: ":").last.flatMap { Int($0) } ?? 0)
    }

    /// The group that its processes are in, and no others.
    package var processGroup: Int32 { process.stamp.pid }

    /// Ends the server at once, as a machine that goes away would.
    package func stop() { process.kill() }

    private static func start(
        _ python: URL, _ directory: TemporaryDirectory, _ port: Int, _ database: String?, _ options: [String],
        _ environment: [String: String]
    ) throws -> TestProcess {
        let quiet = [
            "MLFLOW_ENABLE_TELEMETRY": "false", "DO_NOT_TRACK": "true", "MLFLOW_DISABLE_TELEMETRY": "true",
            // Otherwise it starts processes of its own for jobs that nobody has here.
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        ]
        let variables = quiet.merging(environment) { $1 }.map { "\($0.key)='\($0.value)'" }.sorted()
        let place = directory.path
        let words = [
            "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", "\(port)", "--workers", "1",
            "--backend-store-uri", "sqlite:///\(database ?? place + "/mlflow.db")", "--artifacts-destination",
            "\(place)/artifacts",
        ]
        let command = ([python.path] + words + options).map { "'\($0)'" }.joined(separator: " ")
        // Nobody may wait for the end of an output that the server would hold open: `swift test` does.
        // The second half ends the group when the tests are gone, and with it what a static reference keeps.
        return try TestProcess(
            """
            exec >/dev/null 2>&1 </dev/null
            cd '\(place)' && { env \(variables.joined(separator: " ")) \(command) >log 2>&1; kill -9 0; } &
            tail --pid=\(getpid()) -f /dev/null; rm -rf '\(place)'; kill -9 0
            """)
    }

    private static func answers(_ address: String, _ process: TestProcess) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if try await isHealthy(address) { return true }
            if process.hasEnded { return false }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// No retries: a server that is starting refuses connections.
    private static func isHealthy(_ address: String) async throws -> Bool {
        let transport = try transport(to: address)
        // Anything but 200 is an answer too: with basic-auth even this may want a password.
        return (try? await transport.send(HTTPCall(.get, "/health", isRepeatable: false))) != nil
    }

    private static func transport(to address: String, as user: String? = nil) throws -> HTTPTransport {
        let address = try HTTPAddress(user.map { address.replacing("//", with: "//\($0)@") } ?? address)
        return try HTTPTransport(HTTPTransportOptions(address: address, serverName: "MLflow"))
    }

    private static func freePort() throws -> Int {
        let holder = try FaultServer { _ in .json("{}") }
        defer { holder.stop() }
        return holder.port
    }
}
