import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// What a script under `runwatch exec` makes through MLflow's own client beside the run that it was given.
@Suite struct StartedRunsTests {
    private static let python = #"exec "$PYTHON" "$TRAINING" "$@""#

    @Test(arguments: [MLflowStage.Kind.server, .database])
    func `runs that a script starts are tied to the execution, whose cancel ends them`(
        _ kind: MLflowStage.Kind
    ) async throws {
        let stage = try await MLflowStage(kind)
        let environment = try stage.environment(["MLFLOW_RUN_CONTEXT": #"{"team": "vision"}"#])
        async let answer = stage.binary.call(
            "exec", "-e", stage.experiment, "--name", "outer", "--", "sh", "-c", Self.python, "sh", "second",
            stage.directory, environment: environment)
        _ = try await eventually("the second run") { stage.read("ready") }
        let runs = try await stage.runs()
        let outer = try #require(runs.first { $0.name == "outer" })
        let second = try #require(runs.first { $0.name == "second" })
        #expect(second.executionID == outer.id)
        #expect(second.tags.value(forKey: "team") == "vision", "what the variable said before still counts")
        #expect(second.status == .running && second.parentID == nil)
        #expect(outer.executionID == nil && outer.tags.value(forKey: "team") == nil)
        let service = try stage.service(readOnly: false)
        let inspected = try await service.inspect([second.id], activeDescendants: true)
        #expect(inspected.map(\.supervisor) == [nil], "nothing supervises it")
        // As the prompt does: first the run that has the process.
        #expect(try await service.cancel(outer.id, includingDescendants: false).map(\.status) == [.cancelRequested])
        #expect(try await service.cancel(second.id, includingDescendants: false).map(\.status) == [.canceled])
        #expect(try await answer.status == 143)
        let ended = try await stage.runs()
        #expect(ended.map(\.status) == [.canceled, .canceled])
    }

    @Test func `a script that sets another experiment is told what to do`() async throws {
        let stage = try await MLflowStage(.database)
        let other = "other-" + stage.experiment
        let environment = try stage.environment()
        func exec(_ experiment: String) async throws -> Binary.Answer {
            try await stage.binary.call(
                "exec", "-e", experiment, "--", "sh", "-c", Self.python, "sh", "other", other,
                environment: environment)
        }
        let failed = try await exec(stage.experiment)
        #expect(failed.status == 1)
        #expect(failed.errors.contains("runwatch: The script sets another experiment than its run is in"))
        let run = try #require(try await stage.runs().first)
        #expect(run.failure?.message?.contains("as in `runwatch exec -e NAME -- …`") == true)
        #expect(try await exec(other).status == 0)
    }
}
