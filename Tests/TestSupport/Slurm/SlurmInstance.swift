import Foundation
import Glibc
import RunServices

/// A Slurm of its own on loopback: controller, one node and munge in a temporary directory. It ends with the last reference,
/// and with the test process however that ends; its jobs, and what they started, end first.
package final class SlurmInstance: Sendable {
    /// Where all its files are, `slurm.conf` among them.
    package let directory: TemporaryDirectory
    private let process: TestProcess

    /// What a configuration may say differently.
    package struct Options: Sendable {
        /// Seconds for which a job that is over stays known.
        package var memory = 300
        /// Seconds from SIGTERM to SIGKILL.
        package var killWait = 3
        /// Cores of its node, whatever this machine has.
        package var cores = 8
        /// Further lines.
        package var lines: [String] = []

        package init(memory: Int = 300, killWait: Int = 3, cores: Int = 8, lines: [String] = []) {
            (self.memory, self.killWait, self.cores, self.lines) = (memory, killWait, cores, lines)
        }
    }

    /// Waits until its node takes jobs.
    package init(_ options: Options = Options()) async throws {
        var failure = ""
        // Whoever takes a port in between makes this start fail, and others are tried.
        for _ in 0..<3 {
            let directory = try TemporaryDirectory()
            try Self.write(options, to: directory.path)
            let process = try TestProcess(Self.script(directory.path))
            if try await Self.answers(directory.path, process) {
                (self.directory, self.process) = (directory, process)
                return
            }
            failure = ["controller", "node", "munge"].map { name in
                let log = (try? String(contentsOfFile: "\(directory.path)/\(name).log", encoding: .utf8)) ?? "no log"
                return "\(name): \(log.suffix(700))"
            }.joined(separator: "\n")
            Self.end(directory.path, process)
        }
        throw RunServiceError(.unavailable, "No Slurm: \(failure)")
    }

    /// One for all tests that neither stop it nor wait for it to forget.
    package static func shared() async throws -> SlurmInstance { try await common.value }

    private static let common = Task { try await SlurmInstance() }

    deinit { Self.end(directory.path, process) }

    /// What a process needs to reach it, besides the environment of the tests.
    package var variables: [String: String] { ["SLURM_CONF": directory.path + "/slurm.conf"] }

    /// The whole environment of such a process.
    package var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(variables) { $1 }
    }

    /// Runs a shell command that finds it; returns what it prints. Throws when it fails.
    @discardableResult
    package func run(_ command: String) async throws -> String {
        try await Self.run(command, directory.path)
    }

    /// Stops the controller, which saves its jobs before; it can be started again.
    package func stopController() async throws {
        try await run(
            "p=$(cat controller.pid); kill $p; for i in {1..200}; do kill -0 $p || exit 0; sleep 0.1; done; kill -9 $p")
    }

    /// Starts the controller again with what it had saved.
    package func startController() async throws {
        try await run("touch restart; until scontrol ping | grep -q UP; do sleep 0.2; done")
    }

    private static func run(_ command: String, _ directory: String) async throws -> String {
        try await withCheckedThrowingContinuation { answer in
            DispatchQueue.global().async {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
                // None of these takes long; a test must not wait for ever for one that hangs.
                process.arguments = [
                    "-k", "1", "150", "/bin/bash", "-c", "cd '\(directory)' && exec 2>&1 && \(command)",
                ]
                process.environment = ProcessInfo.processInfo.environment.merging(
                    ["SLURM_CONF": directory + "/slurm.conf"]) { $1 }
                let pipe = Pipe()
                process.standardOutput = pipe
                process.standardInput = FileHandle.nullDevice
                do {
                    try process.run()
                    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                    process.waitUntilExit()
                    guard process.terminationStatus == 0 else {
                        throw RunServiceError(.unavailable, "\(command): \(process.terminationStatus): \(text)")
                    }
                    answer.resume(returning: text)
                } catch {
                    answer.resume(throwing: error)
                }
            }
        }
    }

    private static func answers(_ directory: String, _ process: TestProcess) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if process.hasEnded { return false }
            let state = (try? await run("timeout 5 sinfo -h -o %t", directory)) ?? ""
            if ["idle", "mix", "alloc"].contains(where: state.contains) { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Asks its keeper to end all, and waits for that.
    private static func end(_ directory: String, _ process: TestProcess) {
        _ = FileManager.default.createFile(atPath: directory + "/stop", contents: nil)
        let deadline = ContinuousClock.now + .seconds(30)
        while !process.hasEnded && ContinuousClock.now < deadline { usleep(20_000) }
        process.kill()
    }
}
