import Foundation
import RunModel
import TestSupport
import Testing

/// `runwatch exec` over an MLflow server, `mlflow.db` and `mlruns`, with what MLflow's own client writes and reads there.
@Suite struct MLflowScriptTests {
    private static let commit = "0123456789abcdef0123456789abcdef01234567"

    /// A repository whose script starts a run that fails within its own.
    private func makeProject(_ stage: MLflowStage) throws {
        try stage.write("ref: refs/heads/topic\n", to: "project/.git/HEAD")
        try stage.write(Self.commit + "\n", to: "project/.git/refs/heads/topic")
        try stage.write(
            "[remote \"origin\"]\n\turl = https://ana:secret@git.example.org/ml.git\n", to: "project/.git/config")
        let script = """
            "$RUNWATCH" exec --name inner -- "$PYTHON" "$TRAINING" once 7
            echo "inner ended with $?"
            exec "$PYTHON" "$TRAINING" once 0
            """
        try stage.write(script, to: "project/train.sh")
    }

    @Test func `what a script logs by MLflow's client lands in the run that exec made`() async throws {
        var stages: [MLflowStage] = []
        for kind in MLflowStage.Kind.allCases {
            let stage = try await MLflowStage(kind)
            stages.append(stage)
            try makeProject(stage)
            let answer = try await stage.binary.call(
                "exec", "-e", stage.experiment, "--name", "outer", "--tag", "quality=great run", "--", "sh",
                stage.directory + "/project/train.sh", environment: try stage.environment())
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(answer.output.contains("inner ended with 7\n"))
        }
        for (stage, content) in zip(stages, try await MLflowStores.read(stages.map(\.uri))) {
            let runs = content.runs(in: stage.experiment)
            let (outerID, outer) = try #require(runs.first { $0.value.name == "outer" })
            let (innerID, inner) = try #require(runs.first { $0.value.name == "inner" })
            #expect(runs.count == 2, "the scripts made no runs of their own")
            // MLflow's client says FINISHED at the end of any script; the exit status knows better.
            #expect([outer.status, inner.status] == ["FINISHED", "FAILED"])
            #expect(inner.tags["mlflow.parentRunId"] == outerID)
            #expect(outer.tags["mlflow.parentRunId"] == nil)
            for run in [outer, inner] {
                // MLflow's own client reads what the supervisor saw of the machine, under the names that its page groups.
                let own = run.metrics.filter { !$0.key.hasPrefix("system/") }
                #expect(own == ["loss": "0.25"])
                // The last sample may be of processes that are about to end.
                #expect(run.metrics["system/process_memory_megabytes"].flatMap(Double.init) ?? 0 > 0)
                #expect(run.metrics["system/system_memory_usage_megabytes"] != nil)
                #expect(run.histories["loss"]?.map { $0.prefix(2) } == ["7 "])
                #expect(run.params == ["optimizer": "adam"])
                #expect(run.tags["mlflow.user"] == "ana")
                #expect(run.tags["mlflow.source.type"] == "LOCAL")
                #expect(run.tags["runwatch.source.host"]?.isEmpty == false)
                #expect(run.artifacts.contains("runwatch"))
                #expect(run.end ?? 0 >= run.start ?? .max)
            }
            #expect(outer.tags["mlflow.source.name"] == stage.directory + "/project/train.sh")
            #expect(outer.tags["mlflow.source.git.commit"] == Self.commit)
            #expect(outer.tags["mlflow.source.git.branch"] == "topic")
            #expect(outer.tags["mlflow.source.git.repoURL"] == "https://git.example.org/ml.git")
            #expect(outer.tags["quality"] == "great run")
            #expect(inner.tags["mlflow.source.name"] == MLflowPython.fixture("mlflow_script.py"))
            #expect(try await stage.log(of: RunID(outerID)).contains("inner ended with 7\nlogged by MLflow\n"))
            #expect(try await stage.log(of: RunID(innerID)).hasPrefix("logged by MLflow\n"))
        }
    }

    @Test func `KILLED by MLflow's client ends the processes, and stays though the dying script says FINISHED`()
        async throws
    {
        var stages: [MLflowStage] = []
        for kind in MLflowStage.Kind.allCases { stages.append(try await MLflowStage(kind)) }
        // One name for all three, since one process of MLflow's client is to kill them all.
        let experiment = stages[0].experiment
        // Another member of the group, which ends with its directory should the test fail.
        let script = """
            sh -c 'while [ -e "$PLACE" ]; do sleep 0.1; done' &
            echo $! >"$PLACE/member"
            exec "$PYTHON" "$TRAINING" until "$PLACE"
            """
        try await withThrowingTaskGroup { group in
            for stage in stages {
                group.addTask {
                    let answer = try await stage.binary.call(
                        "exec", "-e", experiment, "--grace", "60", "--", "sh", "-c", script,
                        environment: try stage.environment())
                    #expect(answer.status == 0, "the script's own: \(answer.errors)")
                    #expect(answer.output.contains("finished\n"), "it did overwrite the status")
                    let member = try #require(stage.read("member")).dropLast()
                    // Empty for one that is dead and that nobody has asked for its status yet.
                    let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(member)/cmdline"))
                    #expect(line ?? Data() == Data())
                }
            }
            for stage in stages {
                _ = try await eventually("the script logs") { stage.read("ready") }
            }
            try await MLflowStores.kill(experiment: experiment, in: stages.map(\.uri))
            try await group.waitForAll()
        }
        for content in try await MLflowStores.read(stages.map(\.uri)) {
            let runs = content.runs(in: experiment)
            #expect(runs.values.map(\.status) == ["KILLED"])
            #expect(runs.values.allSatisfy { $0.metrics["loss"] != nil && $0.tags["runwatch.exit"] == "status 0" })
        }
    }
}
