import Foundation
import RunServices
import Subprocess
import SystemPackage

/// Runs another program that is not to ask a person anything: without a terminal, in a session of its own, for a limited
/// time. What it prints is in nothing but the answer.
enum QuietProgram {
    struct Answer: Equatable, Sendable {
        var output: String
        var errors: String
        var isSuccess: Bool
    }

    enum Outcome: Equatable, Sendable {
        case answered(Answer)
        case notStarted(String)
        /// It was ended because it took too long.
        case late
    }

    /// Bytes of what a program prints; a token has two thousand.
    private static let sizeLimit = 1 << 20

    /// It runs in the root directory: what lies in the current one is no part of it.
    static func run(
        _ program: String, _ arguments: [String], _ variables: [String: String], deadline: Duration
    ) async -> Outcome {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await outcome(program, arguments, variables) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = await group.next(), let outcome = first else { return .late }
            return outcome
        }
    }

    private static func outcome(_ program: String, _ arguments: [String], _ variables: [String: String]) async
        -> Outcome
    {
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
                workingDirectory: "/", platformOptions: options, input: .none, output: .string(limit: sizeLimit),
                error: .string(limit: sizeLimit))
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

/// Looks programs up as a shell does.
enum ProgramPath {
    /// The first in `PATH`; relative directories are left out, since any folder could then put its own program there.
    static func find(_ name: String, in path: String?) -> String? {
        (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }.first { file in
                var isDirectory: ObjCBool = false
                return FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) && !isDirectory.boolValue
                    && FileManager.default.isExecutableFile(atPath: file)
            }
    }
}
