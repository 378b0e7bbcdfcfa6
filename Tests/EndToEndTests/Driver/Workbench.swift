import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Everything one test starts: a home and data directory of its own, a tmux server, and the processes in them.
///
/// Use it through `open`, which ends all of it, also when the test fails.
struct Workbench: Sendable {
    struct Answer: Sendable {
        var output: String
        var errors: String
        /// As a shell reports it.
        var status: Int32
    }

    private let place: TemporaryDirectory
    /// Besides what every test's processes get; the only way that shows in no list of processes.
    private let variables: [String: String]
    var directory: String { place.path }
    /// What `XDG_DATA_HOME` says; also how the test's processes are told from all others.
    var data: String { directory + "/data" }
    /// The default run service's directory.
    var store: String { data + "/runwatch" }

    static func open(
        variables: [String: String] = [:], _ body: (Workbench) async throws -> Void
    ) async throws {
        let bench = Workbench(place: try TemporaryDirectory(), variables: variables)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(bench))
        } catch {
            result = .failure(error)
        }
        try await bench.endEverything()
        try result.get()
    }

    /// Test bundle and product are built into the same directory.
    static let binary: String = {
        guard let executable = realpath("/proc/self/exe", nil) else { return "runwatch" }
        defer { free(executable) }
        return FilePath(String(cString: executable)).removingLastComponent().appending("runwatch").string
    }()

    /// What the test's processes get, and nothing else: no setting of this machine changes a test.
    var environment: [String: String] {
        [
            "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin",
            "HOME": directory, "XDG_DATA_HOME": data, "LC_ALL": "C.UTF-8", "TZ": "UTC", "SHELL": "/bin/sh",
            "TMUX_TMPDIR": directory, "PS1": "prompt$ ",
            // The toolchain's crash reporter would ask for a key, where it is installed.
            "SWIFT_BACKTRACE": "enable=no",
        ].merging(variables) { $1 }
    }

    /// Calls a program and waits for its end.
    @discardableResult
    func call(_ program: String, _ arguments: [String]) async throws -> Answer {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), environment: .custom(variables),
            workingDirectory: FilePath(directory), output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let status): status
            case .signaled(let number): 128 + number
            }
        return Answer(output: result.standardOutput, errors: result.standardError, status: status)
    }

    /// Calls `runwatch` outside of any terminal.
    @discardableResult
    func runwatch(_ arguments: String...) async throws -> Answer { try await call(Self.binary, arguments) }

    /// Starts a shell command as a run that goes on by itself.
    /// - Returns: the run's id.
    @discardableResult
    func startRun(_ name: String, _ script: String, options: [String] = []) async throws -> String {
        let answer = try await call(
            Self.binary,
            ["exec", "--detach", "--name", name, "-e", "bench"] + options + ["--", "sh", "-c", script])
        guard answer.status == 0 else { throw BenchError("exec failed: \(answer.errors)") }
        return answer.output.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// Opens a terminal with `runwatch` in it.
    func terminal(
        _ arguments: String..., columns: Int = 120, rows: Int = 40, environment changes: [String: String?] = [:]
    ) async throws -> TerminalSession {
        try await TerminalSession.start(
            [Self.binary] + arguments, on: self, columns: columns, rows: rows, environment: changes)
    }

    /// Opens a terminal with an interactive shell in it.
    func shell(columns: Int = 120, rows: Int = 40) async throws -> TerminalSession {
        let terminal = try await TerminalSession.start(
            ["sh", "-i"], on: self, columns: columns, rows: rows, environment: [:])
        try await terminal.wait(for: "prompt$")
        return terminal
    }

    private func endEverything() async throws {
        _ = try? await call("tmux", TerminalSession.server + ["kill-server"])
        // Supervisors first, lest they start or record anything while their commands are killed.
        for _ in 0..<3 {
            for process in processes() { kill(process.pid, SIGKILL) }
        }
    }
}

/// What kept a test from doing its work, in a sentence.
struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
