import RunModel
import RunServices
import TestSupport
import Testing

/// A script under `runwatch exec` that logs an artifact where the log of its output might be.
@Suite struct MLflowOwnArtifactTests {
    @Test(arguments: ["output.log", "runwatch/output.log", "runwatch"])
    func `a script's artifact and what it printed are both whole`(name: String) async throws {
        var stages: [MLflowStage] = []
        for kind in MLflowStage.Kind.allCases { stages.append(try await MLflowStage(kind)) }
        // One name for all three, since one process of MLflow's client reads them all.
        let experiment = stages[0].experiment
        try await withThrowingTaskGroup { group in
            for stage in stages {
                group.addTask {
                    let answer = try await stage.binary.call(
                        "exec", "-e", experiment, "--", "sh", "-c", "exec \"$PYTHON\" \"$TRAINING\" artifact \(name)",
                        environment: try stage.environment())
                    #expect(answer.status == 0, "\(answer.errors)")
                    #expect(answer.output.contains("three\n"))
                }
            }
            try await group.waitForAll()
        }
        let log = name == "output.log" ? "runwatch/output.log" : "runwatch-2/output.log"
        for (stage, runs) in zip(stages, try await MLflowStores.artifacts(of: experiment, in: stages.map(\.uri))) {
            let (id, artifacts) = try #require(runs.first)
            #expect(runs.count == 1)
            #expect(Set(artifacts.keys) == [name, log], "\(stage.uri)")
            #expect(artifacts[name] == "before\nduring\nafter\n", "\(stage.uri)")
            let printed = (artifacts[log] ?? "").split(separator: "\n").filter { ["one", "two", "three"].contains($0) }
            #expect(printed == ["one", "two", "three"], "\(stage.uri)")
            let details = try await stage.service().details(of: RunID(id))
            #expect(details.commandLog?.name == log, "\(stage.uri)")
            #expect(details.logs.first?.name == log, "\(stage.uri)")
            #expect(try await stage.log(of: RunID(id)) == artifacts[log], "\(stage.uri)")
        }
    }
}
