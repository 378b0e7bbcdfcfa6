import Foundation
import Glibc
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `exec --queue` with real processes, which are killed at every point.
@Suite struct QueueCommandTests {
    /// A shell script that lasts until a file is there, or the test's directory is gone.
    private static func untilThere(_ file: String) -> String {
        "while [ ! -e '\(file)' ] && [ -d \"$(dirname '\(file)')\" ]; do sleep 0.05; done"
    }

    @Test func neverMoreThanTheSlotsRunAtOnce() async throws {
        let binary = try Binary()
        let running = binary.place.path + "/running"
        #expect(mkdir(running, 0o700) == 0)
        #expect(try await binary.call("queue", "short", "--slots", "3").status == 0)
        // What a job counts is there while it has its slot.
        let script = "touch '\(running)/'$$; ls '\(running)' | wc -l; sleep 0.05; rm '\(running)/'$$"
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 1...20 {
                group.addTask {
                    try await binary.call(
                        "exec", "--detach", "--queue", "short", "--name", "job \(number)", "--", "sh", "-c", script
                    ).status
                }
            }
            for try await status in group { #expect(status == 0) }
        }
        let runs = try await eventually("all have ended") { () -> [Run]? in
            let runs = try await binary.runs()
            return runs.count == 20 && runs.allSatisfy(\.status.isTerminal) ? runs : nil
        }
        #expect(runs.allSatisfy { $0.status == .completed })
        for run in runs {
            let last = try await binary.log(of: run.id).split(separator: "\n").last
            let count = try #require(last.flatMap { Int($0) })
            #expect((1...3).contains(count))
        }
        let answer = try await binary.call("queue", "-o", "json")
        #expect(answer.output == "[]\n")
    }

    @Test func aKilledWaiterKeepsNobodyWaiting() async throws {
        let binary = try Binary()
        let go = binary.place.path + "/go"
        let holder = try await binary.queued("holder", Self.untilThere(go))
        let victim = try await binary.queued("victim", "echo must not run")
        let last = try await binary.queued("last", "echo last")
        #expect(try await binary.states() == ["holder": "running", "victim": "waiting", "last": "waiting"])
        kill(try await binary.supervisor(of: victim), SIGKILL)
        _ = try await eventually("it is seen to be gone") {
            try await binary.states() == ["holder": "running", "victim": "gone", "last": "waiting"] ? true : nil
        }
        #expect(FileManager.default.createFile(atPath: go, contents: nil))
        try await binary.waitFor(last, .completed)
        try await binary.waitFor(holder, .completed)
        let lost = try await eventually("a reaper says what became of it") { () -> Run? in
            try await binary.reapedRuns().first { $0.id == victim && $0.status.isTerminal }
        }
        #expect(lost.status == .failed && lost.startedAt == nil)
        #expect(lost.failure?.message?.contains("before it started the command") == true)
        #expect(try await binary.log(of: victim).contains("must not run") == false)
    }

    @Test func aKilledHolderFreesItsSlot() async throws {
        let binary = try Binary()
        let holder = try await binary.queued("holder", "echo $$; exec sleep 1000")
        let next = try await binary.queued("next", "echo next")
        let command = try await eventually("the command says its pid") { () -> Int32? in
            (try? await binary.log(of: holder)).flatMap { Int32($0.dropLast()) }
        }
        kill(try await binary.supervisor(of: holder), SIGKILL)
        kill(command, SIGKILL)
        try await binary.waitFor(next, .completed)
    }

    /// Whether it keeps the lock's descriptor or closes all it inherits, as daemons do.
    @Test(arguments: [false, true]) func aCommandThatOutlivesItsSupervisorKeepsItsSlot(_ closes: Bool) async throws {
        let binary = try Binary()
        let go = binary.place.path + "/go"
        let waits = "echo started; " + Self.untilThere(go)
        let script = closes ? "for n in /proc/$$/fd/*; do n=${n##*/}; [ $n -gt 2 ] && eval \"exec $n>&-\"; done; " : ""
        let holder = try await binary.queued("holder", script + waits, shell: "bash")
        let next = try await binary.queued("next", "[ -e '\(go)' ]")
        _ = try await eventually("the command runs") { () -> Bool? in
            guard let log = try? await binary.log(of: holder), log.contains("started"),
                try await binary.service().details(of: holder).supervisor?.supervisor.command != nil
            else { return nil }
            return true
        }
        kill(try await binary.supervisor(of: holder), SIGKILL)
        _ = try await eventually("its supervisor is seen to be gone") {
            try await binary.states() == ["holder": "orphaned", "next": "waiting"] ? true : nil
        }
        #expect(FileManager.default.createFile(atPath: go, contents: nil))
        // Its own word for whether it was started too early.
        try await binary.waitFor(next, .completed)
    }

    /// A daemon with a session of its own outlives its command and the supervisor, and keeps what they had.
    @Test func whatADaemonKeepsIsFreedByAPerson() async throws {
        let binary = try Binary()
        let go = binary.place.path + "/go"
        let daemon = binary.place.path + "/daemon"
        let holder = try await binary.queued(
            "holder", "setsid sh -c 'echo $$ >\(daemon); exec sleep 1000' & \(Self.untilThere(go))")
        let next = try await binary.queued("next", "true")
        let pid = try await eventually("the daemon says its pid") { () -> Int32? in
            guard try await binary.states()["holder"] == "running" else { return nil }
            return (try? String(contentsOfFile: daemon, encoding: .utf8)).flatMap { Int32($0.dropLast()) }
        }
        defer { kill(pid, SIGKILL) }
        #expect(try await binary.call("queue", "forget", holder.text).errors.contains("cancel it instead"))
        kill(try await binary.supervisor(of: holder), SIGKILL)
        #expect(FileManager.default.createFile(atPath: go, contents: nil))
        _ = try await eventually("only the daemon is left") {
            try await binary.states() == ["holder": "left behind", "next": "waiting"] ? true : nil
        }
        #expect(try await binary.call("queue", "forget", String(holder.text.prefix(13))).status == 0)
        try await binary.waitFor(next, .completed)
        #expect(kill(pid, 0) == 0)
        #expect(try await binary.call("queue", "forget", holder.text).status == 3)
    }

    @Test func theOrderCanBeChanged() async throws {
        let binary = try Binary()
        let go = binary.place.path + "/go"
        let order = binary.place.path + "/order"
        _ = try await binary.queued("holder", Self.untilThere(go))
        var runs: [RunID] = []
        for name in ["a", "b", "c", "d"] { runs.append(try await binary.queued(name, "echo \(name) >> '\(order)'")) }
        #expect(try await binary.call("queue", "move", runs[3].text, "first").status == 0)
        #expect(try await binary.call("queue", "move", String(runs[0].text.prefix(13)), "last").status == 0)
        #expect(try await binary.call("queue", "move", runs[2].text, "2").status == 0)
        #expect(try await binary.call("queue", "move", "no-such-run", "up").status == 3)
        let table = try await binary.call("queue", "q", "-o", "tsv", "--query", "[?position].[position, name]")
        #expect(table.output == "1\td\n2\tc\n3\tb\n4\ta\n")
        #expect(FileManager.default.createFile(atPath: go, contents: nil))
        for run in runs { try await binary.waitFor(run, .completed) }
        #expect(try String(contentsOfFile: order, encoding: .utf8) == "d\nc\nb\na\n")
        let log = try await binary.log(of: runs[0])
        #expect(log.hasPrefix("runwatch: waiting: next in queue q\n"), "as it was when it came")
    }

    @Test func aWaitingRunIsCancelledBeforeItStarts() async throws {
        let binary = try Binary()
        let go = binary.place.path + "/go"
        _ = try await binary.queued("holder", Self.untilThere(go))
        let waiting = try await binary.queued("waiting", "echo must not run")
        #expect(try await binary.call("cancel", "--run", waiting.text).status == 0)
        try await binary.waitFor(waiting, .canceled)
        #expect(try await binary.log(of: waiting).contains("its command was not started"))
        _ = try await eventually("its place is free") {
            try await binary.states() == ["holder": "running"] ? true : nil
        }
        // In the foreground, by a signal.
        let status = try await binary.calling("exec", "--queue", "q", "--name", "fg", "--", "true") { pid in
            _ = try await eventually("it waits") { try await binary.states()["fg"] == "waiting" ? true : nil }
            kill(pid, SIGTERM)
        }
        #expect(status == 143)
        #expect(try binary.said().contains("ctrl-c leaves the queue"))
        let run = try #require(try await binary.runs().first { $0.name == "fg" })
        #expect(run.status == .canceled && run.startedAt == nil)
        #expect(FileManager.default.createFile(atPath: go, contents: nil))
    }

    @Test func eachRunSeesItsOwnGPU() async throws {
        let binary = try Binary()
        _ = try #require(try await NVMLStub.library(in: binary.place.path), "this test needs a C compiler")
        let world = ["LD_LIBRARY_PATH": binary.place.path]
        let go = binary.place.path + "/go"
        let script = "echo GPU=$CUDA_VISIBLE_DEVICES $CUDA_DEVICE_ORDER; \(Self.untilThere(go))"
        var runs: [RunID] = []
        for name in ["a", "b", "c"] {
            runs.append(try await binary.queued(name, script, ["--gpus", "1"], environment: world))
        }
        let states = try await eventually("two have theirs") { () -> [String: String]? in
            let states = try await binary.states()
            return states.values.count { $0 == "running" } == 2 ? states : nil
        }
        #expect(states == ["a": "running", "b": "running", "c": "waiting"])
        for (run, gpu) in zip(runs, ["0", "1"]) {
            _ = try await eventually("the command says its GPU") { () -> Bool? in
                try await binary.log(of: run).contains("GPU=\(gpu) PCI_BUS_ID\n") ? true : nil
            }
        }
        let many = try await binary.call(
            "exec", "--queue", "q", "--gpus", "3", "--", "true", environment: world)
        #expect(many.status == 2 && many.errors.contains("2 GPUs to get here"))
        let limited = try await binary.call(
            "exec", "--queue", "q", "--gpus", "2", "--", "true",
            environment: world.merging(["CUDA_VISIBLE_DEVICES": "1"]) { $1 })
        #expect(limited.status == 2 && limited.errors.contains("1 GPU to get here"))
        #expect(FileManager.default.createFile(atPath: go, contents: nil))
        for run in runs { try await binary.waitFor(run, .completed) }
    }

    @Test func wrongUseIsSaidBeforeARunIsMade() async throws {
        let binary = try Binary()
        for (arguments, word) in [
            (["--slots", "2"], "--slots goes with --queue"), (["--queue", "a/b"], "cannot be a queue's name"),
            (["--queue", "q", "--take", "0"], "--take takes 1 to"), (["--queue", "q", "--take", "2"], "has 1 slot"),
        ] {
            let answer = try await binary.call(["exec"] + arguments + ["--", "true"])
            #expect(answer.status == 2 && answer.errors.contains(word), "\(answer.errors)")
        }
        #expect(try await binary.runs().isEmpty)
        let wide = try await binary.call("exec", "--queue", "q", "--slots", "3", "--take", "2", "--", "true")
        #expect(wide.status == 0)
        #expect(try await binary.call("queue", "--slots", "1").status == 2)
    }
}

extension Binary {
    /// Starts a script that waits in queue `q`, and returns its run once it has its place.
    fileprivate func queued(
        _ name: String, _ script: String, _ options: [String] = [], shell: String = "sh",
        environment: [String: String] = [:]
    ) async throws -> RunID {
        let answer = try await call(
            ["exec", "--detach", "--queue", "q", "--name", name] + options + ["--", shell, "-c", script],
            environment: environment)
        #expect(answer.status == 0, "\(answer.errors)")
        let id = RunID(String(answer.output.dropLast()))
        // In its place, and where it can, running.
        _ = try await eventually("its first look is over") { () -> Bool? in
            guard try await states()[name] == "waiting" else { return true }
            return try? await log(of: id).isEmpty ? nil : true
        }
        return id
    }

    /// `running`, `waiting` and so on, by the names of the runs in queue `q`.
    fileprivate func states() async throws -> [String: String] {
        let answer = try await call("queue", "q", "-o", "tsv", "--query", "[].[name, state]")
        let pairs = answer.output.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t").map(String.init)
            return (fields[0], fields.count > 1 ? fields[1] : "")
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    fileprivate func supervisor(of run: RunID) async throws -> Int32 {
        try #require(try await service().details(of: run).supervisor?.supervisor.process.pid)
    }

    fileprivate func waitFor(_ id: RunID, _ status: RunStatus) async throws {
        let run = try await eventually("run \(id.text) ends") { () -> Run? in
            let run = try await service().details(of: id).run
            return run.status.isTerminal ? run : nil
        }
        #expect(run.status == status, "\(run.name): \(run.failure?.message ?? "")")
    }
}
