import LocalStore
import MLflowService
import RunModel
import RunServices
import TestSupport
import Testing

/// The same few runs in a run service of one of three kinds, and the built `runwatch` that reads them there.
struct ReadingStage: Sendable {
    enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case embedded, served, mlflow

        var testDescription: String { rawValue }
    }

    let binary: Binary
    let service: any SupervisedRunService
    /// For `RUNWATCH_SERVICE`.
    let place: String
    /// Unlike any other test's, for all share one server of MLflow's.
    let experiment: String
    /// hello with the children first and second, the latter with a child of its own, and bad; hello started last.
    private(set) var ids: [String: RunID] = [:]
    /// Keeps it running.
    private let served: ServedStore?

    init(_ kind: Kind) async throws {
        binary = try Binary()
        experiment = "read-" + RandomText.identifier().prefix(8)
        switch kind {
        case .embedded:
            (served, place) = (nil, binary.store)
            service = try await binary.service()
        case .served:
            let server = try await ServedStore()
            (served, place, service) = (server, server.address, server.store)
        case .mlflow:
            place = try await MLflowTrackingServer.shared().address
            served = nil
            service = try MLflowServer(
                MLflowConnection(uri: place, environment: [:]), isReadOnly: false, settings: .patient,
                clock: LocalStore.systemClock)
        }
        try await fill()
    }

    private mutating func fill() async throws {
        let bad = try await service.createRun(RunDraft(experimentName: experiment, name: "bad", user: "ana"))
        try await service.apply(.start, to: bad.id, onBehalfOf: .lifecycle)
        try await service.apply(
            .fail(RunFailure(code: "UserError", message: "no such file")), to: bad.id, onBehalfOf: .person)
        let hello = try await service.createRun(
            RunDraft(
                experimentName: experiment, name: "hello", user: "ana",
                tags: Tags([("quality", "fantastic run"), ("worth another look", "")] as [(String, String?)]),
                properties: Properties([("author", "azureml-user")]), params: Params([("lr", "0.1")])))
        let first = try await child("first", of: hello)
        let second = try await child("second", of: hello)
        let grandchild = try await child("grandchild", of: second)
        for run in [hello, first, second] { try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle) }
        var losses = [3.0, 1, 2, 0.5].enumerated().map {
            MetricEntry(key: "loss", value: .number($1), step: Int64($0))
        }
        losses.append(MetricEntry(key: "accuracy", value: .number(.nan), step: 0))
        try await service.logMetrics(losses, to: hello.id)
        try await service.apply(.complete, to: hello.id, onBehalfOf: .lifecycle)
        try await service.apply(.complete, to: first.id, onBehalfOf: .lifecycle)
        for run in [bad, hello, first, second, grandchild] { ids[run.name] = run.id }
    }

    private func child(_ name: String, of parent: Run) async throws -> Run {
        try await service.createRun(
            RunDraft(experimentName: experiment, name: name, parentID: parent.id, params: Params([("lr", "0.2")])))
    }

    func id(_ name: String) throws -> String { try #require(ids[name]).text }

    func call(_ arguments: [String]) async throws -> Binary.Answer {
        try await binary.call(arguments, environment: ["RUNWATCH_SERVICE": place])
    }

    func call(_ arguments: String...) async throws -> Binary.Answer { try await call(arguments) }

    /// The lines that a call prints which must succeed.
    func lines(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        let answer = try await call(arguments)
        #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)", sourceLocation: sourceLocation)
        return answer.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    func lines(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        try await lines(arguments, sourceLocation: sourceLocation)
    }
}
