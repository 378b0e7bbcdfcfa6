import Glibc
import RunServices
import Subprocess
import SystemPackage

/// A command about to become a process in a session and process group of its own.
struct CommandSpawn: Sendable {
    private let command: ResolvedCommand
    private let input: OwnedDescriptor
    private let output: OwnedDescriptor
    private let error: OwnedDescriptor

    /// Opens what the command reads and writes, and the reader of it.
    static func prepare(
        _ command: ResolvedCommand, isAttached: Bool
    ) throws(CommandStartError) -> (CommandSpawn, OutputReader) {
        let (outputReading, output) = try pipe()
        let (errorReading, error) = try pipe()
        let inputNumber = isAttached && ownsStandardInput ? dup(STDIN_FILENO) : open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard inputNumber >= 0 else { throw .noResources(errno) }
        let input = OwnedDescriptor(inputNumber)
        let reader = try OutputReader(
            standardOutput: outputReading, standardError: errorReading, mirrored: isAttached)
        return (CommandSpawn(command: command, input: input, output: output, error: error), reader)
    }

    private static func pipe() throws(CommandStartError) -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
        guard let ends = PipeEnds() else { throw .noResources(errno) }
        return (OwnedDescriptor(ends.reading), OwnedDescriptor(ends.writing))
    }

    /// False for a job in the background of a terminal: in a session of its own the command would not be stopped for
    /// reading, and would take keys away from the shell.
    private static var ownsStandardInput: Bool {
        isatty(STDIN_FILENO) == 0
            ? fcntl(STDIN_FILENO, F_GETFD) >= 0
            : tcgetpgrp(STDIN_FILENO) == getpgrp()
    }

    /// Runs the command to the end of its first process; `started` gets its pid, which is its group's and session's too.
    func run(started: @Sendable (Int32) async -> Void) async throws(CommandStartError) -> CommandExit {
        var options = PlatformOptions()
        options.createSession = true
        let changes = Dictionary(
            uniqueKeysWithValues: command.environment.compactMap { name, value in
                Environment.Key(rawValue: name).map { ($0, value) }
            })
        do {
            let result = try await Subprocess.run(
                .path(FilePath(command.path)),
                arguments: Arguments(
                    executablePathOverride: command.arguments.first,
                    remainingValues: Array(command.arguments.dropFirst())),
                environment: .inherit.updating(changes), platformOptions: options,
                input: .fileDescriptor(FileDescriptor(rawValue: input.take()), closeAfterSpawningProcess: true),
                output: .fileDescriptor(FileDescriptor(rawValue: output.take()), closeAfterSpawningProcess: true),
                error: .fileDescriptor(FileDescriptor(rawValue: error.take()), closeAfterSpawningProcess: true)
            ) { execution in
                await started(execution.processIdentifier.value)
            }
            switch result.terminationStatus {
            case .exited(let status): return .status(status)
            case .signaled(let number): return .signal(number)
            }
        } catch let error as SubprocessError {
            // The lookup found it, so what is missing is the interpreter that its first line names.
            let reason = error.code == .executableNotFound ? "the interpreter in its first line is missing" : "\(error)"
            throw CommandStartError(
                sentence: "\(command.path) could not be started: \(reason).",
                shellStatus: error.code == .executableNotFound ? 127 : 126)
        } catch {
            throw CommandStartError(sentence: "\(command.path) could not be started: \(error).", shellStatus: 126)
        }
    }
}
