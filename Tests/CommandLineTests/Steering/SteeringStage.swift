import Foundation
import RunModel
import RunServices
import TestSupport

@testable import runwatch

/// A run service of one of the kinds that the command line steers, and a `runwatch` that works on it.
struct SteeringStage: Sendable {
    enum Kind: CaseIterable, Sendable {
        case embedded, served, mlflowServer, mlflowDatabase, mlflowFiles
    }

    let binary: Binary
    /// What `RUNWATCH_SERVICE` says.
    let address: String
    /// Unlike any other test's, for some share a server.
    let experiment = "steer-" + UUID().uuidString.lowercased()
    private let server: ServedStore?

    init(_ kind: Kind) async throws {
        binary = try Binary()
        let directory = binary.place.path
        server = kind == .served ? try await ServedStore() : nil
        switch kind {
        case .embedded: address = binary.store
        case .served: address = server?.address ?? ""
        case .mlflowServer: address = try await MLflowTrackingServer.shared().address
        case .mlflowDatabase:
            address = directory + "/mlflow.db"
            try await MLflowStores.copy("empty.db", to: address)
        case .mlflowFiles:
            address = directory + "/mlruns"
            try await MLflowStores.copy("empty-mlruns", to: address)
        }
    }

    func call(_ arguments: String..., environment: [String: String] = [:]) async throws -> Binary.Answer {
        try await call(arguments, environment: environment)
    }

    func call(_ arguments: [String], environment: [String: String] = [:]) async throws -> Binary.Answer {
        try await binary.call(
            arguments,
            environment: ["RUNWATCH_SERVICE": address, "MLFLOW_ENABLE_TELEMETRY": "false"].merging(environment) { $1 })
    }

    /// Calls it where it must succeed, and returns its output.
    func output(_ arguments: String..., environment: [String: String] = [:]) async throws -> String {
        let answer = try await call(arguments, environment: environment)
        if answer.status == 0 { return answer.output }
        throw RunServiceError(.unexpectedResponse, "\(arguments): \(answer.status): \(answer.errors)")
    }

    /// Begins a run, and returns its id.
    func start(_ options: String...) async throws -> RunID {
        let answer = try await call(["start", "-e", experiment] + options)
        guard answer.status == 0, answer.output.hasSuffix("\n") else {
            throw RunServiceError(.unexpectedResponse, "start: \(answer.status): \(answer.errors)")
        }
        return RunID(String(answer.output.dropLast()))
    }

    /// The service as this process sees it.
    func service() async throws -> any SupervisedRunService {
        try await ServiceLocator(environment: [:], directory: "/").choose(service: address)
            .open(readOnly: false, isPatient: true)
    }

    func run(_ id: RunID) async throws -> Run { try await service().details(of: id).run }
}
