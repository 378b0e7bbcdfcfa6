import Foundation
import LocalStore
import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

@testable import runwatch

/// A place where MLflow keeps runs, of one of three kinds, and a `runwatch` that is told of it as MLflow's client is.
struct MLflowStage: Sendable {
    enum Kind: CaseIterable, Sendable {
        case server, database, files
    }

    let binary: Binary
    /// MLflow's tracking URI.
    let uri: String
    /// Unlike any other test's, for all share one server.
    let experiment = "exec-" + UUID().uuidString.lowercased()

    var directory: String { binary.place.path }

    init(_ kind: Kind) async throws {
        binary = try Binary()
        let directory = binary.place.path
        switch kind {
        case .server: uri = try await MLflowTrackingServer.shared().address
        case .database:
            uri = "sqlite:///\(directory)/mlflow.db"
            try await MLflowStores.copy("empty.db", to: directory + "/mlflow.db")
        case .files:
            uri = "file://\(directory)/mlruns"
            try await MLflowStores.copy("empty-mlruns", to: directory + "/mlruns")
        }
    }

    /// A way to the shared server of a test's own.
    init(by gate: ServerGate) throws {
        binary = try Binary()
        uri = gate.address
    }

    /// What a person has set who works with MLflow, and where the scripts find what they start.
    func environment(_ additions: [String: String] = [:]) throws -> [String: String] {
        [
            "RUNWATCH_SERVICE": "", "MLFLOW_TRACKING_URI": uri, "MLFLOW_ENABLE_TELEMETRY": "false",
            "DO_NOT_TRACK": "true", "USER": "ana", "RUNWATCH": Binary.path,
            "PYTHON": try MLflowPython.checkedExecutable().path,
            "TRAINING": MLflowPython.fixture("mlflow_script.py"), "PLACE": directory,
        ].merging(additions) { $1 }
    }

    /// What another process sees there now.
    func service(readOnly: Bool = true) throws -> any SupervisedRunService {
        let location = try #require(try MLflowLocation(uri: uri, relativeTo: "/"))
        return try location.open(readOnly: readOnly, isPatient: true, environment: [:], clock: LocalStore.systemClock)
    }

    /// All runs of the experiment.
    func runs() async throws -> [Run] {
        try await service().runs(in: .all, matching: nil, limit: 10_000).filter { $0.experimentName == experiment }
    }

    func log(of run: RunID) async throws -> String {
        let service = try service()
        let name = try #require(try await service.details(of: run).commandLog?.name)
        return String(
            decoding: try await service.readLog(name, of: run, offset: 0, length: 1 << 20).bytes, as: UTF8.self)
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(fileURLWithPath: "\(directory)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    /// The text of a file that a script writes; nil as long as there is none.
    func read(_ name: String) -> String? { try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) }
}
