import RunServices
import Subprocess
import SystemPackage

/// Runs another program that is not to ask a person anything: without a terminal, in a session of its own, for a limited
/// time. What it prints is in nothing but the answer.
package enum QuietProgram {
    /// What a program printed, and whether it was content.
    package struct Answer: Equatable, Sendable {
        /// Its standard output.
        package var output: String
        /// Its standard error.
        package var errors: String
        /// Whether its exit status was 0.
        package var isSuccess: Bool
    }

    /// What became of a call.
    package enum Outcome: Equatable, Sendable {
        case answered(Answer)
        /// With the system's words; it may also have printed more than it may.
        case notStarted(String)
        /// It was ended, with its group, because it took too long.
        case late
    }

    /// Runs `program`, a path, with these variables and no others.
    /// - Parameters:
    ///   - directory: the root by default: what lies in the current one is no part of the program.
    ///   - limit: bytes of its output; a program that prints more is ended.
    package static func run(
        _ program: String, _ arguments: [String], _ variables: [String: String], in directory: String = "/",
        limit: Int = 1 << 20, deadline: Duration
    ) async -> Outcome {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await outcome(program, arguments, variables, directory, limit) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = await group.next(), let outcome = first else { return .late }
            return outcome
        }
    }

    private static func outcome(
        _ program: String, _ arguments: [String], _ variables: [String: String], _ directory: String, _ limit: Int
    ) async -> Outcome {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500)),
        ]
        var environment: [Subprocess.Environment.Key: String] = [:]
        for (name, value) in variables {
            if let key = Subprocess.Environment.Key(rawValue: name) { environment[key] = value }
        }
        do {
            let result = try await Subprocess.run(
                .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom(environment),
                workingDirectory: FilePath(directory), platformOptions: options, input: .none,
                output: .string(limit: limit), error: .string(limit: min(limit, 1 << 20)))
            return .answered(
                Answer(
                    output: result.standardOutput, errors: result.standardError,
                    isSuccess: result.terminationStatus.isSuccess))
        } catch let error as SubprocessError {
            // Its description may hold what the program printed.
            return .notStarted(Shown.text("\(error.code)"))
        } catch {
            return .notStarted("")
        }
    }
}
