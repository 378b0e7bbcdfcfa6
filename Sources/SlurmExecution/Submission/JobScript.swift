import FileAccess
import Glibc
import RunModel
import RunServices

/// What the job's script starts on the node, and how.
struct NodeCommand: Sendable, Equatable {
    /// The path of this program there.
    var program: String
    /// What it is told before the run's id: its subcommand with options.
    var options: [String]
    /// The user's command.
    var command: [[UInt8]]

    /// A start of these parts.
    init(program: String, options: [String], command: [[UInt8]]) {
        (self.program, self.options, self.command) = (program, options, command)
    }
}

/// The script of a job: it hands over to the run's supervisor at once, for a shell in between would die of the SIGTERM that
/// gives the command its time to end.
enum JobScript {
    static func bytes(_ node: NodeCommand, run: RunID) -> [UInt8] {
        var text = Array("#!/bin/sh\n# Starts the supervisor of a run; `runwatch show` tells of it.\nexec".utf8)
        let words = [node.program] + node.options + ["--run", run.text, "--"]
        for word in words.map({ Array($0.utf8) }) + node.command { text += [UInt8(ascii: " ")] + quoted(word) }
        return text + [UInt8(ascii: "\n")]
    }

    /// In single quotes, byte for byte.
    private static func quoted(_ word: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        var text = [quote]
        for byte in word {
            if byte == quote { text += Array(#"'\''"#.utf8) } else { text.append(byte) }
        }
        return text + [quote]
    }

    /// Calls `body` with the path of a file that only this user can read, and removes it afterwards: sbatch keeps a copy.
    static func withFile<Value: Sendable>(
        _ bytes: [UInt8], _ body: (String) async throws(RunServiceError) -> Value
    ) async throws(RunServiceError) -> Value {
        guard let path = FileAccess.makeTemporary("runwatch-job", suffix: ".sh", with: bytes) else {
            throw RunServiceError(
                .unavailable,
                "The job's script cannot be written (\(String(cString: strerror(errno)))); set TMPDIR to a directory that can."
            )
        }
        defer { unlink(path) }
        return try await body(path)
    }
}
