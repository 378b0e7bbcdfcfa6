import Foundation
import LocalStore
import MLflowService
import RunModel
import RunServer
import RunServices
import SlurmExecution
import TestSupport
import Testing

/// `exec --on slurm` and what leads there.
@Suite struct SubmissionTests {
    @Test func aCommandRunsAsAJob() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit(
            "echo ready; echo problem >&2; sleep 2; exit 0", exec: "--name far --tag a=b --param lr=1")
        // The log is there while the command runs.
        let active = try await stage.ready(id)
        #expect(active.name == "far" && active.tags.value(forKey: "a") == "b" && active.experimentName == "jobs")
        let run = try await stage.end(id)
        #expect(run.status == .completed && run.slurmState == nil)
        #expect(run.tags.value(forKey: Run.slurmPartitionTag) == "main")
        #expect(run.tags.value(forKey: Run.slurmNodesTag) == "localhost")
        let job = try #require(run.slurmJob)
        let comment = try await stage.slurm.run("scontrol show job -o \(job)")
        #expect(comment.contains("Comment=rw:\(id)"))
        let found = try await stage.service.runs(
            in: .all, matching: try .parse("tag.slurm.job = \"\(job)\" and tag.slurm.nodes ~ local"), limit: 5)
        #expect(found.map(\.id) == [id])
        #expect(try await stage.log(of: id).contains("problem"))
    }

    @Test func aFailureIsToldAsAnywhere() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("exit 3")
        let run = try await stage.end(id)
        #expect(run.status == .failed && run.failure?.message?.hasPrefix("exited with status 3") == true)
    }

    @Test func aRefusalIsShownAsItStands() async throws {
        let stage = try await JobStage()
        let said = try await stage.call(
            "exec --on slurm --sbatch '-p nowhere' -e jobs -- true; echo \"status $?\"")
        #expect(said.contains("invalid partition specified: nowhere") && !said.contains("status 0"), "\(said)")
        let run = try #require(try await stage.service.runs(in: .all, matching: nil, limit: 5).first)
        #expect(run.status == .failed && run.slurmJob == nil)
        #expect(run.failure?.message?.contains("nowhere") == true)
    }

    @Test func aBadOptionMakesNoRun() async throws {
        let stage = try await JobStage()
        let said = try await stage.call("exec --on slurm --sbatch 'train.sh' -- true || true")
        #expect(said.contains("train.sh"))
        #expect(try await stage.service.runs(in: .all, matching: nil, limit: 5).isEmpty)
    }

    /// Words and variables are the caller's, byte for byte; secrets are in nothing that others see.
    @Test func whatTheCommandFindsIsTheCallers() async throws {
        let server = try await ServedStore { $0.tokens = AccessTokens(write: "s3cret-token-of-ana") }
        let stage = try await JobStage(
            nil, on: server.store, at: server.address,
            variables: ["MLFLOW_TRACKING_TOKEN": "s3cret-token-of-ana", "ANSWER": "4 2"])
        let said = try await stage.call(
            "exec --on slurm --sbatch '-c1 -o job.out' -- sh -c 'echo \"$ANSWER|$1|$RUNWATCH_SERVICE|$PWD\"; sleep 3' x \"it's\""
        )
        let id = try #require(try await server.store.runs(in: .all, matching: nil, limit: 5).first?.id)
        let job = try await eventually("a job") { try await stage.run(id).slurmJob }
        let shown = try await stage.slurm.run(
            "scontrol show job -dd \(job); scontrol write batch_script \(job) -; ps axww -o args")
        #expect(!shown.contains("s3cret") && shown.contains("exec-job"))
        #expect(!said.contains("s3cret"))
        let run = try await stage.end(id)
        #expect(run.status == .completed)
        let directory = stage.place.path
        #expect(try await stage.log(of: id) == "4 2|it's|\(server.address)|\(directory)\n")
        // Its usual output is there as well.
        #expect(try String(contentsOfFile: directory + "/job.out", encoding: .utf8).contains("4 2|it's"))
    }

    @Test func aLimitedEnvironmentStillLeadsToTheService() async throws {
        let stage = try await JobStage()
        let id = try await stage.submit("echo [$ANSWER]", options: "-c1 --export=NIL")
        #expect(try await stage.end(id).status == .completed)
        #expect(try await stage.log(of: id) == "[]\n")
    }

    @Test func runsOnAServerOfMLflows() async throws {
        let server = try await MLflowTrackingServer.shared()
        let workspace = try await server.makeWorkspace()
        let service = try MLflowServer(
            MLflowConnection(uri: server.address, environment: ["MLFLOW_WORKSPACE": workspace]),
            clock: LocalStore.systemClock)
        let stage = try await JobStage(
            nil, on: service, at: server.address,
            variables: ["MLFLOW_WORKSPACE": workspace])
        let good = try await stage.submit("echo ready; sleep 1")
        let bad = try await stage.submit("echo ready; exec sleep 1000")
        #expect(try await stage.end(good).status == .completed)
        let run = try await stage.ready(bad)
        try await stage.slurm.run("scancel \(run.slurmJob ?? "0")")
        let end = try await stage.end(bad)
        #expect(end.status == .canceled && end.slurmState == "CANCELLED", "\(end)")
    }

    @Test func aRunConfigurationNamesSlurm() async throws {
        let stage = try await JobStage()
        let script = stage.place.path + "/hello.py"
        try "import os\nprint('ready', os.environ['A'], os.environ['SLURM_JOB_PARTITION'])\n".write(
            toFile: script, atomically: true, encoding: .utf8)
        try """
        script: hello.py
        target: slurm
        maxRunDurationSeconds: 601
        slurm:
          partition: night
          options: "-c1 --job-name 'of a file'"
        environment:
          environmentVariables:
            A: b c
          python:
            userManagedDependencies: true
            interpreterPath: python3
        """.write(toFile: stage.place.path + "/far.runconfig", atomically: true, encoding: .utf8)
        try await stage.call("submit -c far -e jobs")
        let id = try #require(try await stage.service.runs(in: .all, matching: nil, limit: 5).first?.id)
        let run = try await stage.end(id)
        #expect(run.status == .completed && run.tags.value(forKey: Run.slurmPartitionTag) == "night")
        #expect(try await stage.log(of: id) == "ready b c night\n")
        let shown = try await stage.slurm.run("scontrol show job -o \(run.slurmJob ?? "")")
        #expect(shown.contains("TimeLimit=00:11:00") && shown.contains("JobName=of a file"))
    }

    @Test func aRunIsRepeatedOnSlurm() async throws {
        let stage = try await JobStage()
        try await stage.call("exec -e jobs -- sh -c 'echo lr=$1' x lr=0.1")
        let first = try #require(try await stage.service.runs(in: .all, matching: nil, limit: 5).first?.id)
        try await stage.call("rerun \(first) --param lr=0.2 --on slurm --sbatch -c1")
        let second = try #require(
            try await stage.service.runs(in: .all, matching: nil, limit: 5).first { $0.id != first }?.id)
        #expect(try await stage.end(second).status == .completed)
        #expect(try await stage.log(of: second) == "lr=lr=0.2\n")
    }

    /// A run that needs an hour to save its work has it wherever it is repeated.
    @Test func theTermsOfTheStopReachTheNode() async throws {
        let stage = try await JobStage()
        try await stage.call("exec -e jobs --grace 3600 --stop-signal USR1 -- true")
        let first = try #require(try await stage.service.runs(in: .all, matching: nil, limit: 5).first?.id)
        try await stage.call("rerun \(first) --on slurm --sbatch \"-c1 -H\"")
        let runs = try await stage.service.runs(in: .all, matching: nil, limit: 5)
        let second = try #require(runs.first { $0.id != first })
        let script = try await stage.slurm.run("scontrol write batch_script \(second.slurmJob ?? "0") -")
        #expect(script.contains("'--grace=3600.0' '--stop-signal=SIGUSR1'"), "\(script)")
        #expect(!script.contains("--no-system-metrics") && !script.contains("--leave-background"))
        try await stage.call("cancel -r \(second.id)")
    }

    /// Nodes of a real cluster do not reach this host's loopback.
    @Test func aJobWithoutItsRunStartsNothing() async throws {
        let stage = try await JobStage()
        let file = stage.place.path + "/trace"
        let id = try await stage.submit("touch \(file)", options: "-c1 -H")
        try await stage.service.cancel(id, includingDescendants: false)
        let job = try await stage.job(of: id)
        try await stage.slurm.run("scontrol release \(job)")
        _ = try await eventually("a job that is over") { try await stage.state(job) == "FAILED" ? true : nil }
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try await stage.run(id).status == .canceled)
    }
}
