import Foundation
import Glibc
import LocalStore
import RunModel
import RunServices
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The README's “Log from Python”, typed line by line.
@Suite(.serialized) struct ReadmeServeTests {
    private let section: ReadmeSection
    private let binary: Binary
    private let port: Int

    init() throws {
        section = try #require(try ReadmeSection("Log from Python"))
        binary = try Binary()
        let holder = try FaultServer { _ in .json("{}") }
        port = holder.port
        holder.stop()
        let files = FileManager.default
        let tools = binary.place.path + "/bin"
        try files.createDirectory(atPath: tools, withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: tools + "/runwatch", withDestinationPath: Binary.path)
        // A link would not find the environment that its Python is of.
        let python = try MLflowPython.checkedExecutable().path
        try "#!/bin/sh\nexec '\(python)' \"$@\"\n".write(toFile: tools + "/python", atomically: true, encoding: .utf8)
        chmod(tools + "/python", 0o755)
    }

    /// Types lines into a shell, with a home and a directory of its own, and a port that is free.
    private func type(_ lines: String) async throws {
        let terminal = "python '\(MLflowPython.fixture("on_terminal.py"))' baseline runwatch"
        let typed = lines.split(separator: "\n").map { line -> String in
            // Only the dashboard itself wants a terminal.
            guard line.hasPrefix("runwatch --") else { return String(line) }
            return terminal + line.dropFirst("runwatch".count)
        }.joined(separator: "\n")
        let script = "set -e\ncd '\(binary.place.path)'\n" + here(typed)
        let path = "\(binary.place.path)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        let environment = binary.environment([
            "PATH": path, "HOME": binary.place.path, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true",
        ])
        let unset: [Environment.Key: String?] = [
            "RUNWATCH_SERVICE": nil, "XDG_DATA_HOME": nil, "MLFLOW_TRACKING_URI": nil,
        ]
        let result = try await Subprocess.run(
            .name("sh"), arguments: ["-c", script],
            environment: environment.updating(unset),
            output: .discarded, error: .string(limit: 1 << 20))
        #expect(result.terminationStatus.isSuccess, "\(lines)\n\(result.standardError)")
    }

    private func here(_ text: String) -> String {
        text.replacing("127.0.0.1:5000", with: "127.0.0.1:\(port)").replacing("--port 5000", with: "--port \(port)")
            .replacing("runwatch serve &", with: "runwatch serve --port \(port) >served 2>&1 &")
    }

    private var store: String { binary.place.path + "/.local/share/runwatch" }

    private func blocks(_ language: String, _ part: String) -> [String] {
        section.blocks.filter { $0.language == language && $0.text.contains(part) }.map(\.text)
    }

    @Test func `What it shows for MLflow's client works as it stands there`() async throws {
        let script = try #require(blocks("python", "mlflow.start_run").first)
        try script.write(toFile: binary.place.path + "/train.py", atomically: true, encoding: .utf8)
        let first = try #require(blocks("sh", "runwatch serve &").first)
        let jobs = try #require(blocks("sh", "runwatch exec").first)
        let helper = try #require(blocks("sh", "--print-python-helper").first)
        let calls = try #require(blocks("python", "stop_on_cancel").first)
        // The two lines go where they say: behind the start of a run.
        let stopping = script.replacing(
            "    mlflow.log_params",
            with: calls.split(separator: "\n").map { "    \($0)\n" }.joined() + "    mlflow.log_params")
        try stopping.write(toFile: binary.place.path + "/stopping.py", atomically: true, encoding: .utf8)
        try await type(
            first + jobs + helper + """
                python stopping.py
                runwatch serve --status
                runwatch serve --stop

                """)
        let store = try await LocalStore.open(at: store, access: .readWrite)
        let runs = try await store.runs(in: .all, matching: nil, limit: 10)
        #expect(runs.count == 3 && runs.allSatisfy { $0.status == .completed })
        for run in runs {
            #expect(run.experimentName == "explore-runs" && run.metrics.value(forKey: "loss")?.step == 19)
            #expect(run.params.value(forKey: "optimizer") == "adamw")
            let files = try await store.artifacts(in: nil, of: run.id, after: nil).items.map(\.path)
            #expect(files.contains("notes.txt"))
        }
        // One of them was under exec, and has its output.
        #expect(
            try await store.inspect(runs.map(\.id), activeDescendants: false).count(where: { $0.supervisor != nil })
                == 1)
    }

    @Test func `The service of systemd starts what it says`() async throws {
        let unit = try #require(blocks("ini", "ExecStart").first)
        let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
        let words = here(String(line)).split(separator: " ").dropFirst().map(String.init)
        let status = try await binary.calling(words) { pid in
            let served = try await binary.servedPort()
            #expect(served == port)
            kill(pid, SIGTERM)
        }
        #expect(status == 0)
    }

    @Test func `Every option that it lists is there, and none is left out`() async throws {
        let listed = section.text.split(separator: "\n").filter { $0.hasPrefix("| `--") }.flatMap {
            $0.matches(of: /--[a-z-]+/).map { String($0.output) }
        }
        let help = try await binary.call("serve", "--help").output
        let known = help.matches(of: /\n  (--[a-z-]+)/).map { String($0.output.1) }
        #expect(Set(known).subtracting(["--version", "--print-python-helper"]).isSubset(of: Set(listed)))
        for option in listed { #expect(help.contains(option), "\(option)") }
    }
}
