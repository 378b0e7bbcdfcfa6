import FileAccess
import Foundation
import RunModel
import RunServices
import SlurmCommands
import TestSupport
import Testing

/// Against a real Slurm.
@Suite struct SlurmToolTests {
    private func script(_ text: String, in directory: TemporaryDirectory) throws -> String {
        let path = directory.path + "/job.sh"
        try "#!/bin/bash\n\(text)\n".write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func submit(_ tool: SlurmTool, _ text: String, _ options: [String] = []) async throws -> Int {
        let directory = try TemporaryDirectory()
        let path = try script(text, in: directory)
        let options = ["-o", "/dev/null"] + options
        return try await tool.submit(script: path, options: options, in: "/").id
    }

    @Test func moreKeysThanOneCommandTakes() async throws {
        let slurm = try await SlurmInstance.shared()
        let tool = SlurmTool(environment: slurm.environment)
        let (first, last) = (try await submit(tool, "true", ["-H"]), try await submit(tool, "true", ["-H"]))
        let unknown = (900_000..<900_300).map(String.init)
        #expect(try await tool.jobs(["\(first)"] + unknown + ["\(last)"]).map(\.id) == [first, last])
        let none = await #expect(throws: RunServiceError.self) { try await tool.jobs(unknown) }
        #expect(none?.code == .notFound)
        let odd = await #expect(throws: RunServiceError.self) { try await tool.jobs(["\(first)", "--all"]) }
        #expect(odd?.code == .invalid)
        try await tool.cancel(["\(first)", "\(last)"])
    }

    private func ended(_ tool: SlurmTool, _ id: Int) async throws -> SlurmJob {
        try await eventually("job \(id) ends") {
            let job = try await job(id, of: tool)
            return job.state.isOver ? job : nil
        }
    }

    @Test func aJobIsSubmittedSeenAndEnds() async throws {
        let slurm = try await SlurmInstance.shared()
        // What would change the output of Slurm's commands is in the environment, and does not.
        let noise = [
            "SQUEUE_FORMAT": "%i", "SLURM_TIME_FORMAT": "relative", "SQUEUE_STATES": "PD", "SBATCH_PARTITION": "none",
        ]
        let tool = SlurmTool(environment: slurm.environment.merging(noise) { $1 })
        let id = try await submit(tool, "exit 3", ["-J", "a\nb|c", "--comment", "rw:1 x=y", "-t", "5"])
        let job = try await ended(tool, id)
        #expect(job.state.word == "FAILED" && job.exit == SlurmExit(status: 3, signal: 0))
        #expect(job.name == "a\nb|c" && job.comment == "rw:1 x=y" && job.timeLimit == 300)
        #expect(job.nodes == "localhost" && job.partition == "main" && job.outputPath == "/dev/null")
        #expect(job.user == NSUserName())
        let (start, end) = (try #require(job.startedAt), try #require(job.endedAt))
        #expect(start <= end && start.milliseconds > 1_700_000_000_000)
        #expect(try await tool.jobs(["\(id)", "999999"]).map(\.id) == [id])
    }

    @Test func signalsEndAsSlurmTellsThem() async throws {
        let slurm = try await SlurmInstance.shared()
        let tool = SlurmTool(environment: slurm.environment)
        let crashed = try await ended(tool, try await submit(tool, "kill -SEGV $$"))
        #expect(crashed.state.word == "FAILED" && crashed.exit?.signal == 11)
        let id = try await submit(tool, "exec sleep 1000")
        _ = try await eventually("it runs") { try await job(id, of: tool).state.word == "RUNNING" ? true : nil }
        try await tool.cancel(["\(id)"])
        #expect(try await ended(tool, id).state.word == "CANCELLED")
        // A second time, and of a job that there is not, is no error.
        try await tool.cancel(["\(id)", "999999"])
    }

    @Test func arraysAreOneLineWhileTheyWait() async throws {
        let slurm = try await SlurmInstance.shared()
        let tool = SlurmTool(environment: slurm.environment)
        let id = try await submit(tool, "exec sleep 1000", ["--array=0-90%2", "-o", "/tmp/none-%A_%a.out"])
        _ = try await eventually("two tasks run") {
            try await tool.jobs(["\(id)"]).count { $0.state.word == "RUNNING" } == 2 ? true : nil
        }
        let jobs = try await tool.jobs(["\(id)"])
        let waiting = try #require(jobs.first { $0.state.isPending })
        #expect(waiting.key == "\(id)" && waiting.arrayTask?.count() == 89 && waiting.reason == "JobArrayTaskLimit")
        let running = try #require(jobs.first { $0.key == "\(id)_0" })
        #expect(running.outputPath == "/tmp/none-\(id)_0.out")
        #expect(try await tool.outputPaths("\(id)_0").output == running.outputPath)
        try await tool.cancel(["\(id)"])
    }

    @Test func holdReleaseAndRequeue() async throws {
        let slurm = try await SlurmInstance.shared()
        let tool = SlurmTool(environment: slurm.environment)
        let id = try await submit(tool, "exec sleep 1000", ["--requeue", "-H"])
        #expect(try await job(id, of: tool).reason == "JobHeldUser")
        try await tool.release(["\(id)"])
        _ = try await eventually("it runs") { try await job(id, of: tool).state.word == "RUNNING" ? true : nil }
        try await tool.requeue(["\(id)"])
        let again = try await eventually("it waits again") {
            let job = try await job(id, of: tool)
            return job.state.word == "PENDING" ? job : nil
        }
        #expect(again.restarts == 1 && again.startedAt == nil)
        try await tool.hold(["\(id)"])
        try await tool.cancel(["\(id)"])
    }

    @Test func refusalsAreSentencesWithSlurmsWords() async throws {
        let slurm = try await SlurmInstance.shared()
        let tool = SlurmTool(environment: slurm.environment)
        let refused = await #expect(throws: RunServiceError.self) { try await submit(tool, "true", ["-p", "nowhere"]) }
        #expect(refused?.code == .invalid)
        #expect(refused?.underlying?.contains("Invalid partition name specified") == true)
        let unknown = await #expect(throws: RunServiceError.self) { try await tool.jobs(["999999"]) }
        #expect(unknown?.code == .notFound)
        let odd = await #expect(throws: RunServiceError.self) { try await tool.hold(["--all"]) }
        #expect(odd?.code == .invalid)
        let missing = await #expect(throws: RunServiceError.self) {
            try await SlurmTool(environment: ["PATH": "/nowhere"]).jobs(["1"])
        }
        #expect(missing?.code == .unsupported)
    }

    @Test func theClusterTellsOfItself() async throws {
        let slurm = try await SlurmInstance.shared()
        let tool = SlurmTool(environment: slurm.environment)
        let setup = try await tool.setup()
        #expect(setup.cluster == "runwatch-test" && setup.memory == 300 && setup.killWait == 3 && !setup.hasAccounting)
        #expect(setup.version.contains("."))
        // Without accounting sacct says so, and nothing is made of that.
        #expect(try await tool.history(["1"], since: Timestamp(milliseconds: 0)) == nil)
    }

    @Test func aSilentCommandIsGivenUp() async throws {
        let directory = try TemporaryDirectory()
        let program = directory.path + "/squeue"
        try "#!/bin/sh\necho $$ >\(directory.path)/pid\nsleep 1000 & wait\n".write(
            toFile: program, atomically: true, encoding: .utf8)
        chmod(program, 0o755)
        var limits = SlurmTool.Limits()
        limits.question = .seconds(1)
        let tool = SlurmTool(environment: ["PATH": "\(directory.path):/usr/bin:/bin"], limits: limits)
        let late = await #expect(throws: RunServiceError.self) { try await tool.jobs(["1"]) }
        #expect(late?.code == .timedOut)
        let pid = try #require(pid_t(String(contentsOfFile: directory.path + "/pid", encoding: .utf8).dropLast()))
        #expect(try await eventually { kill(-pid, 0) != 0 })
    }

    @Test func anOldSqueueIsAskedInShortWords() async throws {
        let directory = try TemporaryDirectory()
        let program = directory.path + "/squeue"
        // Refuses the long words as versions do that lack one of them, and answers the short ones.
        try """
        #!/bin/bash
        echo "$*" >>\(directory.path)/calls
        case "$*" in *' -O '*) echo 'squeue: error: Invalid job format specification: tres-alloc' >&2; exit 1;; esac
        f=${!#}; m=${f#%A}; m=${m%%%*}
        for x in 5 5 N/A root main PENDING None '' 1 N/A N/A 1:00 1 1 x '(null)' /tmp wrap rw:1; do printf '%s%s' "$x" "$m"; done
        """.write(toFile: program, atomically: true, encoding: .utf8)
        chmod(program, 0o755)
        let tool = SlurmTool(environment: ["PATH": "\(directory.path):/usr/bin:/bin"])
        for _ in 0..<2 { #expect(try await tool.jobs(["5"]).map(\.comment) == ["rw:1"]) }
        // The second time it is known.
        let calls = try String(contentsOfFile: directory.path + "/calls", encoding: .utf8).split(separator: "\n")
        #expect(calls.count { $0.contains(" -O ") } == 1)
    }
}

/// What tests of others stand on: an instance that ends with all it started.
@Suite struct SlurmInstanceTests {
    @Test func nothingIsLeftBehind() async throws {
        var slurm: SlurmInstance? = try await SlurmInstance()
        let place = try #require(slurm?.directory.path)
        // Neither a signal nor a daemon in a session of its own outlives it.
        try await slurm?.run("sbatch -o /dev/null --wrap \"trap '' TERM; setsid sleep 1000 & setsid sleep 1000; wait\"")
        _ = try await eventually("it runs") { try await slurm?.run("squeue -h -t R").isEmpty == false ? true : nil }
        slurm = nil
        #expect(!FileManager.default.fileExists(atPath: place))
        #expect(processes(naming: place).isEmpty)
    }

    @Test func aControllerComesBackWithItsJobs() async throws {
        let slurm = try await SlurmInstance()
        let tool = SlurmTool(environment: slurm.environment)
        let id = try await slurm.run("sbatch --parsable -H --wrap true").split(separator: "\n").last.flatMap { Int($0) }
        try await slurm.stopController()
        let error = await #expect(throws: RunServiceError.self) { try await tool.setup() }
        #expect(error?.code == .unavailable)
        try await slurm.startController()
        #expect(try await job(#require(id), of: tool).reason == "JobHeldUser")
    }

    private func processes(naming text: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { name in
            guard Int(name) != nil, let bytes = FileManager.default.contents(atPath: "/proc/\(name)/environ") else {
                return false
            }
            return String(decoding: bytes, as: UTF8.self).contains(text)
        }
    }
}

/// The first that Slurm tells of, where the number is an array's.
private func job(_ id: Int, of tool: SlurmTool) async throws -> SlurmJob {
    try #require(try await tool.jobs(["\(id)"]).first)
}
