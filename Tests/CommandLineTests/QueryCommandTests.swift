import Subprocess
import SystemPackage
import Testing

@Suite struct QueryCommandTests {
    private func query(_ expression: String, on input: String) async throws -> (String, String, TerminationStatus) {
        let binary = try Binary()
        let result = try await Subprocess.run(
            .path(FilePath(Binary.path)), arguments: ["query", expression], environment: binary.environment(),
            input: .string(input), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        return (result.standardOutput, result.standardError, result.terminationStatus)
    }

    @Test func printsTheResultAsJSON() async throws {
        let (output, errors, status) = try await query(
            "[?tags.quality=='fantastic run'].{z: runId, a: n}",
            on: #"[{"runId":"é","n":12345678901234567890,"tags":{"quality":"fantastic run"}},{"runId":"b"}]"#)
        #expect(status == .exited(0) && errors.isEmpty)
        #expect(
            output == """
                [
                  {
                    "z": "é",
                    "a": 12345678901234567890
                  }
                ]

                """)
        let (nothing, _, _) = try await query("absent", on: "{}")
        #expect(nothing == "null\n")
    }

    @Test(arguments: [
        ("[?a", Int32(2), "Error: syntax at character 4: ']' is missing before the end of the expression.\n"),
        ("", 2, "Error: syntax at character 1: the expression is empty.\n"),
        ("abs(a)", 1, "Error: invalid-type: argument 1 of abs() must be a number and is null.\n"),
        ("abs()", 1, "Error: invalid-arity: abs() takes 1 argument, and 0 came.\n"),
        ("[@][::0]", 1, "Error: invalid-value: the step of a slice cannot be 0.\n"),
        ("bogus(@)", 1, "Error: unknown-function: there is no function bogus().\n"),
    ])
    func tellsErrorsApart(_ expression: String, _ status: Int32, _ sentence: String) async throws {
        let (output, errors, ended) = try await query(expression, on: "{}")
        #expect(output.isEmpty)
        #expect(errors == sentence)
        #expect(ended == .exited(status))
    }

    @Test func tellsWhereTheInputIsNoJSON() async throws {
        let (output, errors, status) = try await query("@", on: "{\"a\":\n nul}")
        #expect(output.isEmpty && status == .exited(1))
        #expect(errors == "Error: The standard input is no JSON; line 2, column 2: this begins no value.\n")
    }

    @Test func nothingInAResultSteersTheTerminal() async throws {
        let (output, _, _) = try await query("@", on: #""\u001b]0;owned\u0007\u202e\u009b31m""#)
        #expect(output == #""\u001b]0;owned\u0007\u202e\u009b31m""# + "\n")
    }

    /// Also where the signal for it is ignored, as under some supervisors.
    @Test(arguments: ["", "trap '' PIPE; "]) func aClosedPipeIsNotTold(_ before: String) async throws {
        let binary = try Binary()
        let many = "[" + Array(repeating: "\"a longer text\"", count: 20_000).joined(separator: ",") + "]"
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", before + "\"$0\" query @ | true", Binary.path],
            environment: binary.environment(), input: .string(many), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        #expect(result.standardOutput.isEmpty && result.standardError.isEmpty)
        #expect(result.terminationStatus == .exited(0))
    }

    @Test func aFullDiskIsTold() async throws {
        let binary = try Binary()
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", "\"$0\" query @ > /dev/full", Binary.path],
            environment: binary.environment(), input: .string("1"), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        #expect(result.standardError == "Error: The result cannot be written (No space left on device).\n")
        #expect(result.terminationStatus == .exited(1))
    }
}
