import Subprocess
import SystemPackage

/// Other programs that call the binary.
enum OtherProgram {
    /// Runs a program in the environment of `binary`, to its end.
    static func run(_ program: String, _ arguments: [String], _ binary: Binary) async throws -> Binary.Answer {
        let result = try await Subprocess.run(
            .name(program), arguments: Arguments(arguments), environment: binary.environment(),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let status): status
            case .signaled(let number): 128 + number
            }
        return Binary.Answer(output: result.standardOutput, errors: result.standardError, status: status)
    }
}
